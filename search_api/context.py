"""ApiContext: what routes and pages work with, built once by `create_app`."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Annotated, Final, cast

from fastapi import Depends, Request

from observatory.cube import Cube, live_cube_folder
from search_api.code_names import country_name
from search_api.engines.protocol import IndexInfo, SearchEngine
from search_api.error import IndexMissing
from search_api.problem import Problem
from search_api.query import FacetField, VacancyFilter, VacancyQuery
from search_api.settings import ApiSettings
from taxonomies.gazetteer import iso_country
from taxonomies.model import ConceptType
from taxonomies.regions import Regions
from taxonomies.taxonomy import Taxonomy
from vacancies.lake import Lake
from vacancies.source import Source

_ALL: Final = VacancyFilter(open_only=False)


@dataclass(frozen=True)
class ApiContext:
    """The collaborators of one running API: engine, lake, taxonomy, regions, cube, releases, register, settings.

    `cube_folder` is what `build_cube` builds into; `releases` what `make_release` publishes into; `sources` the register by board.
    """

    settings: ApiSettings
    engine: SearchEngine
    lake_root: Path
    taxonomy: Taxonomy
    regions: Regions
    releases: Path
    cube_folder: Path
    sources: dict[str, Source] = field(default_factory=dict)
    _cubes: dict[Path, Cube] = field(default_factory=dict)

    @property
    def lake(self) -> Lake:
        """The lake, opened; a problem (503) when there is none yet, since reading must not make one."""
        if not (self.lake_root / "format.json").is_file():
            raise Problem(503, "no-lake", "there is no lake yet: nothing has been collected", mend="Run: labourscope crawl")
        return Lake.open(self.lake_root)

    def index_info(self) -> IndexInfo | None:
        """The live index, or None when none has been built; IndexUnavailable passes through."""
        try:
            return self.engine.info()
        except IndexMissing:
            return None

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


def context_of(request: Request) -> ApiContext:
    """The context that `create_app` put into the application."""
    return cast("ApiContext", request.app.state.context)


Context = Annotated[ApiContext, Depends(context_of)]
