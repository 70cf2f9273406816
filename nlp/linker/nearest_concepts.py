"""Finds the concepts nearest to short texts: roughly among all of them, then exactly among the best of these."""

from __future__ import annotations

from typing import Final

import numpy as np

from nlp.linker.bags import Floats, Ints

_ROUGH_DIMENSIONS: Final = 64
_ROUGHLY_BEST: Final = 48  # concepts that are compared exactly
_CHUNK: Final = 32  # texts multiplied at once: their products stay in the processor's cache
_BLOCK: Final = 16  # concepts that are looked at together when the greatest scores are sought


class NearestConcepts:
    """Products of texts (unit vectors) with one row for each concept."""

    def __init__(self, rows: Floats, axes: Floats | None = None) -> None:
        """Take the rows, and their `nearest_axes` where these are at hand."""
        self._rows = rows
        self._axes = nearest_axes(rows) if axes is None else axes
        self._blocks = -(-len(rows) // _BLOCK)
        self._rough = np.zeros((self._axes.shape[1], self._blocks * _BLOCK), dtype=np.float32)
        self._rough[:, : len(rows)] = (rows @ self._axes).T

    def of(self, texts: Floats, count: int) -> tuple[Ints, Floats]:
        """For each text `count` concepts (all, where there are fewer), the nearest first, and their products (texts x concepts)."""
        wanted = min(max(count, _ROUGHLY_BEST), len(self._rows))
        found = [self._roughly_best(texts[start : start + _CHUNK], wanted) for start in range(0, len(texts), _CHUNK)]
        places = np.concatenate([np.zeros((0, wanted), dtype=np.int64), *found])
        products = np.zeros(places.shape, dtype=np.float32)
        for text, own, row in zip(texts, places, products, strict=True):
            np.dot(self._rows[own], text, out=row)
        order = np.argsort(-products, axis=1, kind="stable")[:, :count]
        return np.take_along_axis(places, order, axis=1), np.take_along_axis(products, order, axis=1)

    def _roughly_best(self, texts: Floats, count: int) -> Ints:
        """They stand in the blocks that hold the greatest products; block b has the concepts b, b + blocks, b + 2 blocks ..."""
        if count == len(self._rows):
            return np.tile(np.arange(count), (len(texts), 1))
        products = (texts @ self._axes) @ self._rough
        products[:, len(self._rows) :] = -np.inf
        layers = products.reshape(len(texts), _BLOCK, self._blocks)
        tops = layers.max(axis=1)
        wanted = min(count, self._blocks)
        best = np.argpartition(-tops, wanted - 1, axis=1)[:, :wanted]
        places = (best[:, None, :] + (np.arange(_BLOCK) * self._blocks)[:, None]).reshape(len(texts), -1)
        inside = np.take_along_axis(products, places, axis=1)
        return np.take_along_axis(places, np.argpartition(-inside, count - 1, axis=1)[:, :count], axis=1)


def nearest_axes(rows: Floats) -> Floats:
    """The axes along which rows are compared roughly (dimensions x axes)."""
    return main_axes(rows, min(_ROUGH_DIMENSIONS, rows.shape[1]))


def main_axes(rows: Floats, count: int) -> Floats:
    """The directions in which rows differ most (dimensions x count): enough to choose candidates by."""
    _, axes = np.linalg.eigh(rows.T @ rows)
    return np.ascontiguousarray(axes[:, ::-1][:, :count])


def greatest(scores: Floats, count: int) -> Ints:
    """Where the greatest scores stand, in no order; they stand in the blocks with the greatest ones."""
    if count >= len(scores):
        return np.arange(len(scores))
    whole = len(scores) // _BLOCK * _BLOCK
    rest = np.arange(whole, len(scores))
    if count * _BLOCK < whole // 2:
        tops = scores[:whole].reshape(-1, _BLOCK).max(axis=1)
        blocks = np.argpartition(-tops, count)[:count]
        near = np.concatenate([(blocks[:, None] * _BLOCK + np.arange(_BLOCK)).ravel(), rest])
    else:
        near = np.arange(len(scores))
    return near[np.argpartition(-scores[near], count)[:count]]
