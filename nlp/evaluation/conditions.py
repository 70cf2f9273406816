"""Compares the conditions of advertisements: value by value, a missing value standing for "not stated"."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Final

import numpy as np

from nlp.evaluation.gold import ReadingGold
from nlp.evaluation.quality import ConditionFigures
from nlp.evaluation.tally import Array, Tally, share
from vacancies.enriched import FULL_OR_PART_TIME, EnrichedPosting, RangeValue, SalaryReading, TextValue

_Value = Hashable | None

POOLED: Final = "pooled"


def _salary(low: float | None, high: float | None, currency: str | None, period: str | None) -> _Value:
    stated = (low, high, currency, None if period is None else period.lower())
    return None if low is None and high is None else stated


def _gold_salary(gold: ReadingGold) -> _Value:
    salary = gold.salary
    return None if salary is None else _salary(salary.min, salary.max, salary.currency, salary.period)


def _read_salary(salary: SalaryReading | None) -> _Value:
    return None if salary is None else _salary(salary.min_value, salary.max_value, salary.currency, salary.period)


def _value(read: TextValue | None) -> str | None:
    return None if read is None else read.value


def _working_times(read: TextValue | None) -> _Value:
    if read is None:
        return None
    return _set(("full_time", "part_time") if read.value == FULL_OR_PART_TIME else (read.value,))


def _range(read: RangeValue | None) -> _Value:
    return None if read is None else (read.min_value, read.max_value)


def _set(values: Sequence[str]) -> _Value:
    return frozenset(values) or None


_GOLD: Final[dict[str, Callable[[ReadingGold], _Value]]] = {
    "salary": _gold_salary,
    "contract": lambda gold: gold.contract,
    "working_time": lambda gold: _set(gold.working_time),
    "hours_per_week": lambda gold: gold.hours_per_week,
    "workload_percent": lambda gold: gold.workload_percent,
    "remote": lambda gold: gold.remote,
    "education": lambda gold: None if gold.education is None else gold.education.isced,
    "experience": lambda gold: None if gold.experience is None else gold.experience.years,
    "languages": lambda gold: _set([language.code.lower() for language in gold.languages]),
    "licences": lambda gold: _set([licence.category.upper() for licence in gold.licences]),
    "openings": lambda gold: gold.openings,
    "agency": lambda gold: gold.agency or None,
}

# What a reading says of each condition, in the same form; a condition that is absent here is not read yet and counts as not stated.
_READ: Final[dict[str, Callable[[EnrichedPosting], _Value]]] = {
    "salary": lambda reading: _read_salary(reading.salary),
    "contract": lambda reading: _value(reading.contract),
    "working_time": lambda reading: _working_times(reading.working_time),
    "hours_per_week": lambda reading: _range(reading.hours_per_week),
    "workload_percent": lambda reading: _range(reading.workload_percent),
    "remote": lambda reading: _value(reading.remote),
    "education": lambda reading: None if reading.education is None else reading.education.isced,
    "experience": lambda reading: None if reading.experience is None else reading.experience.years,
    "openings": lambda reading: None if reading.openings is None else reading.openings.value,
    "agency": lambda reading: _value(reading.agency) == "agency" or None,
    "languages": lambda reading: _set([language.code for language in reading.languages]),
    "licences": lambda reading: _set([licence.category for licence in reading.licences]),
}

NOT_READ: Final = tuple(name for name in _GOLD if name not in _READ)


def condition_figures(pairs: Sequence[tuple[ReadingGold, EnrichedPosting]]) -> dict[str, ConditionFigures]:
    """Figures of each condition over all advertisements, and of all conditions together under "pooled"."""
    rows = {name: np.array([_row(name, gold, reading) for gold, reading in pairs]) for name in _GOLD}
    pooled = np.sum(list(rows.values()), axis=0)
    return {name: _figures(counts) for name, counts in {POOLED: pooled, **rows}.items()}


def _row(name: str, gold: ReadingGold, reading: EnrichedPosting) -> tuple[float, ...]:
    """Equal, equal and stated, read, stated, one."""
    stated = _GOLD[name](gold)
    read = _READ[name](reading) if name in _READ else None
    return float(stated == read), float(stated == read and stated is not None), float(read is not None), float(stated is not None), 1.0


def _figures(rows: Array) -> ConditionFigures:
    tally = Tally(rows, 5)
    accuracy, precision, recall = tally.figure(share(0, 4)), tally.figure(share(1, 2)), tally.figure(share(1, 3))
    return ConditionFigures(
        accuracy=accuracy.value,
        precision=precision.value,
        recall=recall.value,
        n_stated=int(tally.sums[3]),
        n_read=int(tally.sums[2]),
        accuracy_ci=accuracy.interval,
        precision_ci=precision.interval,
        recall_ci=recall.interval,
    )
