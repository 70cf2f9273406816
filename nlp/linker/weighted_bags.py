"""Short lists of weighted numbers behind one another: a sparse matrix by rows."""

from __future__ import annotations

import numpy as np

from nlp.linker.bags import Bags, Floats, Ints


class WeightedBags:
    """List i holds some numbers, each with its weight."""

    def __init__(self, rows: Ints, numbers: Ints, weights: Floats, *, count: int) -> None:
        """Put each number with its weight into the list of its row (0..count - 1)."""
        order = np.argsort(rows, kind="stable")
        self._numbers = numbers[order]
        self._weights = weights[order]
        offsets = np.searchsorted(rows[order], np.arange(count + 1)).astype(np.int64)
        self._places = Bags(np.arange(len(order)), offsets)

    def take(self, rows: Ints) -> tuple[Ints, Floats, Ints]:
        """The numbers of some lists, their weights, and for each the place of its list in `rows`."""
        found, places = self._places.take(rows)
        return self._numbers[found], self._weights[found], places
