"""Ranks concepts by the character n-grams that their labels share with a text: cosine of TF-IDF weights, the best label counts.

n-grams of 3 to 5 characters within words, a space at either end standing for the word's edge (scikit-learn's `char_wb`), logarithmic
term frequency, smoothed inverse document frequency, labels of length 1. An inverted index in numpy arrays; no learning.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Final, Generic, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt

from nlp.folding import fold

K = TypeVar("K", bound=Hashable)

_WORD: Final = re.compile(r"[\w+#]+")
_SIZES: Final = (3, 4, 5)
_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)  # odd and large, so that short n-grams do not fall together
_SPACE: Final = 32
_END: Final = 10

_Ints = npt.NDArray[np.int64]
_Floats = npt.NDArray[np.float32]
_Hashes = npt.NDArray[np.uint64]


class _Index(NamedTuple):
    """Labels by n-gram: those of n-gram g stand in `rows` and `weights` from `offsets[g]` to `offsets[g + 1]`."""

    hashes: _Hashes
    rarity: _Floats
    offsets: _Ints
    rows: _Ints
    weights: _Floats


class CharTfidf(Generic[K]):
    """A ranker over labelled keys; make it with `build`."""

    def __init__(self, keys: Sequence[K], first_label: _Ints, labels: int, index: _Index) -> None:
        self._keys = keys
        self._first_label = first_label  # of each key; a key's labels stand together
        self._labels = labels
        self._index = index

    @classmethod
    def build(cls, labels: Iterable[tuple[K, str]]) -> CharTfidf[K]:
        """Index (key, label) pairs; a key may have many labels."""
        by_key: dict[K, dict[str, None]] = {}
        for key, text in labels:
            by_key.setdefault(key, {})[text] = None
        texts = [text for own in by_key.values() for text in own]
        first = np.cumsum([0, *(len(own) for own in by_key.values())])[:-1]
        return cls(list(by_key), first.astype(np.int64), len(texts), _index(texts))

    def rank(self, text: str, *, limit: int | None = None) -> list[tuple[K, float]]:
        """Keys with at least one n-gram in common and their scores (0..1), best first; equal ones in the order they were given."""
        best = self.scores(text)
        order = np.argsort(-best, kind="stable")[: np.count_nonzero(best > 0)][:limit]
        return [(self._keys[at], score) for at, score in zip(order.tolist(), best[order].tolist(), strict=True)]

    def scores(self, text: str) -> _Floats:
        """The score (0..1) of each key, in the order they were given."""
        if not self._keys:
            return np.zeros(0, dtype=np.float32)
        return np.asarray(np.maximum.reduceat(self._of_labels(text), self._first_label), dtype=np.float32)

    def _of_labels(self, text: str) -> _Floats:
        index = self._index
        scores = np.zeros(self._labels, dtype=np.float32)
        _, hashes = _grams([text])
        asked, times = np.unique(hashes, return_counts=True)
        at = np.searchsorted(index.hashes, asked)
        is_known = at < len(index.hashes)
        is_known[is_known] = index.hashes[at[is_known]] == asked[is_known]
        known, weights = at[is_known], _frequency(times[is_known]) * index.rarity[at[is_known]]
        length = float(np.sqrt(np.square(weights).sum())) or 1.0
        for gram, weight in zip(known.tolist(), (weights / length).tolist(), strict=True):
            start, end = index.offsets[gram], index.offsets[gram + 1]
            scores[index.rows[start:end]] += index.weights[start:end] * np.float32(weight)
        return np.minimum(scores, np.float32(1.0))


def _index(texts: Sequence[str]) -> _Index:
    rows, hashes = _grams(texts)
    known, grams = np.unique(hashes, return_inverse=True)
    pairs, times = np.unique(grams.astype(np.int64) * max(len(texts), 1) + rows, return_counts=True)
    gram, row = np.divmod(pairs, max(len(texts), 1))
    found_in = np.bincount(gram, minlength=len(known))
    rarity = (np.log((1 + len(texts)) / (1 + found_in)) + 1).astype(np.float32)
    weights = _frequency(times) * rarity[gram]
    lengths = np.sqrt(np.bincount(row, np.square(weights), minlength=len(texts)))
    weights = (weights / lengths[row]).astype(np.float32)
    return _Index(known, rarity, np.searchsorted(gram, np.arange(len(known) + 1)).astype(np.int64), row, weights)


def _frequency(times: npt.NDArray[np.int64]) -> _Floats:
    return np.asarray(1 + np.log(times), dtype=np.float32)


def _grams(texts: Sequence[str]) -> tuple[_Ints, _Hashes]:
    """All n-grams of all texts: the number of the text and a hash."""
    padded = [f" {' '.join(_WORD.findall(fold(text)))} \n" for text in texts]
    letters = np.frombuffer("".join(padded).encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    owners = np.repeat(np.arange(len(texts), dtype=np.int64), [len(text) for text in padded])
    parts = list(_grams_of_size(letters, owners))
    return np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])


def _grams_of_size(letters: _Hashes, owners: _Ints) -> Iterator[tuple[_Ints, _Hashes]]:
    for size in _SIZES:
        count = max(len(letters) - size + 1, 0)
        hashes = np.full(count, size, dtype=np.uint64)
        is_whole = np.ones(count, dtype=np.bool_)
        for place in range(size):
            window = letters[place : place + count]
            hashes = hashes * _FACTOR + window
            is_whole &= window != _END
            if 0 < place < size - 1:
                is_whole &= window != _SPACE
        yield owners[:count][is_whole], hashes[is_whole]
