"""The network, forward only, in numpy: word vectors, dilated convolutions over words, over segments, and over words again.

Every convolution reads three places (one at its distance before, itself, one behind), after a layer normalisation (Ba et al. 2016) whose
scale and shift are folded into the weights, and is added to its input (He et al. 2016). Texts are laid one behind the other with empty
rows between them, so that one product of matrices serves many. Cost grows linearly with the number of words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from nlp.tagger.tags import forbidden
from nlp.tagger.words import Words, shape, units

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]

WORD_DISTANCES: Final = (1, 2, 4)  # of the convolutions before the segments are looked at
CONTEXT_DISTANCES: Final = (1, 2, 4, 8)  # and after
SEGMENT_DISTANCES: Final = (1, 2, 4)
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


class _Layer(NamedTuple):
    weights: Floats  # size x 3 size: for the place before, itself, behind
    shift: Floats
    distance: int

    @classmethod
    def folded(cls, weights: Mapping[str, Floats], name: str, distance: int) -> _Layer:
        """Fold the normalisation's centring, scale and shift into the weights."""
        parts = np.split(weights[f"{name}w"], 3)
        shift = np.concatenate([weights[f"{name}o"] @ part for part in parts])
        size = parts[1].shape[1]
        shift[size : 2 * size] += weights[f"{name}b"]
        scaled = np.concatenate([weights[f"{name}g"][:, None] * part for part in parts], axis=1)
        return cls(np.ascontiguousarray(scaled - scaled.mean(axis=0, keepdims=True)), shift.astype(np.float32), distance)


class Network:
    """The network with its weights, as `learning` makes them (see `storage`)."""

    def __init__(self, weights: Mapping[str, Floats], heads: Mapping[str, int]) -> None:
        self.heads = Heads.of(heads)
        self.weights = weights
        self._before = _layers(weights, "a", WORD_DISTANCES)
        self._segments = _layers(weights, "s", SEGMENT_DISTANCES)
        self._after = _layers(weights, "b", CONTEXT_DISTANCES)
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
        """The answer for each text: words x columns, logits."""
        if not texts:
            return []
        lengths = [len(text.words) for text in texts]
        starts = np.cumsum([_GAP] + [length + _GAP for length in lengths])[:-1]
        total = int(starts[-1] + lengths[-1] + _GAP)
        x = np.zeros((total, self._vectors.shape[1]), dtype=np.float32)
        numbers = self._lookup(texts)
        rows = np.concatenate([np.arange(start, start + length) for start, length in zip(starts, lengths, strict=True)])
        x[rows] = self._vectors[numbers]
        hints = np.concatenate([text.hints for text in texts])
        for at, name in enumerate(HINT_WEIGHTS):
            x[rows] += self.weights[name][hints[:, at]]
        empty = np.ones(total, dtype=np.bool_)
        empty[rows] = False
        for layer in self._before:
            _convolve(x, layer, empty)
        segments, segment_rows = self._read_segments(x[rows], texts)
        x[rows] += (segments @ self.weights["ctx_w"])[segment_rows]
        for layer in self._after:
            _convolve(x, layer, empty)
        answer = _scaled(x[rows]) @ self._answer + self._answer_shift
        ends = np.cumsum(lengths)
        return [answer[end - length : end] for end, length in zip(ends, lengths, strict=True)]

    def _read_segments(self, x: Floats, texts: Sequence[Words]) -> tuple[Floats, Ints]:
        """A vector for each segment, and the row of its segment for each word."""
        weights = self.weights
        counts = [int(text.segments[-1]) + 1 if len(text.words) else 0 for text in texts]
        starts = np.cumsum([_GAP] + [count + _GAP for count in counts])[:-1]
        total = int(starts[-1] + counts[-1] + _GAP)
        of_word = np.concatenate([start + text.segments for start, text in zip(starts, texts, strict=True)])
        first = np.flatnonzero(np.diff(of_word, prepend=-1))
        rows = of_word[first]
        sizes = np.diff(np.append(first, len(of_word))).astype(np.float32)[:, None]
        loud = np.maximum(x @ weights["pool_w"] + weights["pool_b"], 0)
        pooled = np.concatenate([np.add.reduceat(x, first) / sizes, np.add.reduceat(loud, first) / np.sqrt(sizes)], axis=1)
        made = pooled @ weights["seg_w"] + weights["seg_b"]
        s = np.zeros((total, made.shape[1]), dtype=np.float32)
        full = [number for number, count in enumerate(counts) if count]
        begins = np.cumsum([0] + [counts[number] for number in full])[:-1]
        whole = np.add.reduceat(made, begins) / np.array([counts[number] for number in full], dtype=np.float32)[:, None]
        of_text = np.repeat(np.arange(len(full)), [counts[number] for number in full])
        s[rows] = made + (whole @ weights["doc_w"])[of_text]
        empty = np.ones(total, dtype=np.bool_)
        empty[rows] = False
        for layer in self._segments:
            _convolve(s, layer, empty)
        return s, of_word

    def _lookup(self, texts: Sequence[Words]) -> Ints:
        known = self._numbers
        if len(known) > _KEPT_WORDS:
            known.clear()
        new = dict.fromkeys(word for text in texts for word in text.words if word not in known)
        if new:
            first = len(known)
            known.update(zip(new, range(first, first + len(new)), strict=True))
            if len(known) > len(self._vectors):  # room for twice as many, so that keeping a word costs the same however many there are
                room = np.zeros((max(2 * len(known), 1024), self._vectors.shape[1]), dtype=np.float32)
                room[:first] = self._vectors[:first]
                self._vectors = room
            self._vectors[first : len(known)] = self._vectors_of(list(new))
        return np.fromiter((known[word] for text in texts for word in text.words), dtype=np.int64)

    def _vectors_of(self, words: Sequence[str]) -> Floats:
        """A vector for each word, before any context (words x size)."""
        rows = [units(word) for word in words]
        counts = np.array([len(own) for own in rows], dtype=np.int64)
        flat = np.fromiter((row for own in rows for row in own), dtype=np.int64, count=int(counts.sum()))
        summed = np.add.reduceat(self._units[flat], np.cumsum(counts) - counts, axis=0)
        summed /= np.sqrt(counts, dtype=np.float32)[:, None]
        made: Floats = summed @ self.weights["in_w"]
        made += self._shapes[[shape(word) for word in words]]
        return made


def _layers(weights: Mapping[str, Floats], name: str, distances: Sequence[int]) -> list[_Layer]:
    count = sum(1 for at in range(len(distances)) if f"{name}{at}w" in weights)
    return [_Layer.folded(weights, f"{name}{at}", distances[at]) for at in range(count)]


def _scaled(x: Floats) -> Floats:
    mean = x.mean(axis=1)
    spread = np.einsum("ij,ij->i", x, x) / np.float32(x.shape[1]) - mean * mean
    made: Floats = x * (1 / np.sqrt(spread + _EPSILON))[:, None]
    return made


def _convolve(x: Floats, layer: _Layer, empty: npt.NDArray[np.bool_]) -> None:
    """Add a convolution of x to x, in place; empty rows stay 0."""
    size, distance = x.shape[1], layer.distance
    products = _scaled(x) @ layer.weights
    products += layer.shift
    products[empty] = 0
    made = products[:, size : 2 * size]
    made[distance:] += products[:-distance, :size]
    made[:-distance] += products[distance:, 2 * size :]
    np.maximum(made, 0, out=made)
    made[empty] = 0
    x += made
