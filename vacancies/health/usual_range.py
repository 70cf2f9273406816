"""What is usual for a board: a range from its own past runs, robust against single odd ones.

The range of a figure is median ± max(4 · 1.4826 · MAD · (1 + 4/n), floor) over the last 12 usual runs, at least 3. MAD is the median
absolute deviation, 1.4826 · MAD the standard deviation of normal values (Rousseeuw and Croux 1993); the factor 1 + 4/n pays for how
little few runs say. Floors keep what moves too little to matter from counting. For shares the floor is also the binomial spread of the
share: four standard errors at the number of postings now (a two-sided chance of 6 in 100,000 for independent postings).

A run outside its range is not taken into what is usual, so a fault stays visible while it lasts; after 8 such runs in a row the new
level is the usual one. A person's word (accepted, forced) makes it so at once.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final, NamedTuple

FEWEST_RUNS: Final = 3
"""So many usual runs are needed before anything can be unusual."""
_WINDOW: Final = 12
_SPREADS: Final = 4.0
_NORMAL: Final = 1.4826
_NEW_LEVEL: Final = 8  # runs in a row outside make a new level


class Observation(NamedTuple):
    """A figure of one run; `size` is the number that a share is of; `settled` says that a person has called the run right."""

    at: datetime
    value: float
    size: float = 0.0
    settled: bool = False


class Range(NamedTuple):
    """What is usual, and the number of runs that this rests on."""

    low: float
    middle: float
    high: float
    runs: int


class Unusual(NamedTuple):
    """A figure outside its usual range, since the first of the runs in a row that were."""

    value: float
    usual: Range
    since: datetime


MakeRange = Callable[[Sequence[Observation], Observation], Range]
"""Makes the range that an observation is held against, of the last usual ones."""


def judge(observations: Sequence[Observation], make_range: MakeRange) -> Unusual | None:
    """Tell whether the last of a board's observations, oldest first, is unusual."""
    usual: list[Observation] = []
    odd: list[Observation] = []
    found: Unusual | None = None
    for seen in observations:
        found = None
        if seen.settled:
            usual, odd = [seen], []
            continue
        span = make_range(usual[-_WINDOW:], seen) if len(usual) >= FEWEST_RUNS else None
        if span is None or span.low <= seen.value <= span.high:
            usual.append(seen)
            odd = []
            continue
        odd.append(seen)
        if len(odd) >= _NEW_LEVEL:
            usual, odd = odd, []
        else:
            found = Unusual(seen.value, span, odd[0].at)
    return found


def count_range(usual: Sequence[Observation], now: Observation) -> Range:
    """A count: its floor is a quarter of the middle, 4 standard deviations of a Poisson count, and 5."""
    middle, spread = _centre([math.log1p(seen.value) for seen in usual])
    level = math.expm1(middle)
    floor = max(level / 4, 4 * math.sqrt(level), 5.0)
    low, high = math.expm1(middle - spread), math.expm1(middle + spread)
    return Range(max(0.0, min(low, level - floor)), level, max(high, level + floor), len(usual))


def turnover_range(usual: Sequence[Observation], now: Observation) -> Range:
    """A count of comings, goings or changes: only more than half of the postings (`size`) beyond the usual is unusual."""
    middle, spread = _centre([seen.value for seen in usual])
    return Range(0.0, middle, middle + max(spread, now.size / 2, 5.0), len(usual))


def share_range(usual: Sequence[Observation], now: Observation, *, floor: float = 0.1) -> Range:
    """A share of `size` postings: its floor is also the binomial spread, and 5 postings."""
    middle, spread = _centre([seen.value for seen in usual])
    least = 1 / (2 * max(1.0, sum(seen.size for seen in usual)))
    chance = min(max(middle, least), 1 - least)
    wide = max(spread, floor, _SPREADS * math.sqrt(chance * (1 - chance) / now.size), 5 / now.size)
    return Range(max(0.0, middle - wide), middle, min(1.0, middle + wide), len(usual))


def rise_range(usual: Sequence[Observation], now: Observation, *, factor: float, least: float) -> Range:
    """A figure whose falling is welcome: unusual is what grows `factor` times, by `least` at least, beyond its spread."""
    middle, spread = _centre([seen.value for seen in usual])
    return Range(0.0, middle, middle + max(spread, (factor - 1) * middle, least), len(usual))


def _centre(values: Sequence[float]) -> tuple[float, float]:
    middle = median(values)
    deviation = median([abs(value - middle) for value in values])
    return middle, _SPREADS * _NORMAL * deviation * (1 + 4 / len(values))


def median(values: Sequence[float]) -> float:
    """Give the middle value; of an even number the mean of the two."""
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
