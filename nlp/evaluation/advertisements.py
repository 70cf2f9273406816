"""Measures the reading pipeline on whole advertisements: skills, statuses, zones, conditions, occupation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

import numpy as np

from nlp.evaluation.conditions import condition_figures
from nlp.evaluation.error import GoldInvalid
from nlp.evaluation.gold import ReadingRecord, read_advertisements
from nlp.evaluation.quality import IscoFigures, KindFigures, ReadingQuality, ShareFigure, Slip, SpanFigures, few_words
from nlp.evaluation.skill_scores import SkillScores, score_skills
from nlp.evaluation.status_figures import status_quality
from nlp.evaluation.tally import Tally, share
from vacancies.enriched import EnrichedPosting, Zone
from vacancies.error import RecordInvalid
from vacancies.posting import JobLocation, Posting
from vacancies.posting_draft import PostingDraft, draft_to_posting

Reader = Callable[[Iterable[Posting]], Iterator[EnrichedPosting]]

_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_FIRST: Final = 5
_SLIPS: Final = 6
_ZONES: Final = {zone: number for number, zone in enumerate(Zone, start=1)}  # 0: no zone
_Pairs = Sequence[tuple[ReadingRecord, EnrichedPosting]]


def evaluate_reading(path: Path, reader: Reader) -> ReadingQuality:
    """Read each advertisement as a board would hand it over (its language is not told) and compare everything that was read.

    `reader` gives a reading per posting, in order: `functools.partial(read_postings, pipeline)`. Raises GoldInvalid.
    """
    records = read_advertisements(path)
    pairs = list(zip(records, reader(_postings(path, records)), strict=True))
    scores = [score_skills(record.gold.skills, reading.skills) for record, reading in pairs]
    skills = SpanFigures.of([each.half for each in scores])
    by_language = {
        name: SpanFigures.of([each.half for each, record in zip(scores, records, strict=True) if record.lang == name])
        for name in sorted({record.lang for record in records})
    }
    return ReadingQuality(
        **dict(skills),
        strict=SpanFigures.of([each.strict for each in scores]),
        by_language=by_language,
        by_kind=_by_kind(scores),
        status=status_quality(scores),
        joint=SpanFigures.of([each.joint for each in scores]),
        zones=ShareFigure.of([_zone_row(record, reading) for record, reading in pairs]),
        conditions=condition_figures([(record.gold, reading) for record, reading in pairs]),
        isco4=_isco(pairs),
        language=ShareFigure.of([(reading.language == (record.gold.language or record.lang), 1) for record, reading in pairs]),
        slips=tuple(_slips(pairs, scores)),
    )


def _postings(path: Path, records: Iterable[ReadingRecord]) -> Iterator[Posting]:
    for record in records:
        place = JobLocation(text=record.location, country=_country(record.country)) if record.location or record.country else None
        draft = PostingDraft(
            native_id=record.id,
            title=record.title,
            hiring_organization=record.employer,
            description=record.description,
            description_is_html=False,
            job_locations=(place,) if place else (),
        )
        try:
            yield draft_to_posting(draft, board="evaluation", parser="evaluation/1")
        except RecordInvalid as error:
            raise GoldInvalid(f"{path}, record {record.id}: {error}") from error


def _country(code: str | None) -> str | None:
    return code if code is not None and _COUNTRY.fullmatch(code) else None


def _zone_row(record: ReadingRecord, reading: EnrichedPosting) -> tuple[int, int]:
    """Characters in the right zone, and characters that are labelled with one."""
    gold = np.zeros(len(record.description), dtype=np.int8)
    read = np.zeros(len(record.description), dtype=np.int8)
    for start, end, zone in record.gold.zones:
        gold[start:end] = _ZONES[zone]
    for span in reading.zones:
        read[span.start : span.end] = _ZONES[span.zone]
    return int(np.count_nonzero((gold == read) & (gold > 0))), int(np.count_nonzero(gold))


def _isco(pairs: _Pairs) -> IscoFigures:
    """Only advertisements that are labelled with a code count."""
    rows = []
    for record, reading in pairs:
        if record.gold.isco4 is not None:
            right = {record.gold.isco4, *record.gold.isco4_also}
            codes = list(dict.fromkeys(each.isco for each in reading.occupations if each.isco is not None))
            rows.append((bool(right & set(codes[:1])), bool(right & set(codes[:_FIRST])), 1))
    tally = Tally(rows, 3)
    first, five = tally.figure(share(0, 2)), tally.figure(share(1, 2))
    return IscoFigures(accuracy=first.value, accuracy_top_5=five.value, accuracy_ci=first.interval, accuracy_top_5_ci=five.interval)


def _by_kind(scores: Sequence[SkillScores]) -> dict[str, KindFigures]:
    figures = {}
    for kind in sorted({kind for each in scores for kind in each.kinds}):
        rows = [(sum(each.kinds[at] == kind for at, _ in each.pairs), each.kinds.count(kind)) for each in scores]
        figure = Tally(rows, 2).figure(share(0, 1))
        figures[kind] = KindFigures(n=sum(row[1] for row in rows), recall=figure.value, recall_ci=figure.interval)
    return figures


def _slips(pairs: _Pairs, scores: Sequence[SkillScores]) -> Iterator[Slip]:
    """The words most often missed, wrongly read, and read with a wrong status."""
    missed: Counter[tuple[str, str, str]] = Counter()
    wrong: Counter[tuple[str, str, str]] = Counter()
    statuses: Counter[tuple[str, str, str]] = Counter()
    for (record, _), each in zip(pairs, scores, strict=True):
        text = record.description
        matched_gold, matched_read = {at for at, _ in each.pairs}, {other for _, other in each.pairs}
        gold = [text[start:end].lower() for start, end in each.gold_spans]
        missed.update((gold[at], each.gold_statuses[at].value, "nothing") for at in range(len(gold)) if at not in matched_gold)
        read = [(text[start:end].lower(), "nothing", status.value) for (start, end), status in each.read]
        wrong.update(entry for at, entry in enumerate(read) if at not in matched_read)
        statuses.update(
            (gold[at], each.gold_statuses[at].value, each.read[other][1].value)
            for at, other in each.pairs
            if each.gold_statuses[at] != each.read[other][1]
        )
    for counted in (missed, wrong, statuses):
        for (words, right, read_as), times in sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:_SLIPS]:
            yield Slip(few_words(words), f"{right}, {times}×", read_as)
