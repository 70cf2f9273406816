"""ApiContext: what routes and pages work with; `create_app` puts a LiveContext into the application, which gives each request its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Final, NamedTuple, cast

from fastapi import Depends, Request

from observatory.cube import Cube, live_cube_folder
from search_api.code_names import country_name
from search_api.engines.protocol import IndexInfo, SearchEngine
from search_api.error import IndexMissing, SearchError
from search_api.problem import Problem
from search_api.query import FacetField, VacancyFilter, VacancyQuery
from search_api.reference import LiveReference, Reference, ReferenceOpener
from search_api.settings import ApiSettings
from taxonomies.gazetteer import iso_country
from taxonomies.model import ConceptType
from taxonomies.regions import Regions
from taxonomies.taxonomy import Taxonomy
from vacancies.lake import Lake
from vacancies.source import Source

_ALL: Final = VacancyFilter(open_only=False)


class IndexState(StrEnum):
    """`live`: searches are answered; `missing`: no index has been built yet; `unavailable`: the search engine does not answer."""

    LIVE = "live"
    MISSING = "missing"
    UNAVAILABLE = "unavailable"


class IndexLook(NamedTuple):
    """The live index as a request finds it: described, or else why not."""

    state: IndexState
    info: IndexInfo | None = None
    fault: str | None = None


@dataclass(frozen=True)
class ApiContext:
    """The collaborators that answer one request: engine and index, lake, taxonomy, regions, register, cube, releases, settings.

    `cube_folder` is what `build_cube` builds into, `releases` what `make_release` publishes into. Requests share one while neither
    index nor reference changes.
    """

    settings: ApiSettings
    engine: SearchEngine
    index: IndexLook
    lake_root: Path
    reference: Reference
    releases: Path
    cube_folder: Path
    _cubes: dict[Path, Cube] = field(default_factory=dict)

    @property
    def taxonomy(self) -> Taxonomy:
        """The taxonomy that the live index was built with; where that is gone, the installation's own choice."""
        return self.reference.taxonomy

    @property
    def regions(self) -> Regions:
        """The newest NUTS imported."""
        return self.reference.regions

    @property
    def sources(self) -> Mapping[str, Source]:
        """The register's rows by board."""
        return self.reference.sources

    @property
    def lake(self) -> Lake:
        """The lake, opened; a problem (503) when there is none yet, since reading must not make one."""
        if not (self.lake_root / "format.json").is_file():
            raise Problem(503, "no-lake", "there is no lake yet: nothing has been collected", mend="Run: labourscope crawl")
        return Lake.open(self.lake_root)

    @property
    def cube(self) -> Cube:
        """The live cube of demand figures, opened anew when another has been put in its place; raises CubeMissing when there is none."""
        folder = live_cube_folder(self.cube_folder)
        cube = self._cubes.get(folder)
        if cube is None:
            self._cubes.clear()
            cube = self._cubes[folder] = Cube(folder, self.taxonomy, self.regions)
        return cube

    def indexed_values(self, facet: FacetField) -> tuple[str, ...]:
        """The values of a field in the index, gone vacancies included, most frequent first, at most 1,000."""
        query = VacancyQuery(filter=_ALL, limit=0, facets=(facet,), facet_size=1000)
        return tuple(bucket.value for bucket in self.engine.search(query).facets.get(facet, ()))

    def board_name(self, board: str) -> str:
        """The name of a board in the source register, or its code."""
        source = self.sources.get(board)
        return source.name if source else board

    def concept_label(self, uri: str, language: str = "en") -> str:
        """A concept's label; the URI itself when the opened taxonomy does not have it (an index of another version)."""
        return self.taxonomy.label(uri, language) if uri in self.taxonomy else uri

    def isco_label(self, code: str, language: str = "en") -> str:
        """The label of an ISCO-08 code; the code itself when the taxonomy does not name it."""
        uri = self.taxonomy.by_code(code, ConceptType.OCCUPATION_GROUP)
        return code if uri is None else self.taxonomy.label(uri, language)

    def region_label(self, code: str) -> str:
        """A region's name; a country's in English, the others' in their own language, as NUTS has them."""
        if len(code) == 2:
            return country_name(iso_country(code))
        return self.regions.label(code) if self.regions.exists(code) else code

    @cached_property
    def region_names(self) -> dict[str, str]:
        """All regions by code."""
        return {code: self.region_label(code) for code in self.regions.codes()}


class LiveContext:
    """Gives each request the context that fits the live index; several threads may ask it at once.

    So a new index, an imported taxonomy or NUTS and an edited register are in use from the next request on, without a new start.
    """

    def __init__(
        self, settings: ApiSettings, *, engine: SearchEngine, lake_root: Path, reference: ReferenceOpener, releases: Path, cube_folder: Path
    ) -> None:
        self.settings = settings
        self._engine = engine
        self._lake_root = lake_root
        self._reference = LiveReference(reference)
        self._releases = releases
        self._cube_folder = cube_folder
        self._indexed_with: str | None = None
        self._context: ApiContext | None = None

    def current(self) -> ApiContext:
        """Look at the index and the reference, and give the context for them; raises TaxonomyError or VacanciesError."""
        index = self._look()
        if index.state is not IndexState.UNAVAILABLE:  # while the engine is down, what it was built with stays open
            self._indexed_with = index.info.taxonomy if index.info else None
        reference = self._reference.fitting(self._indexed_with)
        context = self._context
        if context is None or context.reference is not reference or context.index != index:
            context = ApiContext(
                settings=self.settings,
                engine=self._engine,
                index=index,
                lake_root=self._lake_root,
                reference=reference,
                releases=self._releases,
                cube_folder=self._cube_folder,
            )
            self._context = context
        return context

    def _look(self) -> IndexLook:
        try:
            return IndexLook(IndexState.LIVE, self._engine.info())
        except IndexMissing as error:
            return IndexLook(IndexState.MISSING, fault=str(error))
        except SearchError as error:
            return IndexLook(IndexState.UNAVAILABLE, fault=str(error))


def context_of(request: Request) -> ApiContext:
    """The context for a request."""
    return live_context_of(request).current()


def live_context_of(request: Request) -> LiveContext:
    """What `create_app` put into the application."""
    return cast("LiveContext", request.app.state.live)


Context = Annotated[ApiContext, Depends(context_of)]
