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

_BY_TEXT: Final = 120  # candidates by the whole text
_BY_STRETCH: Final = 80  # and by stretches
_STRETCHES: Final = ((4, 2), (7, 3))  # words, step
_LONGEST_TEXT: Final = 400  # words; what stands behind is left unread
_HIDDEN: Final = np.float32(-9)  # below every score
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
        self._vectors = vectors
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
        self._rough = self._preferred + self._described

    def __len__(self) -> int:
        return len(self._reach)

    def rank(self, texts: Sequence[Words], hidden: Ints | None = None) -> Iterator[Ranking]:
        """Rank for each text; a text of which no word is known has no concepts. `hidden`: a concept per text to leave out or -1."""
        for start in range(0, len(texts), _CHUNK):
            chunk = [text[:_LONGEST_TEXT] for text in texts[start : start + _CHUNK]]
            stretches = Bags.of([[0] * len(_stretches(text)) for text in chunk])
            of_stretches = unit_length(self._vectors.of_texts([part for text in chunk for part in _stretches(text)])) @ self._preferred.T
            wholes = unit_length(self._vectors.of_texts(chunk))
            rough = wholes @ self._rough.T
            for at, text in enumerate(chunk):
                best = of_stretches[stretches.offsets[at] : stretches.offsets[at + 1]].max(axis=0)
                rough[at] += np.float32(0.02) * self._reach
                if hidden is not None and hidden[start + at] >= 0:
                    rough[at, hidden[start + at]] = best[hidden[start + at]] = _HIDDEN
                yield self._ranked(text, wholes[at], rough[at], best)

    def _ranked(self, text: Words, whole: Floats, rough: Floats, stretch: Floats) -> Ranking:
        if not whole.any():
            return Ranking(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32))
        chosen = np.union1d(_greatest(rough, _BY_TEXT), _greatest(stretch, _BY_STRETCH))
        chosen = chosen[rough[chosen] > _HIDDEN]
        words = unit_length(self._vectors.rows(list(dict.fromkeys(text))))
        weights = self._weights
        best, preferred, cover, preferred_cover = self._label_views(chosen, words, whole)
        scores = (
            np.float32(weights.best) * best
            + np.float32(weights.preferred) * preferred
            + np.float32(weights.description) * (self._described[chosen] @ whole)
            + np.float32(weights.cover) * cover
            + np.float32(weights.preferred_cover) * preferred_cover
            + np.float32(weights.stretch) * stretch[chosen]
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
        used, at = np.unique(numbers, return_inverse=True)
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
    parts = [text]
    for size, step in _STRETCHES:
        if len(text) > size:
            parts.extend(text[at : at + size] for at in range(0, len(text) - size + step, step))
    return parts


def _centres(sums: Floats, owners: Ints, count: int) -> Floats:
    return unit_length(sum_by(unit_length(sums), owners, count))


def _greatest(scores: Floats, count: int) -> Ints:
    return np.argpartition(-scores, count)[:count] if count < len(scores) else np.arange(len(scores))
