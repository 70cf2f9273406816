"""The figures of a board that have a usual range: how each is read from a run, judged and shown."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Final, NamedTuple

from vacancies.health.record import SourceHealth
from vacancies.health.stated_fields import FIELDS
from vacancies.health.usual_range import (
    MakeRange,
    Observation,
    Range,
    Unusual,
    count_range,
    judge,
    median,
    rise_range,
    share_range,
    turnover_range,
)
from vacancies.run import RunStatus

_FEWEST_DATED: Final = 10
_FEWEST_ANSWERS: Final = 5
_FEWEST_READ: Final = 5
_HANDFUL: Final = 10  # boards with fewer postings may have none at times

Value = Callable[[SourceHealth], tuple[float, float] | None]
"""Reads a run's value and the number that it is a share of; None where the run says nothing about it."""


class Figure(NamedTuple):
    """A figure outside its usual range; `is_loss` says that postings or values are lost by it."""

    kind: str
    name: str
    unusual: Unusual
    is_loss: bool
    show: Callable[[float], str]

    @property
    def shown_usual(self) -> str:
        """The usual range in words."""
        low, middle, high, _ = self.unusual.usual
        return f"{self.show(middle)} ({self.show(low)} to {self.show(high)})"

    @property
    def shown_now(self) -> str:
        """The value in words."""
        return self.show(self.unusual.value)


class Measure(NamedTuple):
    """A figure to look at: its kind of alert and name, how to read, judge and show it; `loss` says what is one: less (-1) or more (1)."""

    kind: str
    name: str
    value: Value
    make_range: MakeRange
    show: Callable[[float], str]
    loss: int = 0


def moved_figures(runs: Sequence[SourceHealth]) -> list[Figure]:
    """Give the figures in which the last run is outside what is usual, runs oldest first."""
    last = runs[-1]
    names = sorted({name for run in runs for name in run.unread})
    found = []
    for measure in (*_MEASURES, *(_unread(name) for name in names)):
        if measure.value(last) is None:
            continue
        seen = list(_observations(runs, measure.value))
        if all(each.value == seen[0].value for each in seen):
            continue
        unusual = judge(seen, measure.make_range)
        if unusual is not None:
            is_loss = measure.loss * (unusual.value - unusual.usual.middle) > 0
            found.append(Figure(measure.kind, measure.name, unusual, is_loss, measure.show))
    return found


def _observations(runs: Sequence[SourceHealth], value: Value) -> Iterator[Observation]:
    for run in runs:
        found = value(run)
        if found is not None:
            yield Observation(run.at, found[0], found[1], settled=run.decision is not None)


def _postings(run: SourceHealth) -> tuple[float, float] | None:
    return (run.postings, 0) if run.complete and run.came_to_its_end else None  # a list of the newest is as long as it happens to be


def _turnover(run: SourceHealth, name: str) -> tuple[float, float] | None:
    # what is kept apart has changed nothing yet, and a first run brings the whole board
    if run.status is not RunStatus.DONE or not run.open_before:
        return None
    return float(getattr(run, name)), max(run.postings, run.open_before)


def _filled(run: SourceHealth, field: str) -> tuple[float, float] | None:
    return (run.filled.get(field, 0) / run.postings, run.postings) if run.came_to_its_end and run.postings else None


def _unread_share(run: SourceHealth, name: str) -> tuple[float, float] | None:
    return (min(1.0, run.unread.get(name, 0) / run.postings), run.postings) if run.came_to_its_end and run.postings else None


def _rejected(run: SourceHealth) -> tuple[float, float] | None:
    rejected = sum(run.quarantined.values())
    met = run.postings + rejected
    return (rejected / met, met) if met >= _FEWEST_READ else None


def _pages_without(run: SourceHealth) -> tuple[float, float] | None:
    return (run.pages_without / run.pages, run.pages) if run.pages >= _FEWEST_READ else None


def _nothing_read(run: SourceHealth) -> tuple[float, float] | None:
    return (float(not run.postings), run.postings) if run.pages else None


def _age(run: SourceHealth) -> tuple[float, float] | None:
    has_past = run.came_to_its_end and run.open_before > 0  # a first run meets postings of any age
    return (run.age_days, run.dated) if has_past and run.age_days is not None and run.dated >= _FEWEST_DATED else None


def _latency(run: SourceHealth) -> tuple[float, float] | None:
    return (run.latency, run.requests) if run.latency is not None and run.requests >= _FEWEST_ANSWERS else None


def _never(usual: Sequence[Observation], now: Observation) -> Range:
    """Nothing at all is unusual for a board that has always had something, unless a handful of postings is all it has."""
    worst = 1.0 if median([seen.size for seen in usual]) < _HANDFUL else max(seen.value for seen in usual)
    return Range(0.0, worst, worst, len(usual))


def _age_range(usual: Sequence[Observation], now: Observation) -> Range:
    """The median age of few postings moves by chance: by 3.5 days for 16 of them, by 1.4 days for 100, and a day beside."""
    return rise_range(usual, now, factor=1.5, least=1 + 14 / math.sqrt(now.size))


def _percent(share: float) -> str:
    return f"{share:.0%}".replace("%", " %")


def _number(value: float) -> str:
    return f"{value:,.0f}"


def _unread(name: str) -> Measure:
    return Measure("fields", f"{name} not readable", partial(_unread_share, name=name), share_range, _percent, 1)


COUNTED: Final = Measure("count", "postings", _postings, count_range, _number, -1)
"""The number of postings."""
LATENCY: Final = Measure(
    "slow", "seconds to an answer", _latency, partial(rise_range, factor=2.5, least=0.25), lambda value: f"{value:.2f}"
)
"""The seconds until an answer came."""
FRESHNESS: Final = Measure("freshness", "days old at first sight", _age, _age_range, lambda value: f"{value:.1f}")
"""The age of postings when they are first seen."""
REJECTED: Final = Measure("layout", "rejected records", _rejected, share_range, _percent, 1)
"""The share of records in quarantine."""
_MEASURES: Final = (
    COUNTED,
    *(Measure("count", f"{name} postings", partial(_turnover, name=name), turnover_range, _number) for name in ("new", "changed", "gone")),
    *(Measure("fields", name, partial(_filled, field=name), share_range, _percent, -1) for name in FIELDS),
    REJECTED,
    Measure("layout", "pages without postings", _pages_without, share_range, _percent, 1),
    Measure("layout", "runs that read nothing", _nothing_read, _never, _percent, 1),
    LATENCY,
    FRESHNESS,
)
