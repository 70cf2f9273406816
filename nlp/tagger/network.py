"""The network, forward only: word vectors, dilated convolutions over words, over segments, and over words again.

Every convolution reads three places (one at its distance before, itself, one behind), after a layer normalisation (Ba et al. 2016) whose
scale and shift are folded into the weights, and is added to its input (He et al. 2016). Texts are laid one behind the other with empty
rows between them, so that one product of matrices serves many. Cost grows linearly with the number of words. The stacks of convolutions
are numpy's while a network is learnt, and compiled ones in 8 bits afterwards (`stacks`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import chain
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from nlp.row_sums import sum_by
from nlp.tagger.stacks import STACKS, Stack
from nlp.tagger.tags import forbidden
from nlp.tagger.words import Words, shape, units

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

WORD_DISTANCES: Final = (1, 2, 4)  # of the convolutions before the segments are looked at
CONTEXT_DISTANCES: Final = (1, 2, 4, 8)  # and after
SEGMENT_DISTANCES: Final = (1, 2, 4)
LAYERS: Final = {"before": ("a", WORD_DISTANCES), "segments": ("s", SEGMENT_DISTANCES), "after": ("b", CONTEXT_DISTANCES)}
HINT_WEIGHTS: Final = ("hint_zone", "hint_cue", "hint_label")  # in the order of the columns of `Words.hints`
_GAP: Final = 8  # empty rows between texts: the longest distance
_EPSILON: Final = np.float32(1e-5)
_KEPT_WORDS: Final = 120_000  # words whose vectors are kept, some 60 MB


class Heads(NamedTuple):
    """What the network says of each word: columns of its answer by name."""

    columns: Mapping[str, slice]

    @classmethod
    def of(cls, sizes: Mapping[str, int]) -> Heads:
        """Lay the answers of some sizes side by side."""
        columns, at = {}, 0
        for name, size in sizes.items():
            columns[name] = slice(at, at + size)
            at += size
        return cls(columns)


Seen = Callable[[str, Floats], None]  # a convolution's name, what goes into it


class Convolutions:
    """A stack in numpy, in full precision; `see` is shown what goes into each convolution."""

    def __init__(self, weights: Mapping[str, Floats], letter: str, distances: Sequence[int], see: Seen | None = None) -> None:
        self._layers = [(f"{letter}{at}", distance) for at, distance in enumerate(distances)]
        self._weights = weights
        self._see = see

    def __call__(self, x: Floats, there: Floats) -> Floats:
        """See `stacks.Stack`."""
        own = self._weights
        for name, distance in self._layers:
            normal = (_scaled(x - x.mean(axis=1, keepdims=True)) * own[f"{name}g"] + own[f"{name}o"]) * there
            if self._see is not None:
                self._see(name, normal)
            wide = np.pad(normal, ((distance, distance), (0, 0)))
            around = np.concatenate([wide[: len(x)], normal, wide[2 * distance :]], axis=1)
            x = x + np.maximum(around @ own[f"{name}w"] + own[f"{name}b"], 0)
        return x


class Network:
    """The network with its weights, as `learning` makes them, and its stacks, where they are compiled (see `storage`)."""

    def __init__(self, weights: Mapping[str, Floats], heads: Mapping[str, int], stacks: Mapping[str, Stack] | None = None) -> None:
        self.heads = Heads.of(heads)
        self.weights = weights
        self._stacks = stacks or {name: Convolutions(weights, *LAYERS[name]) for name in STACKS}
        scale = np.concatenate([weights[f"h_{name}"] for name in heads], axis=1)
        shift = np.concatenate([weights[f"hb_{name}"] for name in heads])
        folded = weights["fg"][:, None] * scale
        self._answer = folded - folded.mean(axis=0, keepdims=True)
        self._answer_shift = shift + weights["fo"] @ scale
        self.following = {  # how well a tag follows another, by head
            name.removeprefix("tr_"): value + forbidden(len(value)) for name, value in weights.items() if name.startswith("tr_")
        }
        self._numbers: dict[str, int] = {}
        self._vectors = np.zeros((0, weights["in_b"].shape[0]), dtype=np.float32)
        self._shapes = weights["shape"] @ weights["in_w"] + weights["in_b"]
        self._units = weights["emb"]

    def read(self, texts: Sequence[Words]) -> list[Floats]:
        """The answer for each text: words x columns, logits. A stack's input has as many rows as all texts have words, and the gaps."""
        if not texts:
            return []
        lengths = [len(text.words) for text in texts]
        spots = _spots(lengths)
        numbers = self._lookup(texts)
        x = self._vectors.take(numbers, axis=0)
        hints = np.concatenate([text.hints for text in texts])
        for at, name in enumerate(HINT_WEIGHTS):
            x += self.weights[name].take(hints[:, at], axis=0)
        there = _spread(np.ones((len(x), 1), dtype=np.float32), spots)
        x = _gathered(self._stacks["before"](_spread(x, spots), there), spots)
        segments, segment_rows = self._read_segments(x, texts)
        x += (segments @ self.weights["ctx_w"]).take(segment_rows, axis=0)
        x = _gathered(self._stacks["after"](_spread(x, spots), there), spots)
        answer = _scaled(x) @ self._answer + self._answer_shift
        ends = np.cumsum(lengths)
        return [answer[end - length : end] for end, length in zip(ends, lengths, strict=True)]

    def _read_segments(self, x: Floats, texts: Sequence[Words]) -> tuple[Floats, Ints]:
        """A vector for each segment, and the row of its segment for each word."""
        weights = self.weights
        counts = [int(text.segments[-1]) + 1 if len(text.words) else 0 for text in texts]
        spots = _spots(counts)
        of_word = np.concatenate([spot.start + text.segments for spot, text in zip(spots, texts, strict=True)])
        first = np.flatnonzero(np.diff(of_word, prepend=-1))
        row_counts = np.diff(np.append(first, len(of_word)))
        numbered = np.repeat(np.arange(len(first)), row_counts)
        sizes = row_counts.astype(np.float32)[:, None]
        loud = x @ weights["pool_w"]
        loud += weights["pool_b"]
        np.maximum(loud, 0, out=loud)
        pooled = np.concatenate([sum_by(x, numbered, len(first)) / sizes, sum_by(loud, numbered, len(first)) / np.sqrt(sizes)], axis=1)
        made = pooled @ weights["seg_w"] + weights["seg_b"]
        full = np.array([count for count in counts if count], dtype=np.int64)
        whole = np.add.reduceat(made, np.cumsum(full) - full) / full.astype(np.float32)[:, None]
        made += (whole @ weights["doc_w"]).repeat(full, axis=0)
        there = _spread(np.ones((len(made), 1), dtype=np.float32), spots)
        return self._stacks["segments"](_spread(made, spots), there), of_word

    def _lookup(self, texts: Sequence[Words]) -> Ints:
        known = self._numbers
        if len(known) > _KEPT_WORDS:
            known.clear()
        words = list(chain.from_iterable(text.words for text in texts))
        new = sorted(set(words).difference(known))  # sums come out the same in every run
        if new:
            first = len(known)
            known.update(zip(new, range(first, first + len(new)), strict=True))
            if len(known) > len(self._vectors):  # room for twice as many, so that keeping a word costs the same however many there are
                room = np.zeros((max(2 * len(known), 1024), self._vectors.shape[1]), dtype=np.float32)
                room[:first] = self._vectors[:first]
                self._vectors = room
            self._vectors[first : len(known)] = self._vectors_of(new)
        return np.fromiter(map(known.__getitem__, words), dtype=np.int64, count=len(words))

    def _vectors_of(self, words: Sequence[str]) -> Floats:
        """A vector for each word, before any context (words x size)."""
        rows = [units(word) for word in words]
        counts = np.array([len(own) for own in rows], dtype=np.int64)
        flat = np.fromiter(chain.from_iterable(rows), dtype=np.int64, count=int(counts.sum()))
        summed = sum_by(self._units[flat], np.repeat(np.arange(len(rows)), counts), len(rows))
        summed /= np.sqrt(counts, dtype=np.float32)[:, None]
        made: Floats = summed @ self.weights["in_w"]
        made += self._shapes[[shape(word) for word in words]]
        return made


def _spots(lengths: Sequence[int]) -> list[slice]:
    """Where texts of some lengths stand when there are gaps between them, before the first and behind the last."""
    found, at = [], _GAP
    for length in lengths:
        found.append(slice(at, at + length))
        at += length + _GAP
    return found


def _spread(x: Floats, spots: Sequence[slice]) -> Floats:
    """Rows of texts, one behind the other, at their spots, 0 between them."""
    wide = np.zeros((spots[-1].stop + _GAP, x.shape[1]), dtype=np.float32)
    at = 0
    for spot in spots:
        size = spot.stop - spot.start
        wide[spot] = x[at : at + size]
        at += size
    return wide


def _gathered(wide: Floats, spots: Sequence[slice]) -> Floats:
    """The rows at the spots, one behind the other."""
    return np.concatenate([wide[spot] for spot in spots])


def _scaled(x: Floats) -> Floats:
    mean = x.mean(axis=1)
    spread = np.einsum("ij,ij->i", x, x) / np.float32(x.shape[1]) - mean * mean
    made: Floats = x * (1 / np.sqrt(spread + _EPSILON))[:, None]
    return made
