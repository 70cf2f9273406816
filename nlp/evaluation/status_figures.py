"""Figures of statuses on matched spans, from counts of every pair of labelled and read status."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from nlp.evaluation.quality import StatusFigures, StatusQuality
from nlp.evaluation.skill_scores import SkillScores
from nlp.evaluation.tally import Array, Statistic, Tally, ratio
from vacancies.enriched import SkillStatus

_STATUSES: Final = tuple(SkillStatus)
_SCORED: Final = (SkillStatus.REQUIRED, SkillStatus.PREFERRED, SkillStatus.DUTY, SkillStatus.MENTIONED)
_SIZE: Final = len(_STATUSES)


def status_quality(scores: Sequence[SkillScores]) -> StatusQuality:
    """Accuracy over all statuses; macro F1 over those of required, preferred, duty and mentioned that are labelled or read at all."""
    tally = Tally([_confusion(each) for each in scores], _SIZE * _SIZE)
    table = _table(tally.sums)
    labelled = [each.gold_statuses.count(status) for each in scores for status in _STATUSES]
    totals = dict(zip(_STATUSES, np.reshape(labelled, (-1, _SIZE)).sum(axis=0).tolist(), strict=True))
    accuracy, macro = tally.figure(_accuracy), tally.figure(_macro_f1)
    return StatusQuality(
        n=int(table.sum()),
        accuracy=accuracy.value,
        macro_f1=macro.value,
        accuracy_ci=accuracy.interval,
        macro_f1_ci=macro.interval,
        by_status={status.value: _one(tally, status, totals[status]) for status in _STATUSES if totals[status] or _is_read(table, status)},
    )


def _confusion(scores: SkillScores) -> list[int]:
    counts = [0] * (_SIZE * _SIZE)
    for at, other in scores.pairs:
        counts[_STATUSES.index(scores.gold_statuses[at]) * _SIZE + _STATUSES.index(scores.read[other][1])] += 1
    return counts


def _table(sums: Array) -> Array:
    """Labelled status by read status."""
    return sums.reshape(*sums.shape[:-1], _SIZE, _SIZE)


def _accuracy(sums: Array) -> Array:
    table = _table(sums)
    return ratio(np.trace(table, axis1=-2, axis2=-1), table.sum(axis=(-2, -1)))


def _f1_of(status: SkillStatus) -> Statistic:
    at = _STATUSES.index(status)

    def statistic(sums: Array) -> Array:
        table = _table(sums)
        return ratio(2 * table[..., at, at], table[..., at, :].sum(axis=-1) + table[..., :, at].sum(axis=-1))

    return statistic


def _macro_f1(sums: Array) -> Array:
    table = _table(sums)
    places = [_STATUSES.index(status) for status in _SCORED]
    occurs = (table.sum(axis=-1) + table.sum(axis=-2))[..., places] > 0
    figures = np.stack([_f1_of(status)(sums) for status in _SCORED], axis=-1)
    return ratio(np.where(occurs, figures, 0.0).sum(axis=-1), occurs.sum(axis=-1).astype(np.float64))


def _is_read(table: Array, status: SkillStatus) -> bool:
    return bool(table[:, _STATUSES.index(status)].any())


def _one(tally: Tally, status: SkillStatus, labelled: int) -> StatusFigures:
    at = _STATUSES.index(status)
    table = _table(tally.sums)
    right, matched, read = float(table[at, at]), float(table[at].sum()), float(table[:, at].sum())
    both = tally.figure(_f1_of(status))
    return StatusFigures(
        n=int(matched),
        f1=both.value,
        precision=round(right / read, 4) if read else 0.0,
        recall=round(right / matched, 4) if matched else 0.0,
        f1_ci=both.interval,
        found=round(matched / labelled, 4) if labelled else 0.0,
    )
