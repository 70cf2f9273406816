"""A trained ranker of occupations: learnt vectors of pieces of title and text, compared with those of unit groups and occupations."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from hashlib import blake2b
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
        self._title_words: dict[str, tuple[Floats, int]] = {}
        self._body_words: dict[str, tuple[Floats, int]] = {}

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
        hidden = self.vector(parts)
        logits = (self.weights.answers @ hidden + self.weights.offsets) * np.float32(self.calibration.sharpness)
        count = len(self.groups)
        return Ranking(softmax(logits[:count]), softmax(logits[count:]) if len(logits) > count else logits[count:])

    def vector(self, parts: TextParts) -> Floats:
        """The sum of all pieces' vectors, title and text each divided by the root of their number."""
        title, pieces = self._sum_of(parts.title, self._title_words, word_buckets)
        for first, second in zip(parts.title, parts.title[1:], strict=False):
            title += self.weights.pieces[pair_bucket(first, second)]
            pieces += 1
        body, others = self._sum_of(parts.body, self._body_words, body_buckets)
        return np.asarray(title / max(pieces, 1) ** 0.5 + body * (BODY_WEIGHT / max(others, 1) ** 0.5), dtype=np.float32)

    def _sum_of(
        self, words: Sequence[str], known: dict[str, tuple[Floats, int]], buckets_of: Callable[[str], tuple[int, ...]]
    ) -> tuple[Floats, int]:
        total = np.zeros(self.weights.pieces.shape[1], dtype=np.float32)
        count = 0
        for word in words:
            entry = known.get(word)
            if entry is None:
                numbers = list(buckets_of(word))
                entry = self.weights.pieces[numbers].sum(axis=0, dtype=np.float32), len(numbers)
                if len(known) >= _KNOWN_WORDS:
                    known.clear()
                known[word] = entry
            total += entry[0]
            count += entry[1]
        return total, count


def softmax(logits: Floats) -> Floats:
    """Probabilities of logits, along the last axis."""
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True), dtype=np.float32)


def uri_hash(uri: str) -> int:
    """A stable hash of a URI, 64 bits."""
    return int.from_bytes(blake2b(uri.encode(), digest_size=8).digest(), "big")


def blank_weights(dimensions: int, answers: int, *, seed: int) -> Weights:
    """Weights before learning: small random vectors of pieces, nothing yet for the answers."""
    pieces = np.random.default_rng(seed).standard_normal((BUCKETS, dimensions), dtype=np.float32) * np.float32(0.1)
    return Weights(pieces, np.zeros((answers, dimensions), dtype=np.float32), np.zeros(answers, dtype=np.float32))
