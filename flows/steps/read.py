"""Reading the advertisements and merging copies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from flows.context import RunContext, StepResult
from flows.steps.record import recorded
from nlp.pipeline import pipeline_version
from nlp.place_depth import place_depth
from nlp.reading import read_parallel
from taxonomies.store import TaxonomyStore
from vacancies.enriched import EnrichedPosting
from vacancies.lake import Lake
from vacancies.licence_duties import withdraw_unchecked
from vacancies.merging import merge as merge_postings
from vacancies.run import QuarantinedRecord

_WORTH_WORKERS: Final = 600  # postings from which starting processes pays


def enrich(context: RunContext, lake: Lake) -> StepResult:
    """Read every posting that this pipeline and taxonomy have not read yet; what cannot be read is quarantined."""
    return recorded(context, lake, "enrich", lambda: _enrich(context, lake))


def enrich_again(context: RunContext, lake: Lake) -> StepResult:
    """Forget what this pipeline has read with this taxonomy and read everything again: its labels, or the regions, have grown since."""

    def work() -> StepResult:
        lake.forget_readings(pipeline_name(context), taxonomy_name(context))
        return _enrich(context, lake)

    return recorded(context, lake, "enrich", work)


def _enrich(context: RunContext, lake: Lake) -> StepResult:
    taxonomy, pipeline = taxonomy_name(context), pipeline_name(context)
    waiting = lake.pending_count(pipeline, taxonomy)
    context.reporter.begin("enrich", waiting)
    counts: Counter[str] = Counter(read=0, quarantined=0, pending=waiting)
    if waiting:
        workers = context.workers if waiting >= _WORTH_WORKERS else 1
        pending = lake.pending_enrichment(pipeline, taxonomy)
        results = read_parallel(
            context.home.taxonomies, taxonomy, pending, workers=workers, sentence_model=context.sentence_model, run_id=context.run_id
        )
        counts["read"] = lake.upsert_enriched(_sift(context, lake, results, counts))
    return StepResult("enrich", dict(counts))


def _sift(
    context: RunContext, lake: Lake, results: Iterator[EnrichedPosting | QuarantinedRecord], counts: Counter[str]
) -> Iterator[EnrichedPosting]:
    for result in results:
        context.reporter.advance("enrich", 1)
        if isinstance(result, EnrichedPosting):
            counts["skill mentions"] += len(result.skills)
            counts[f"place: {place_depth(result.regions)}"] += 1
            yield result
        else:
            record = result.model_copy(update={"first_at": context.now(), "last_at": context.now()})
            lake.quarantine([record])
            counts["quarantined"] += 1
            counts[f"quarantined.{record.reason}"] += 1


def merge(context: RunContext, lake: Lake) -> StepResult:
    """Put copies together; vacancies keep their ids."""
    return recorded(context, lake, "merge", lambda: _merge(context, lake))


def _merge(context: RunContext, lake: Lake) -> StepResult:
    context.reporter.begin("merge", None)
    unchecked = withdraw_unchecked(lake, context.register, at=context.now())
    result = form_vacancies(context, lake)
    return replace(result, counts=result.counts | {"unchecked": unchecked})


def form_vacancies(context: RunContext, lake: Lake) -> StepResult:
    """Close what has expired and put the postings together, without a run record of its own."""
    expired = lake.expire_postings(at=context.now())
    regions = lake.first_regions(pipeline_name(context), taxonomy_name(context))
    vacancies = merge_postings(lake.postings(), lake.lives(), regions, lake.vacancies())
    changes = lake.replace_vacancies(vacancies)
    reasons = Counter(f"linked.{link.reason.value}" for vacancy in vacancies for link in vacancy.links)
    return StepResult("merge", {**changes._asdict(), "expired": expired, "postings": sum(len(v.posting_ids) for v in vacancies), **reasons})


def taxonomy_name(context: RunContext) -> str:
    """Name the taxonomy of this run: the one asked for, else the newest imported."""
    return str(TaxonomyStore(context.home.taxonomies).open(context.taxonomy).ref)


def pipeline_name(context: RunContext) -> str:
    """Name the pipeline of this run: readings are kept by it."""
    return pipeline_version(context.sentence_model)
