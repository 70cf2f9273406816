"""What users see: the search index, the demand cube and releases, each built beside the live one and then swapped in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flows.context import RunContext, StepResult
from flows.steps.maintain import close_unchecked
from flows.steps.read import pipeline_name, taxonomy_name
from flows.steps.record import recorded
from observatory.cube import build_cube, open_cube
from observatory.error import ReleaseHeld
from observatory.release import make_release
from search_api.document import VacancyDocument
from search_api.documents import documents_from_lake
from search_api.engines.protocol import IndexInfo, SearchEngine
from search_api.error import IndexMissing, IndexRefused, IndexUnavailable
from taxonomies.regions import Regions
from taxonomies.store import TaxonomyStore
from vacancies.lake import Lake


def index(context: RunContext, lake: Lake) -> StepResult:
    """Build the search index from the lake; an index of this very lake is left alone."""
    return recorded(context, lake, "index", lambda: _index(context, lake))


def _index(context: RunContext, lake: Lake) -> StepResult:
    unchecked = close_unchecked(context, lake)
    engine, taxonomy, pipeline, lake_version = context.engine(), taxonomy_name(context), pipeline_name(context), lake.content_version()
    live = _live(engine, may_be_damaged=context.force)
    if live and not context.force and (live.taxonomy, live.pipeline, live.lake_version) == (taxonomy, pipeline, lake_version):
        return StepResult("index", {"indexed": 0, "documents": live.documents}, message="the index is as new as the lake")
    store = TaxonomyStore(context.home.taxonomies)
    context.reporter.begin("index", lake.row_count("vacancies"))
    documents = _counted(context, "index", documents_from_lake(lake, store.open(taxonomy), Regions.open(store), pipeline=pipeline))
    try:
        info = engine.build(
            documents, run_id=context.run_id, taxonomy=taxonomy, pipeline=pipeline, lake_version=lake_version, force=context.force
        )
    except IndexRefused as refusal:
        return StepResult("index", {"indexed": 0, "documents": live.documents if live else 0}, held=True, message=str(refusal))
    return StepResult("index", {"indexed": info.documents, "documents": info.documents, "unchecked": unchecked})


def _live(engine: SearchEngine, *, may_be_damaged: bool) -> IndexInfo | None:
    try:
        return engine.info()
    except IndexMissing:
        return None
    except IndexUnavailable:
        if may_be_damaged:
            return None
        raise


def _counted(context: RunContext, step: str, documents: Iterable[VacancyDocument]) -> Iterator[VacancyDocument]:
    for document in documents:
        context.reporter.advance(step, 1)
        yield document


def figures(context: RunContext, lake: Lake) -> StepResult:
    """Build the demand cube from the lake; a cube of this very lake is left alone."""

    def work() -> StepResult:
        context.reporter.begin("figures", None)
        return _figures(context, lake)

    return recorded(context, lake, "figures", work)


def _figures(context: RunContext, lake: Lake) -> StepResult:
    close_unchecked(context, lake)
    store = TaxonomyStore(context.home.taxonomies)
    info = build_cube(
        lake,
        store.open(taxonomy_name(context)),
        Regions.open(store),
        context.home.cube,
        run_id=context.run_id,
        pipeline=pipeline_name(context),
        built_at=context.now(),
    )
    message = None if info.run_id == context.run_id else "the figures are as new as the lake"
    return StepResult("figures", {"rows": info.rows, "vacancies": info.vacancies, "postings": info.postings}, message=message)


def release(context: RunContext, lake: Lake) -> StepResult:
    """Publish the datasets as a new release; when nothing has changed since the last one, none is made."""
    return recorded(context, lake, "release", lambda: _release(context, lake))


def _release(context: RunContext, lake: Lake) -> StepResult:
    context.reporter.begin("release", None)
    _figures(context, lake)
    store = TaxonomyStore(context.home.taxonomies)
    taxonomy, regions = store.open(taxonomy_name(context)), Regions.open(store)
    try:
        made = make_release(
            open_cube(context.home.cube, taxonomy, regions),
            taxonomy,
            regions,
            context.home.releases,
            sources=tuple(context.register),
            run_id=context.run_id,
            published_at=context.now(),
            force=context.force,
        )
    except ReleaseHeld as held:
        return StepResult("release", {"released": 0}, held=True, message=str(held))
    if not made.is_new:
        return StepResult("release", {"released": 0}, message=f"nothing has changed since release {made.info.version}")
    return StepResult("release", {"released": 1, "files": len(made.info.files)}, message=f"release {made.info.version}")
