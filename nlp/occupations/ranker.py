"""A trained ranker of occupations: learnt vectors of pieces of title and text, compared with those of unit groups and occupations."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cached_property
from hashlib import blake2b
from itertools import accumulate, chain, pairwise
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from nlp.occupations.features import BUCKETS, TextParts, body_buckets, pair_bucket, word_buckets

BODY_WEIGHT: Final = 0.7  # of the text beside the title
_KNOWN_WORDS: Final = 30_000

Floats = npt.NDArray[np.float32]
Hashes = npt.NDArray[np.uint64]


class Weights(NamedTuple):
    """What is learnt: a vector per bucket, and a vector and an offset per answer; unit groups come first among the answers."""

    pieces: Floats
    answers: Floats
    offsets: Floats


class Calibration(NamedTuple):
    """How sharp probabilities are made: logits are multiplied by `sharpness` (1: as learnt)."""

    sharpness: float


class Ranking(NamedTuple):
    """Probabilities of unit groups (as `OccupationRanker.groups`) and of occupations by URI hash (as `OccupationRanker.occupations`)."""

    groups: Floats
    occupations: Floats


class OccupationRanker:
    """Ranks ISCO-08 unit groups and ESCO occupations for the words of an advertisement; vectors of words are kept."""

    def __init__(self, weights: Weights, groups: Sequence[str], occupations: Hashes, calibration: Calibration) -> None:
        self.weights = weights
        self.groups = tuple(groups)
        self.occupations = occupations  # hashes of URIs, see `uri_hash`
        self.calibration = calibration
        self._title_words = _WordSums(weights.pieces, word_buckets)
        self._body_words = _WordSums(weights.pieces, body_buckets)

    @cached_property
    def group_at(self) -> dict[str, int]:
        """The place of each unit group."""
        return {group: at for at, group in enumerate(self.groups)}

    @cached_property
    def occupation_at(self) -> dict[int, int]:
        """The place of each occupation, by the hash of its URI."""
        return {int(number): at for at, number in enumerate(self.occupations.tolist())}

    def rank(self, parts: TextParts) -> Ranking | None:
        """Give probabilities; None where there is no word to go by."""
        if not parts.title and not parts.body:
            return None
        logits: Floats = self.weights.answers @ self.vector(parts)
        logits += self.weights.offsets
        logits *= np.float32(self.calibration.sharpness)
        count = len(self.groups)
        return Ranking(softmax(logits[:count]), softmax(logits[count:]) if len(logits) > count else logits[count:])

    def vector(self, parts: TextParts) -> Floats:
        """The sum of all pieces' vectors, title and text each divided by the root of their number."""
        title, pieces = self._title_words.total(parts.title)
        pairs = [pair_bucket(first, second) for first, second in pairwise(parts.title)]
        if pairs:
            title += np.add.reduce(self.weights.pieces.take(pairs, axis=0), axis=0, dtype=np.float32)
            pieces += len(pairs)
        body, others = self._body_words.total(parts.body)
        return np.asarray(title / max(pieces, 1) ** 0.5 + body * (BODY_WEIGHT / max(others, 1) ** 0.5), dtype=np.float32)


class _WordSums:
    """The sum of the vectors of each word's pieces, kept in one table, which begins anew when it is full."""

    def __init__(self, pieces: Floats, buckets_of: Callable[[str], tuple[int, ...]]) -> None:
        self._pieces = pieces
        self._buckets_of = buckets_of
        self._rows: dict[str, int] = {}
        self._sums = np.empty((_KNOWN_WORDS, pieces.shape[1]), dtype=np.float32)
        self._counts = np.zeros(_KNOWN_WORDS, dtype=np.int64)

    def total(self, words: Sequence[str]) -> tuple[Floats, int]:
        """The sum over words, and the number of their pieces."""
        if len(self._rows) + len(words) > _KNOWN_WORDS:
            self._rows.clear()
        rows = [*map(self._rows.get, words)]
        if None in rows:
            self._learn(dict.fromkeys(word for word, row in zip(words, rows, strict=True) if row is None))
            rows = [*map(self._rows.get, words)]
        at = np.array(rows, dtype=np.int64)
        return np.add.reduce(self._sums.take(at, axis=0), axis=0), int(np.add.reduce(self._counts.take(at)))

    def _learn(self, words: Collection[str]) -> None:
        numbers = [self._buckets_of(word) for word in words]
        counts = [len(own) for own in numbers]
        first, last = len(self._rows), len(self._rows) + len(words)
        self._rows.update(zip(words, range(first, last), strict=True))
        pieces = self._pieces.take([*chain.from_iterable(numbers)], axis=0).astype(np.float32, copy=False)
        np.add.reduceat(pieces, [0, *accumulate(counts[:-1])], axis=0, out=self._sums[first:last])
        self._counts[first:last] = counts


def softmax(logits: Floats) -> Floats:
    """Probabilities of logits, along the last axis."""
    shifted = np.exp(logits - np.maximum.reduce(logits, axis=-1, keepdims=True))
    shifted /= np.add.reduce(shifted, axis=-1, keepdims=True)
    return np.asarray(shifted, dtype=np.float32)


def uri_hash(uri: str) -> int:
    """A stable hash of a URI, 64 bits."""
    return int.from_bytes(blake2b(uri.encode(), digest_size=8).digest(), "big")


def blank_weights(dimensions: int, answers: int, *, seed: int) -> Weights:
    """Weights before learning: small random vectors of pieces, nothing yet for the answers."""
    pieces = np.random.default_rng(seed).standard_normal((BUCKETS, dimensions), dtype=np.float32) * np.float32(0.1)
    return Weights(pieces, np.zeros((answers, dimensions), dtype=np.float32), np.zeros(answers, dtype=np.float32))
