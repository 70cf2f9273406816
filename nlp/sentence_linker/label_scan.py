"""Compares texts with all labels of a taxonomy: for each concept the cosine of its best label and of its best preferred one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from nlp.linker.bags import Floats, Ints
from nlp.sentence_linker.label_texts import LabelTexts
from nlp.sentence_linker.label_vectors import Halves

_BLOCK: Final = 8192  # labels that are multiplied at once
_FURTHEST: Final = -1.0


class Nearness(NamedTuple):
    """Cosines, texts x concepts; -1 for a concept that has no label left."""

    best: Floats
    preferred: Floats


class _Block(NamedTuple):
    """Labels of some concepts that stand together."""

    concepts: slice
    rows: slice
    starts: Ints  # of each concept among the rows
    preferred: Ints  # rows of preferred labels
    preferred_starts: Ints  # of each concept among those


class LabelScan:
    """All labels with their vectors, which may be mapped from a file."""

    def __init__(self, labels: LabelTexts, vectors: Halves) -> None:
        self._vectors = vectors
        self._count = len(labels.uris)
        self._blocks = list(_blocks(labels))

    def nearness(self, texts: Floats, hidden: Sequence[Ints] | None = None) -> Nearness:
        """Compare texts (unit vectors) with every label; `hidden` names rows of labels to leave out, for each text."""
        found = Nearness(*(np.full((len(texts), self._count), _FURTHEST, dtype=np.float32) for _ in range(2)))
        owners = np.repeat(np.arange(len(texts)), [len(rows) for rows in hidden]) if hidden else np.zeros(0, dtype=np.int64)
        rows = np.concatenate([*hidden, np.zeros(0, dtype=np.int64)]) if hidden else owners
        for block in self._blocks:
            cosines = texts @ self._vectors[block.rows].astype(np.float32).T
            inside = (rows >= block.rows.start) & (rows < block.rows.stop)
            cosines[owners[inside], rows[inside] - block.rows.start] = _FURTHEST
            found.best[:, block.concepts] = np.maximum.reduceat(cosines, block.starts, axis=1)
            found.preferred[:, block.concepts] = np.maximum.reduceat(cosines[:, block.preferred], block.preferred_starts, axis=1)
        return found


def _blocks(labels: LabelTexts) -> list[_Block]:
    first = np.searchsorted(labels.owners, np.arange(len(labels.uris) + 1))
    blocks = []
    start = 0
    while start < len(labels.uris):
        end = max(start + 1, int(np.searchsorted(first, first[start] + _BLOCK, side="right")) - 1)
        rows = slice(int(first[start]), int(first[end]))
        preferred = np.flatnonzero(labels.is_preferred[rows])
        starts = first[start:end] - rows.start
        blocks.append(_Block(slice(start, end), rows, starts, preferred, np.searchsorted(preferred, starts)))
        start = end
    return blocks
