"""Sums of rows that stand one behind the other, some to each sum."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

_PLACES_AT_ONCE: Final = 32
_ROWS_AT_ONCE: Final = 4096


def sum_by(values: Floats, places: Ints, count: int) -> Floats:
    """Sums of the rows (finite) of each place 0..count - 1; `places` ascends, a place without rows gets zeros.

    Some places at a time are a product with a matrix of zeros and ones, several times as fast as `np.add.reduceat` along rows.
    The last digit may depend on what is added up beside it.
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
