"""Forgetting a posting or a board everywhere, and the proof: lake, crawls, index, figures, releases."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath

from crawlers.forgetting import forget_in_crawls
from flows.context import RunContext, StepResult
from flows.steps.read import pipeline_name, taxonomy_name
from flows.steps.record import recorded
from observatory.cube import build_cube, drop_former_cubes, live_cube_folder, read_info
from observatory.error import CubeMissing
from observatory.release.catalogue import withdraw_release
from search_api.document import VacancyDocument
from search_api.documents import documents_from_lake
from search_api.error import IndexMissing
from search_api.index_walk import every_document
from taxonomies.regions import Regions
from taxonomies.store import TaxonomyStore
from vacancies.forgetting.erasing import erase
from vacancies.forgetting.searching import Searched, search_files
from vacancies.forgetting.target import Forgetting, journal, note
from vacancies.forgetting.traces import TraceFinder
from vacancies.lake import Lake


@dataclass(frozen=True)
class Forgotten:
    """What a forgetting did: the step's counts, what was searched afterwards, and the releases that were taken back."""

    result: StepResult
    searched: tuple[Searched, ...]
    withdrawn_releases: tuple[str, ...]

    @property
    def hits(self) -> int:
        """How many files or documents still hold a trace."""
        return sum(part.hits for part in self.searched)


def forget(context: RunContext, lake: Lake, forgetting: Forgetting) -> Forgotten:
    """Forget what `forgetting` names, then search everything for it; its journal goes once nothing is found.

    Killed in between, the journal says what to finish. Raises IndexUnavailable when the search engine does not answer: what was erased
    until then stays so, and forgetting again goes on.
    """
    note(lake, forgetting)
    searched: list[Searched] = []
    withdrawn: list[str] = []

    def work() -> StepResult:
        context.reporter.begin("forget", None)
        counts = _erase_everywhere(context, lake, forgetting)
        finder = TraceFinder(forgetting.traces)
        searched.extend(_search(context, lake, finder))
        withdrawn.extend(_withdraw_releases(context, searched))
        if withdrawn:
            searched[:] = _search(context, lake, finder)
        hits = sum(part.hits for part in searched)
        message = f"{hits} files or documents still hold a trace" if hits else None
        return StepResult("forget", dict(counts), failed=bool(hits), message=message)

    result = recorded(context, lake, "forget", work)
    if not result.failed:
        journal(lake).unlink(missing_ok=True)
    return Forgotten(result, tuple(searched), tuple(withdrawn))


def _erase_everywhere(context: RunContext, lake: Lake, forgetting: Forgetting) -> Counter[str]:
    target, finder = forgetting.target, TraceFinder(forgetting.traces)
    regions_of = lake.first_regions(pipeline_name(context), taxonomy_name(context))
    counts = erase(lake, target, forgetting.traces, regions_of=regions_of, on_step=lambda _step: context.reporter.advance("forget", 1))
    counts["in crawls"] = forget_in_crawls(
        context.home.root / "crawls", lambda text: bool(finder.find(text)), boards=target.boards, whole_board=target.board
    )
    counts["index documents"] = _index_anew(context, lake)
    _figures_anew(context, lake)
    return counts


def _index_anew(context: RunContext, lake: Lake) -> int:
    """Build the index again from what is left, as it was built before, and remove its former generations; returns its loss."""
    engine = context.engine()
    if engine.name != "tantivy":
        shutil.rmtree(context.home.index, ignore_errors=True)  # of an engine that is not in use any more
    try:
        live = engine.info()
    except IndexMissing:
        return 0
    content = lake.content_version()
    lost = 0
    if live.lake_version != content:
        store = TaxonomyStore(context.home.taxonomies)
        documents = documents_from_lake(lake, store.open(live.taxonomy), Regions.open(store), pipeline=live.pipeline)
        made = engine.build(
            documents, run_id=context.run_id, taxonomy=live.taxonomy, pipeline=live.pipeline, lake_version=content, force=True
        )
        lost = max(live.documents - made.documents, 0)
    engine.drop_former()
    return lost


def _figures_anew(context: RunContext, lake: Lake) -> None:
    try:
        live = read_info(live_cube_folder(context.home.cube))
    except CubeMissing:
        return
    store = TaxonomyStore(context.home.taxonomies)
    build_cube(
        lake,
        store.open(live.taxonomy),
        Regions.open(store),
        context.home.cube,
        run_id=context.run_id,
        pipeline=live.pipeline,
        built_at=context.now(),
    )
    drop_former_cubes(context.home.cube)


def _search(context: RunContext, lake: Lake, finder: TraceFinder) -> Iterator[Searched]:
    left_out = frozenset({journal(lake)})
    yield from search_files(context.home.root, finder, leave_out=left_out, on_file=lambda: context.reporter.advance("forget", 1))
    documents = Searched("index documents")
    try:
        for document in every_document(context.engine()):
            found = finder.find(_words_of(document))
            documents = documents.with_file(f"{document.vacancy_id}: {', '.join(sorted(found))}" if found else None)
    except IndexMissing:
        return
    yield documents


def _words_of(document: VacancyDocument) -> str:
    texts = (document.title, document.employer, document.text, document.url, document.place)
    return "\n".join((document.vacancy_id, *document.posting_ids, *(text for text in texts if text)))


def _withdraw_releases(context: RunContext, searched: list[Searched]) -> list[str]:
    """Take releases back that hold a trace: they are made of counts, so none should."""
    files = [PurePosixPath(where.partition(":")[0]) for part in searched if part.part == "releases" for where in part.where]
    versions = sorted({file.parts[1] for file in files})
    for version in versions:
        withdraw_release(context.home.releases, version)
    return versions
