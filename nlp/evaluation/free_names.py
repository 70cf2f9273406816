"""Measures how many of the skills that people named freely for an advertisement are read in it."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Annotated, Final

from pydantic import AliasChoices, BeforeValidator, Field

from nlp.evaluation.gold import RecordForm, read_records
from nlp.evaluation.quality import FreeNamesQuality, KindFigures, Slip, few_words
from nlp.evaluation.tally import Tally, share
from nlp.folding import fold
from taxonomies.taxonomy import Taxonomy
from vacancies.enriched import EnrichedPosting
from vacancies.posting import Posting
from vacancies.posting_draft import PostingDraft, draft_to_posting

Reader = Callable[[Iterable[Posting]], Iterator[EnrichedPosting]]

_REMARK: Final = re.compile(r"\s*\([^()]*\)")
_SLIPS: Final = 10


def _listed(value: object) -> object:
    """The file writes lists as Python does."""
    if not isinstance(value, str):
        return value
    try:
        return ast.literal_eval(value) if value.strip() else ()
    except (SyntaxError, ValueError) as error:
        raise ValueError(f"{value[:40]!r} is no list of names") from error


Names = Annotated[tuple[str, ...], BeforeValidator(_listed)]


class FreeNamesRecord(RecordForm):
    """An advertisement with the names of its skills, technical (`hard`) and personal (`soft`)."""

    id: Annotated[str, Field(validation_alias=AliasChoices("id", "job_id"))]
    title: str | None = None
    description: Annotated[str, Field(pattern=r"\S")]
    hard: Names
    soft: Names


class _Probe(RecordForm):
    hard: object = None
    gold: object = None


def is_free_names(path: Path) -> bool:
    """Tell whether a labelled file names skills freely, by its first record. Raises GoldInvalid for a file that cannot be read."""
    probe = read_records(path, _Probe, most=1)[0]
    return probe.hard is not None and probe.gold is None


def evaluate_free_names(path: Path, reader: Reader, taxonomy: Taxonomy) -> FreeNamesQuality:
    """Read each advertisement; a name counts as found when a mention has the same words, or a concept with such a label.

    Case, accents, hyphens and bracketed remarks make no difference. Raises GoldInvalid.
    """
    records = read_records(path, FreeNamesRecord)
    rows: dict[str, list[tuple[int, int]]] = {"hard": [], "soft": []}
    missed: Counter[tuple[str, str]] = Counter()
    for record, reading in zip(records, reader(_postings(records)), strict=True):
        read = _names_read(reading, taxonomy)
        for kind, names in (("hard", record.hard), ("soft", record.soft)):
            asked = {_key(name) for name in names} - {""}
            rows[kind].append((len(asked & read), len(asked)))
            missed.update((name, kind) for name in asked - read)
    both = [(a + c, b + d) for (a, b), (c, d) in zip(rows["hard"], rows["soft"], strict=True)]
    whole = _figures(both)
    return FreeNamesQuality(
        n=len(records),
        n_names=whole.n,
        recall=whole.recall,
        recall_ci=whole.recall_ci,
        by_kind={kind: _figures(own) for kind, own in rows.items()},
        slips=tuple(
            Slip(few_words(name), f"{kind}, {times}×", "nothing")
            for (name, kind), times in sorted(missed.items(), key=lambda item: (-item[1], item[0]))[:_SLIPS]
        ),
    )


def _postings(records: Iterable[FreeNamesRecord]) -> Iterator[Posting]:
    for record in records:
        draft = PostingDraft(native_id=record.id, title=record.title, description=record.description, description_is_html=False)
        yield draft_to_posting(draft, board="evaluation", parser="evaluation/1")


def _names_read(reading: EnrichedPosting, taxonomy: Taxonomy) -> set[str]:
    names = {_key(mention.text) for mention in reading.skills}
    for uri in {mention.uri for mention in reading.skills if mention.uri is not None and mention.uri in taxonomy}:
        concept = taxonomy.concept(uri)
        names |= {_key(label) for label in concept.labels.values()}
        names |= {_key(label) for labels in concept.alternative_labels.values() for label in labels}
    return names


def _key(name: str) -> str:
    return " ".join(fold(_REMARK.sub("", name)).split())


def _figures(rows: list[tuple[int, int]]) -> KindFigures:
    tally = Tally(rows, 2)
    figure = tally.figure(share(0, 1))
    return KindFigures(n=int(tally.sums[1]), recall=figure.value, recall_ci=figure.interval)
