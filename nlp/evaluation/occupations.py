"""Measures occupation readers: titles to concepts and ISCO-08 codes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from nlp.evaluation.folds import in_folds
from nlp.evaluation.gold import OccupationRecord, language_in_name, read_records
from nlp.evaluation.quality import OccupationFigures, OccupationQuality, Slip, few_words
from nlp.evaluation.rank_figures import hit_at, reciprocal_rank
from nlp.evaluation.readers import LearningOccupationReader, OccupationCandidate, OccupationReader, TitledText
from nlp.evaluation.tally import Tally, share
from taxonomies.model import ConceptType
from taxonomies.taxonomy import Taxonomy

_SLIPS: Final = 8
_ISCO_DIGITS: Final = 4

_Answer = tuple[OccupationRecord, tuple[float, ...], str | None]  # record, scores, first code


def evaluate_occupations(
    path: Path, occupations: OccupationReader, taxonomy: Taxonomy, *, reader: str = "", folds: int = 0
) -> OccupationQuality:
    """Rank occupations for each title. Accuracy is that of the gold code, at its depth, or of the concept where no code is given;
    the reciprocal rank is the concept's, or the code's where no concept is given.

    With `folds` a reader that learns does so from the other folds. Raises GoldInvalid and NothingToLearn.
    """
    fallback = language_in_name(path)
    records = read_records(path, OccupationRecord)
    learn = _lesson(occupations, fallback) if isinstance(occupations, LearningOccupationReader) else None
    found: dict[int, _Answer] = {}
    for own, positions in in_folds(occupations, records, folds=folds, text_of=lambda r: r.title or r.text or "", learn=learn):
        rankings = own.rank([_titled(records[at], fallback) for at in positions])
        for at, candidates in zip(positions, rankings, strict=True):
            found[at] = _scored(records[at], candidates)
    answers = [found[at] for at in range(len(records))]
    return OccupationQuality(
        **dict(_figures(answers)),
        unknown_gold=sum(_is_unknown(record, taxonomy) for record in records),
        reader=reader,
        folds=0 if learn is None else folds,
        by_language={name: _figures(own_answers) for name, own_answers in _by_language(answers, fallback).items()},
        slips=_slips(answers, taxonomy),
    )


def _titled(record: OccupationRecord, fallback: str | None) -> TitledText:
    return TitledText(record.title, record.text, record.lang or fallback)


def _lesson(reader: LearningOccupationReader, fallback: str | None) -> Callable[[Sequence[OccupationRecord]], OccupationReader]:
    def learn(examples: Sequence[OccupationRecord]) -> OccupationReader:
        return reader.learn([(_titled(each, fallback), OccupationCandidate(each.uri, each.code)) for each in examples])

    return learn


def _scored(record: OccupationRecord, candidates: Sequence[OccupationCandidate]) -> _Answer:
    uris = list(dict.fromkeys(candidate.uri for candidate in candidates if candidate.uri is not None))
    code = record.code
    if code is None:
        codes, right = uris, record.uri or ""
    else:
        codes = list(dict.fromkeys(each.isco[: len(code)] for each in candidates if each.isco is not None))
        right = code
    rank = reciprocal_rank(codes, {right}) if record.uri is None else reciprocal_rank(uris, {record.uri})
    return record, (1.0, rank, hit_at(1, codes, {right}), hit_at(5, codes, {right})), codes[0] if codes else None


def _is_unknown(record: OccupationRecord, taxonomy: Taxonomy) -> bool:
    unknown_code = record.code is not None and taxonomy.by_code(record.code, ConceptType.OCCUPATION_GROUP) is None
    return unknown_code or (record.uri is not None and record.uri not in taxonomy)


def _figures(answers: Sequence[_Answer]) -> OccupationFigures:
    tally = Tally([scores for _, scores, _ in answers], 4)
    rank, first, five = (tally.figure(share(column, 0)) for column in (1, 2, 3))
    return OccupationFigures(
        n=len(answers), mrr=rank.value, accuracy=first.value, accuracy_top_5=five.value,
        mrr_ci=rank.interval, accuracy_ci=first.interval, accuracy_top_5_ci=five.interval,
    )  # fmt: skip


def _by_language(answers: Sequence[_Answer], fallback: str | None) -> dict[str, list[_Answer]]:
    groups: dict[str, list[_Answer]] = {}
    for answer in answers:
        if (language := answer[0].lang or fallback) is not None:
            groups.setdefault(language, []).append(answer)
    return dict(sorted(groups.items()))


def _slips(answers: Sequence[_Answer], taxonomy: Taxonomy) -> tuple[Slip, ...]:
    wrong = [answer for answer in answers if not answer[1][3] and (answer[0].code is None or len(answer[0].code) == _ISCO_DIGITS)]
    step = max(len(wrong) // _SLIPS, 1)
    return tuple(
        Slip(few_words(record.title or record.text or ""), _named(record.code or record.uri, taxonomy), _named(first, taxonomy))
        for record, _, first in wrong[::step][:_SLIPS]
    )


def _named(code: str | None, taxonomy: Taxonomy) -> str:
    """A code or URI with its label."""
    if code is None:
        return "nothing"
    uri = taxonomy.by_code(code, ConceptType.OCCUPATION_GROUP) or code
    if uri not in taxonomy:
        return f"{code} (unknown to this taxonomy)"
    return taxonomy.label(uri) if uri == code else f"{code} {taxonomy.label(uri)}"
