"""Ranks concepts for a text: candidates by whole text and by stretches of it, then their labels word by word.

Six views of how well a concept fits are added, each a cosine or a share (-1..1): the best label, the preferred labels, the description,
the share of a label's words that the text speaks of (the best label's, and a preferred label's), and the best stretch of the text; a
little is added for concepts that many occupations have.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from nlp.linker.bags import Bags, Floats, Ints, max_by, sum_by, unit_length
from nlp.linker.taxonomy_texts import TaxonomyTexts, Words
from nlp.linker.word_vectors import WordVectors

_CANDIDATES: Final = 200
_ROUGH_DIMENSIONS: Final = 128
_STRETCH: Final = 4  # words
_STEP: Final = 2
_LONGEST_TEXT: Final = 400  # words; what stands behind is left unread
_CHUNK: Final = 32  # texts multiplied at once


class ViewWeights(NamedTuple):
    """What each view counts."""

    best: float = 5.6
    preferred: float = 1.3
    description: float = 5.9
    cover: float = 3.7
    preferred_cover: float = 1.3
    stretch: float = 2.8
    reach: float = 0.2


class Ranking(NamedTuple):
    """Concepts (numbers) of one text with their scores, best first."""

    concepts: Ints
    scores: Floats


class LabelIndex:
    """The labels of a taxonomy as bags of words of a label vocabulary; labels of a concept stand together."""

    def __init__(self, texts: TaxonomyTexts, vectors: WordVectors, weights: ViewWeights | None = None) -> None:
        self.vectors = vectors
        self._weights = weights or ViewWeights()
        self._reach = texts.reach
        vocabulary = {word: at for at, word in enumerate(dict.fromkeys(word for label in texts.labels for word in label))}
        self._words = vectors.rows(list(vocabulary))
        self._word_lengths = np.maximum(np.sqrt(np.square(self._words).sum(axis=1)), np.float32(1e-6))
        self._labels = Bags.of([[vocabulary[word] for word in dict.fromkeys(label)] for label in texts.labels])
        self._first_label = np.searchsorted(texts.label_owners, np.arange(len(texts.uris) + 1))
        self._is_preferred = texts.is_preferred
        sums = vectors.of_texts(texts.labels)
        self._label_lengths = np.maximum(np.sqrt(np.square(sums).sum(axis=1)), np.float32(1e-6))
        self._preferred = _centres(sums[texts.is_preferred], texts.label_owners[texts.is_preferred], len(texts.uris))
        self._described = _centres(vectors.of_texts(texts.sentences), texts.sentence_owners, len(texts.uris))
        self._axes = _main_axes(self._preferred, min(_ROUGH_DIMENSIONS, vectors.dimensions))
        self._rough_names = np.ascontiguousarray((self._preferred @ self._axes).T)
        self._rough_texts = np.ascontiguousarray(((self._preferred + self._described) @ self._axes).T)
        self._slots = len(vocabulary)

    def __len__(self) -> int:
        return len(self._reach)

    def rank(self, texts: Sequence[Words], hidden: Ints | None = None) -> Iterator[Ranking]:
        """Rank for each text; a text of which no word is known has no concepts. `hidden`: a concept per text to leave out or -1."""
        for start in range(0, len(texts), _CHUNK):
            chunk = [text[:_LONGEST_TEXT] for text in texts[start : start + _CHUNK]]
            parts = [_stretches(text) for text in chunk]
            ends = np.cumsum([0, *(len(own) for own in parts)]).tolist()
            stretches = unit_length(self.vectors.of_texts([part for own in parts for part in own]))
            of_stretches = (stretches @ self._axes) @ self._rough_names
            of_texts = (stretches[ends[:-1]] @ self._axes) @ self._rough_texts
            for at, (text, first, end) in enumerate(zip(chunk, ends[:-1], ends[1:], strict=True)):
                rough = of_texts[at] + of_stretches[first:end].max(axis=0) + np.float32(0.02) * self._reach
                chosen = _greatest(rough, _CANDIDATES)
                if hidden is not None:
                    chosen = chosen[chosen != hidden[start + at]]
                yield self._ranked(text, stretches[first:end], chosen)

    def _ranked(self, text: Words, stretches: Floats, chosen: Ints) -> Ranking:
        """Rank the chosen concepts; the first stretch is the whole text."""
        whole = stretches[0]
        if not whole.any() or not len(chosen):
            return Ranking(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32))
        weights = self._weights
        words = unit_length(self.vectors.rows(list(dict.fromkeys(text))))
        best, preferred, cover, preferred_cover = self._label_views(chosen, words, whole)
        scores = (
            np.float32(weights.best) * best
            + np.float32(weights.preferred) * preferred
            + np.float32(weights.description) * (self._described[chosen] @ whole)
            + np.float32(weights.cover) * cover
            + np.float32(weights.preferred_cover) * preferred_cover
            + np.float32(weights.stretch) * (self._preferred[chosen] @ stretches.T).max(axis=1)
            + np.float32(weights.reach) * self._reach[chosen]
        )
        order = np.argsort(-scores, kind="stable")
        return Ranking(chosen[order], scores[order])

    def _label_views(self, concepts: Ints, words: Floats, whole: Floats) -> tuple[Floats, Floats, Floats, Floats]:
        """By concept: cosine and covered share of the best label and of the best preferred one."""
        counts = np.diff(self._first_label)[concepts]
        owners = np.repeat(np.arange(len(concepts)), counts)
        labels = np.arange(len(owners)) + np.repeat(self._first_label[concepts] - (np.cumsum(counts) - counts), counts)
        numbers, places = self._labels.take(labels)
        slots = np.zeros(self._slots, dtype=np.int64)
        slots[numbers] = 1
        used = np.flatnonzero(slots)
        slots[used] = np.arange(len(used))
        at = slots[numbers]
        products = self._words[used] @ np.concatenate([words, whole[None, :]]).T
        lengths = self._word_lengths[used]
        heard = np.maximum(products[:, :-1].max(axis=1), 0) / lengths  # how near the nearest word of the text is
        cosines = sum_by(products[:, -1][at], places, len(labels)) / self._label_lengths[labels]
        covers = sum_by((heard * lengths)[at], places, len(labels)) / np.maximum(sum_by(lengths[at], places, len(labels)), np.float32(1e-6))
        own = self._is_preferred[labels]
        views = [(cosines, owners), (cosines[own], owners[own]), (covers, owners), (covers[own], owners[own])]
        best, preferred, cover, preferred_cover = (max_by(values, by, len(concepts)) for values, by in views)
        return best, preferred, cover, preferred_cover


def _stretches(text: Words) -> list[Words]:
    """The whole text, then overlapping stretches of four words."""
    if len(text) <= _STRETCH:
        return [text]
    return [text, *(text[at : at + _STRETCH] for at in range(0, len(text) - _STRETCH + _STEP, _STEP))]


def _main_axes(rows: Floats, count: int) -> Floats:
    """The directions in which rows differ most (dimensions x count): enough to choose candidates by."""
    _, axes = np.linalg.eigh(rows.T @ rows)
    return np.ascontiguousarray(axes[:, ::-1][:, :count])


def _centres(sums: Floats, owners: Ints, count: int) -> Floats:
    return unit_length(sum_by(unit_length(sums), owners, count))


def _greatest(scores: Floats, count: int) -> Ints:
    return np.argpartition(-scores, count)[:count] if count < len(scores) else np.arange(len(scores))
