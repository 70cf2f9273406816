"""The network, forward only: word vectors, dilated convolutions over words, over segments, and over words again.

Every convolution reads three places (one at its distance before, itself, one behind), after a layer normalisation (Ba et al. 2016) whose
scale and shift are folded into the weights, and is added to its input (He et al. 2016). Texts are laid one behind the other with empty
rows between them, so that one product of matrices serves many. Cost grows linearly with the number of words. The stacks of convolutions
are numpy's while a network is learnt, and compiled ones in 8 bits afterwards (`stacks`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

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
        starts = np.cumsum([_GAP] + [length + _GAP for length in lengths])[:-1]
        total = int(starts[-1] + lengths[-1] + _GAP)
        x = np.zeros((total, self._vectors.shape[1]), dtype=np.float32)
        numbers = self._lookup(texts)
        rows = np.concatenate([np.arange(start, start + length) for start, length in zip(starts, lengths, strict=True)])
        x[rows] = self._vectors[numbers]
        hints = np.concatenate([text.hints for text in texts])
        for at, name in enumerate(HINT_WEIGHTS):
            x[rows] += self.weights[name][hints[:, at]]
        there = _ones_at(rows, total)
        x = self._stacks["before"](x, there)
        segments, segment_rows = self._read_segments(x[rows], texts)
        x[rows] += (segments @ self.weights["ctx_w"])[segment_rows]
        x = self._stacks["after"](x, there)
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
        return self._stacks["segments"](s, _ones_at(rows, total)), of_word

    def _lookup(self, texts: Sequence[Words]) -> Ints:
        known = self._numbers
        if len(known) > _KEPT_WORDS:
            known.clear()
        new = sorted(set().union(*(text.words for text in texts)).difference(known))  # sums come out the same in every run
        if new:
            first = len(known)
            known.update(zip(new, range(first, first + len(new)), strict=True))
            if len(known) > len(self._vectors):  # room for twice as many, so that keeping a word costs the same however many there are
                room = np.zeros((max(2 * len(known), 1024), self._vectors.shape[1]), dtype=np.float32)
                room[:first] = self._vectors[:first]
                self._vectors = room
            self._vectors[first : len(known)] = self._vectors_of(new)
        return np.array([known[word] for text in texts for word in text.words], dtype=np.int64)

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


def _ones_at(rows: Ints, total: int) -> Floats:
    there = np.zeros((total, 1), dtype=np.float32)
    there[rows] = 1
    return there


def _scaled(x: Floats) -> Floats:
    mean = x.mean(axis=1)
    spread = np.einsum("ij,ij->i", x, x) / np.float32(x.shape[1]) - mean * mean
    made: Floats = x * (1 / np.sqrt(spread + _EPSILON))[:, None]
    return made
