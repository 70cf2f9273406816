"""Figures over counts per record, with 95 % intervals by the bootstrap over records."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Statistic = Callable[[Array], Array]
Interval = tuple[float, float]

RESAMPLES: Final = 1000
_SEED: Final = 20_08
_AT_ONCE: Final = 100  # resamples whose weights are held at a time
_DIGITS: Final = 4


class Figure(NamedTuple):
    """A figure with its 95 % percentile interval; both 0..1 and rounded to four digits."""

    value: float
    interval: Interval


class Tally:
    """Counts per record (one row each). Every figure is a function of the columns' sums, so that resampled sums give its interval.

    Rows, not single spans, are resampled: the spans of one advertisement are alike. 1,000 resamples with a fixed seed.
    """

    def __init__(self, rows: Sequence[Sequence[float]] | Array, columns: int) -> None:
        self.rows: Array = np.asarray(rows, dtype=np.float64).reshape(-1, columns)

    def __len__(self) -> int:
        return len(self.rows)

    @property
    def sums(self) -> Array:
        """Sums of the columns."""
        return np.asarray(self.rows.sum(axis=0))

    @cached_property
    def _resampled(self) -> Array:
        count = len(self.rows)
        if not count:
            return np.zeros((1, self.rows.shape[1]))
        random = np.random.default_rng(_SEED)
        even = np.full(count, 1 / count)
        return np.concatenate([random.multinomial(count, even, size=_AT_ONCE) @ self.rows for _ in range(RESAMPLES // _AT_ONCE)])

    def figure(self, statistic: Statistic) -> Figure:
        """Compute a figure and its interval; `statistic` takes sums with the columns last and gives one value for each."""
        low, high = np.percentile(statistic(self._resampled), (2.5, 97.5))
        return Figure(_rounded(statistic(self.sums)), (_rounded(low), _rounded(high)))


def share(part: int, whole: int) -> Statistic:
    """One column as share of another; 0 where there is no whole."""
    return lambda sums: ratio(sums[..., part], sums[..., whole])


def ratio(part: Array, whole: Array) -> Array:
    """Divide, with 0 where the divisor is 0."""
    part, whole = np.broadcast_arrays(part, whole)
    return np.divide(part, whole, out=np.zeros(whole.shape), where=whole > 0)


def f1(right: int, read: int, gold: int) -> Statistic:
    """The harmonic mean of precision (right of read) and recall (right of gold) of three columns."""
    return lambda sums: ratio(2 * sums[..., right], sums[..., read] + sums[..., gold])


def _rounded(value: object) -> float:
    return round(float(np.asarray(value)), _DIGITS)
