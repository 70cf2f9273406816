"""One vacancy read from the lake: its postings, their lives, and what was read in each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.dataset as ds

from search_api.answer import Answer
from vacancies.enriched import EnrichedPosting, SkillMention
from vacancies.lake import Lake
from vacancies.lake.arrow_schema import from_batches
from vacancies.posting import Posting, PostingLife
from vacancies.vacancy import Vacancy

_AROUND = 60  # characters of context on each side of a mention


@dataclass(frozen=True)
class PostingRecord:
    """A posting with its life and its reading; `reading` is None while it has not been read by the index's pipeline."""

    posting: Posting
    life: PostingLife | None
    reading: EnrichedPosting | None


@dataclass(frozen=True)
class VacancyRecord:
    """A vacancy with its postings, the representative first."""

    vacancy: Vacancy
    postings: tuple[PostingRecord, ...]


class Snippet(Answer):
    """A piece of text around a mention; `start` and `end` are the mention's offsets in it, in code points."""

    text: str
    start: int
    end: int


def read_vacancy(lake: Lake, vacancy_id: str, *, pipeline: str, taxonomy: str) -> VacancyRecord | None:
    """Read a vacancy and all its postings as this pipeline and taxonomy read them; None when the lake does not have it."""
    vacancy = next(from_batches(_rows(lake.dataset("vacancies"), "vacancy_id", [vacancy_id]), Vacancy), None)
    if vacancy is None:
        return None
    ids = vacancy.posting_ids
    postings = {p.posting_id: p for p in from_batches(_rows(lake.dataset("postings"), "posting_id", ids), Posting)}
    lives = {life.posting_id: life for life in from_batches(_rows(lake.dataset("lives"), "posting_id", ids), PostingLife)}
    same = (ds.field("taxonomy") == taxonomy) & (ds.field("pipeline") == pipeline)
    readings = {
        reading.posting_id: reading
        for reading in from_batches(_rows(lake.dataset("enriched"), "posting_id", ids, same), EnrichedPosting)
        if reading.posting_id in postings and reading.content_hash == postings[reading.posting_id].content_hash
    }
    ordered = sorted(ids, key=lambda key: (key != vacancy.representative_id, ids.index(key)))
    records = (PostingRecord(postings[key], lives.get(key), readings.get(key)) for key in ordered if key in postings)
    return VacancyRecord(vacancy, tuple(records))


def snippet_of(mention: SkillMention, reading: EnrichedPosting) -> Snippet:
    """The words around a mention, contact data masked; of the skills that the board lists only the mention's own words."""
    if mention.field == "skills":
        words = "\n".join(reading.public_skills)[mention.start : mention.end]
        return Snippet(text=words, start=0, end=len(words))
    source = reading.public_text if mention.field == "description_text" else reading.public_title or ""
    if mention.end > len(source):  # never fall back to raw words: they may hold contact data
        return Snippet(text="", start=0, end=0)
    start = _word_edge(source, max(0, mention.start - _AROUND), mention.start)
    stop = min(len(source), mention.end + _AROUND)
    cut = source[start:stop] if stop == len(source) else source[start : max(mention.end, source.rfind(" ", mention.end, stop))]
    return Snippet(text=cut, start=mention.start - start, end=mention.end - start)


def _word_edge(text: str, start: int, before: int) -> int:
    if start == 0:
        return 0
    space = text.find(" ", start, before)
    return before if space < 0 else space + 1


def _rows(dataset: ds.Dataset, column: str, ids: Sequence[str], where: ds.Expression | None = None) -> Iterator[pa.RecordBatch]:
    """The rows of some ids, in the partitions that `where` names.

    Only the id column is read of row groups that hold none of them: a plain scan would decode every text of the lake.
    """
    wanted = ds.field(column).isin(list(ids))
    for fragment in dataset.get_fragments(filter=where):
        for group in fragment.split_by_row_group(schema=dataset.schema):
            if group.to_table(schema=dataset.schema, columns=[column], filter=wanted).num_rows:
                yield from group.to_table(schema=dataset.schema, filter=wanted).to_batches()
