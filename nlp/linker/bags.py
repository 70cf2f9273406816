"""Bags of numbers behind one another in one array, and sums over them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

_PLACES_AT_ONCE: Final = 32
_ROWS_AT_ONCE: Final = 4096


class Bags:
    """Many short lists of numbers; list i is `numbers[offsets[i]:offsets[i + 1]]`."""

    def __init__(self, numbers: Ints, offsets: Ints) -> None:
        self.numbers = numbers
        self.offsets = offsets

    def __len__(self) -> int:
        return len(self.offsets) - 1

    @classmethod
    def of(cls, lists: Sequence[Sequence[int]]) -> Bags:
        """Put lists behind one another."""
        offsets = np.cumsum([0, *(len(each) for each in lists)]).astype(np.int64)
        return cls(np.fromiter((number for each in lists for number in each), dtype=np.int64, count=int(offsets[-1])), offsets)

    def take(self, rows: Ints) -> tuple[Ints, Ints]:
        """The numbers of some lists, and for each the place of its list in `rows` (ascending)."""
        lengths = self.offsets[rows + 1] - self.offsets[rows]
        places = np.repeat(np.arange(len(rows)), lengths)
        first = np.repeat(self.offsets[rows] - (np.cumsum(lengths) - lengths), lengths)
        return self.numbers[np.arange(len(places)) + first], places


def run_starts(places: Ints) -> Ints:
    """Where each run of equal numbers begins, in an array with at least one."""
    return np.concatenate([[0], np.flatnonzero(places[1:] != places[:-1]) + 1])


def sum_by(values: Floats, places: Ints, count: int) -> Floats:
    """Sums of the rows (finite) of each place 0..count - 1; `places` ascends, a place without rows gets zeros.

    Some places at a time are a product with a matrix of zeros and ones, several times as fast as `np.add.reduceat` along rows.
    """
    sums = np.zeros((count, *values.shape[1:]), dtype=np.float32)
    edges = places.searchsorted(np.arange(0, count + _PLACES_AT_ONCE, _PLACES_AT_ONCE)).tolist()
    for number, (first, last) in enumerate(pairwise(edges)):
        begin = number * _PLACES_AT_ONCE
        for start in range(first, last, _ROWS_AT_ONCE):
            own = places[start : min(last, start + _ROWS_AT_ONCE)] - begin
            ones = np.zeros((min(_PLACES_AT_ONCE, count - begin), len(own)), dtype=np.float32)
            ones[own, np.arange(len(own))] = 1
            sums[begin : begin + _PLACES_AT_ONCE] += ones @ values[start : start + len(own)]
    return sums


def unit_length(rows: Floats) -> Floats:
    """Rows scaled to length 1; rows of zeros stay."""
    lengths = np.sqrt(np.square(rows).sum(axis=1, keepdims=True))
    return np.asarray(rows / np.maximum(lengths, np.float32(1e-6)), dtype=np.float32)
