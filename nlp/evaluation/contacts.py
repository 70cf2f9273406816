"""Measures whether contact data is found: by half-overlap, and by the characters that stay readable."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from nlp.evaluation.gold import ContactRecord, read_records
from nlp.evaluation.quality import CharacterFigures, ContactFigures, ContactQuality, Slip
from nlp.evaluation.span_matching import match_spans
from nlp.evaluation.tally import Array, Tally, ratio, share
from vacancies.enriched import ContactSpan, EnrichedPosting
from vacancies.posting import Posting
from vacancies.posting_draft import PostingDraft, draft_to_posting

Reader = Callable[[Iterable[Posting]], Iterator[EnrichedPosting]]

_SLIPS: Final = 5


class _Found(NamedTuple):
    """One text: labelled and read spans and which were paired."""

    record: ContactRecord
    read: tuple[ContactSpan, ...]
    pairs: tuple[tuple[int, int], ...]


def evaluate_contacts(path: Path, reader: Reader) -> ContactQuality:
    """Read each text as an advertisement in its language and compare contact data. Raises GoldInvalid.

    A span counts as found when one of whatever kind half-overlaps it, because all kinds are masked alike; by kind, recall is over
    labelled and precision over read spans of that kind.
    """
    records = read_records(path, ContactRecord)
    found = [_compared(record, reading.contacts) for record, reading in zip(records, reader(_postings(records)), strict=True)]
    kinds = sorted({kind for record in records for _, _, kind in record.spans} | {span.kind for each in found for span in each.read})
    return ContactQuality(
        **dict(_figures([_row(each) for each in found])) | {"n": len(records)},
        characters=_characters(found),
        by_kind={kind: _figures([_row(each, kind) for each in found]) for kind in kinds},
        by_language={
            name: _figures([_row(each) for each in found if each.record.lang == name]) for name in sorted({r.lang for r in records})
        },
        by_part={part: _figures([_row(each) for each in found if each.record.part == part]) for part in _parts(records)},
        slips=_slips(found),
    )


def _parts(records: Iterable[ContactRecord]) -> list[str]:
    return sorted({record.part for record in records if record.part is not None})


def _postings(records: Iterable[ContactRecord]) -> Iterator[Posting]:
    for number, record in enumerate(records):
        draft = PostingDraft(native_id=str(number), description=record.text, description_is_html=False, language=record.lang)
        yield draft_to_posting(draft, board="evaluation", parser="evaluation/1")


def _compared(record: ContactRecord, read: tuple[ContactSpan, ...]) -> _Found:
    pairs = match_spans([(start, end) for start, end, _ in record.spans], [(span.start, span.end) for span in read])
    return _Found(record, read, tuple(pairs))


def _row(found: _Found, kind: str | None = None) -> tuple[int, int, int, int]:
    """Labelled spans found, labelled spans, read spans that are right, read spans; of one kind or of all."""
    labelled = [at for at, (_, _, own) in enumerate(found.record.spans) if kind in (None, own)]
    read = [at for at, span in enumerate(found.read) if kind in (None, span.kind)]
    paired_labelled, paired_read = {at for at, _ in found.pairs}, {other for _, other in found.pairs}
    return len(paired_labelled & set(labelled)), len(labelled), len(paired_read & set(read)), len(read)


def _figures(rows: Sequence[tuple[int, int, int, int]]) -> ContactFigures:
    tally = Tally(rows, 4)
    precision, recall, both = tally.figure(share(2, 3)), tally.figure(share(0, 1)), tally.figure(_f1)
    return ContactFigures(
        n=int(tally.sums[1]), f1=both.value, precision=precision.value, recall=recall.value,
        f1_ci=both.interval, precision_ci=precision.interval, recall_ci=recall.interval,
    )  # fmt: skip


def _f1(sums: Array) -> Array:
    recall, precision = ratio(sums[..., 0], sums[..., 1]), ratio(sums[..., 2], sums[..., 3])
    return ratio(2 * precision * recall, precision + recall)


def _characters(found: Sequence[_Found]) -> CharacterFigures:
    rows = []
    for each in found:
        gold = np.zeros(len(each.record.text), dtype=np.bool_)
        read = np.zeros(len(each.record.text), dtype=np.bool_)
        for start, end, _ in each.record.spans:
            gold[start:end] = True
        for span in each.read:
            read[span.start : span.end] = True
        rows.append([int(np.count_nonzero(mark)) for mark in (gold & read, read, gold)])
    tally = Tally(rows, 3)
    precision, recall = tally.figure(share(0, 1)), tally.figure(share(0, 2))
    return CharacterFigures(precision=precision.value, recall=recall.value, precision_ci=precision.interval, recall_ci=recall.interval)


def _slips(found: Sequence[_Found]) -> tuple[Slip, ...]:
    """Kinds and languages missed most and read wrongly most; never the words, which are people's data."""
    missed: Counter[tuple[str, str]] = Counter()
    wrong: Counter[tuple[str, str]] = Counter()
    for record, read, pairs in found:
        labelled, right = {at for at, _ in pairs}, {other for _, other in pairs}
        missed.update((record.lang, kind) for at, (_, _, kind) in enumerate(record.spans) if at not in labelled)
        wrong.update((record.lang, span.kind) for at, span in enumerate(read) if at not in right)
    return (
        *(Slip(f"({language}, not shown)", f"{kind}, {times}×", "nothing") for (language, kind), times in missed.most_common(_SLIPS)),
        *(Slip(f"({language}, not shown)", "nothing", f"{kind}, {times}×") for (language, kind), times in wrong.most_common(_SLIPS)),
    )
