"""The network, forward only: a vector for each token, dilated convolutions, how well the tags outside, begins and goes on fit it.

Every convolution reads three places, after a layer normalisation (Ba et al. 2016), and is added to its input (He et al. 2016).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from nlp.people.tokens import Bools, PlaceSign, WordSign, may_be_given, word_signs
from nlp.people.word_sets import WordSet
from nlp.tagger.words import SHAPES, UNITS, shape, units

Floats = npt.NDArray[np.float32]

DISTANCES: Final = (1, 1, 2, 4)  # of the convolutions
LANGUAGES: Final = ("en", "de", "fr", "nl", "es", "sv", "pl", "cs")  # any other is the one behind them
TAGS: Final = 3  # outside, begins, goes on
OUTSIDE, BEGINS, GOES_ON = range(TAGS)
_EPSILON: Final = np.float32(1e-5)
WHOLE_BEHIND: Final = 1  # the convolution behind which each token is shown the mean of its stretch
_GAP: Final = max(DISTANCES)  # empty rows between stretches
_AT_ONCE: Final = 20_000  # tokens
_KEPT_WORDS: Final = 60_000  # words whose vectors are kept, some 15 MB


def shapes_of(size: int) -> dict[str, tuple[int, ...]]:
    """The shape of each array of weights, for vectors of `size` numbers."""
    found: dict[str, tuple[int, ...]] = {
        "units": (UNITS, size),
        "shapes": (SHAPES, size),
        "word_signs": (len(WordSign), size),
        "place_signs": (len(PlaceSign), size),
        "languages": (len(LANGUAGES) + 1, size),
        "in_w": (size, size),
        "in_b": (size,),
        "out_w": (size, TAGS),
        "out_b": (TAGS,),
        "moves": (TAGS, TAGS),
        "whole_w": (size, size),
        "scale": (size,),
        "shift": (size,),
    }
    for at in range(len(DISTANCES)):
        found |= {f"w{at}": (3 * size, size), f"b{at}": (size,), f"scale{at}": (size,), f"shift{at}": (size,)}
    return found


def language_number(language: str | None) -> int:
    """The row of a language among `languages`."""
    return LANGUAGES.index(language) if language in LANGUAGES else len(LANGUAGES)


def word_units(word: str) -> list[int]:
    """Rows of `units` for a token; of line ends, and of halves of characters, the first."""
    return [0] if word[0] == "\n" or "\ud800" <= word[0] <= "\udfff" else units(word)


class PeopleNetwork:
    """The network with its weights and sets of words."""

    def __init__(self, weights: Mapping[str, Floats], sets: Mapping[str, WordSet]) -> None:
        self.sets = sets
        self._weights = weights
        self.moves = weights["moves"]  # how well a tag (row) is followed by another
        self._numbers: dict[str, int] = {}
        self._given: dict[str, bool] = {}
        self._vectors = np.empty((_KEPT_WORDS, len(weights["in_b"])), dtype=np.float32)

    def given_names(self, words: Sequence[str]) -> list[int]:
        """The places of words that may be given names."""
        known = self._given
        new = set(words).difference(known)
        if len(known) + len(new) > _KEPT_WORDS:
            known.clear()
            new = set(words)
        known |= {word: may_be_given(word, self.sets) for word in new}
        return [at for at, word in enumerate(words) if known[word]]

    def vectors_of(self, words: Sequence[str]) -> Floats:
        """A vector for each word (words x size), without what its place tells."""
        try:
            numbers = [self._numbers[word] for word in words]
        except KeyError:
            self._add(words)
            numbers = [self._numbers[word] for word in words]
        return self._vectors[numbers]

    def logits(self, words: Sequence[str], signs: Bools, parts: Sequence[slice], language: str | None) -> Iterator[Floats]:
        """For each part of a text, given its words and their signs, how well the tags fit the part's tokens (tokens x TAGS)."""
        group: list[slice] = []
        size = 0
        for part in parts:
            if group and size + part.stop - part.start > _AT_ONCE:
                yield from self._logits(words, signs, group, language)
                group, size = [], 0
            group.append(part)
            size += part.stop - part.start
        if group:
            yield from self._logits(words, signs, group, language)

    def _logits(self, words: Sequence[str], signs: Bools, parts: Sequence[slice], language: str | None) -> list[Floats]:
        rows = np.concatenate([np.arange(part.start, part.stop) for part in parts])
        vectors = self.vectors_of([word for part in parts for word in words[part]])
        lengths = np.array([part.stop - part.start for part in parts])
        firsts = np.cumsum(lengths) - lengths
        spots = np.arange(len(rows)) + np.repeat(np.arange(len(parts)) * _GAP, lengths)
        weights = self._weights
        x = np.zeros((spots[-1] + 1, self._vectors.shape[1]), dtype=np.float32)
        there = np.zeros((len(x), 1), dtype=np.float32)
        own_signs = signs[rows].astype(np.float32) @ weights["place_signs"]
        x[spots] = vectors + own_signs + weights["languages"][language_number(language)]
        there[spots] = 1
        for at, distance in enumerate(DISTANCES):
            normal = _normalised(x, weights[f"scale{at}"], weights[f"shift{at}"]) * there
            around = np.zeros((len(x), 3, x.shape[1]), dtype=np.float32)
            around[distance:, 0], around[:, 1], around[:-distance, 2] = normal[:-distance], normal, normal[distance:]
            around = around.reshape(len(x), -1)
            x += np.maximum(around @ weights[f"w{at}"] + weights[f"b{at}"], 0)
            if at == WHOLE_BEHIND:
                means = np.add.reduceat(x[spots], firsts, axis=0) / lengths[:, None].astype(np.float32)
                x[spots] += np.repeat(means @ weights["whole_w"], lengths, axis=0)
        found = _normalised(x[spots], weights["scale"], weights["shift"]) @ weights["out_w"] + weights["out_b"]
        return np.split(found, firsts[1:])

    def _add(self, words: Sequence[str]) -> None:
        new = set(words).difference(self._numbers)
        if len(self._numbers) + len(new) > len(self._vectors):
            self._numbers.clear()
            new = set(words)
        for word in new:
            self._vectors[len(self._numbers)] = self._vector(word)
            self._numbers[word] = len(self._numbers)

    def _vector(self, word: str) -> Floats:
        weights, signs = self._weights, word_signs(word, self.sets)
        own = weights["units"][word_units(word)]
        summed = own.sum(axis=0) / np.float32(len(own) ** 0.5) + weights["shapes"][shape(word)]
        vector: Floats = summed @ weights["in_w"] + weights["in_b"] + weights["word_signs"][list(signs)].sum(axis=0)
        return vector


def _normalised(x: Floats, scale: Floats, shift: Floats) -> Floats:
    size = np.float32(x.shape[1])
    centred = x - x.sum(axis=1, keepdims=True) / size
    squares = np.einsum("ij,ij->i", centred, centred)[:, None] / size
    found: Floats = centred / np.sqrt(squares + _EPSILON) * scale + shift
    return found
