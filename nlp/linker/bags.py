"""Bags of numbers behind one another in one array."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


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


def unit_length(rows: Floats) -> Floats:
    """Rows scaled to length 1; rows of zeros stay."""
    lengths = np.sqrt(np.square(rows).sum(axis=1, keepdims=True))
    return np.asarray(rows / np.maximum(lengths, np.float32(1e-6)), dtype=np.float32)
