"""Ranks concepts for a text: candidates by whole text and by stretches of it, then their labels word by word.

Ten views of how well a concept fits are added, each a cosine or a share (-1..1): the best label, the preferred labels, the description,
the best stretch of the text, the share of a label's words that the text speaks of (the best label's, and a preferred label's), the share
of the text's words that a label speaks of, and how well both hold for one label (the best, and a preferred one), and the
share of the text's words that stand in a label literally; a little is added for concepts that many occupations have.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from nlp.linker.bags import Floats, Ints, run_starts, unit_length
from nlp.linker.label_arrays import SMALL, LabelArrays, lengths_of, words_by_use
from nlp.linker.nearest_concepts import NearestConcepts, greatest
from nlp.linker.taxonomy_texts import TaxonomyTexts, Words
from nlp.linker.units import Units
from nlp.linker.word_vectors import WordVectors

_CANDIDATES: Final = 200
_STRETCH: Final = 4  # words
_STEP: Final = 2
_LONGEST_TEXT: Final = 400  # words; what stands behind is left unread
_CHUNK: Final = 32  # texts multiplied at once
_SAME_WORD: Final = np.float32(0.99)  # cosine of words that are the same, or one misspelt


class ViewWeights(NamedTuple):
    """What each view counts, in the order in which `LabelIndex.views` gives them."""

    best: float
    preferred: float
    description: float
    stretch: float
    cover: float
    preferred_cover: float
    heard: float
    agreement: float
    preferred_agreement: float
    reach: float
    literal: float


SENTENCE_WEIGHTS: Final = ViewWeights(
    best=4.4, preferred=2.4, description=5.7, stretch=2.8, cover=3.7, preferred_cover=1.5, heard=0.6, agreement=1.6,
    preferred_agreement=0.7, reach=0.25, literal=0.0,
)  # fmt: skip
_WEIGHTS: Final = np.array(SENTENCE_WEIGHTS, dtype=np.float32)


class Ranking(NamedTuple):
    """Concepts (numbers) of one text with their scores, best first."""

    concepts: Ints
    scores: Floats


class AskedText(NamedTuple):
    """A text as vectors: its different words (unit length) with their weights, and the whole with its stretches (unit length)."""

    words: Floats
    weights: Floats
    stretches: Floats  # the first is the whole text


class _LabelWords(NamedTuple):
    """Labels of some concepts (by place in the list of these) and their words."""

    owners: Ints  # of labels: the place of the concept
    first: Ints  # each concept's first label
    rows: Ints  # of labels
    words: Ints  # numbers of the concepts' different words
    word_owners: Ints
    places: Ints  # where in `words` the words of each label stand
    starts: Ints  # each label's first one in `places`


class LabelIndex:
    """The labels of a taxonomy as bags of words; labels of a concept stand together."""

    def __init__(self, texts: TaxonomyTexts, units: Units, unit_vectors: Floats, arrays: LabelArrays | None = None) -> None:
        """Index texts by the vectors of their units; `arrays` are what was derived from these before, where that is at hand."""
        words = words_by_use(texts.labels) if arrays is None else arrays.words
        self.vectors = WordVectors(units, unit_vectors, words)
        self.arrays = own = LabelArrays.of(texts, words, self.vectors) if arrays is None else arrays
        self.vectors.remember(own.words, own.rows)
        self._reach = texts.reach
        self._first_label = np.searchsorted(texts.label_owners, np.arange(len(texts.uris) + 1))
        self._is_preferred = texts.is_preferred
        self._label_languages, self._languages = texts.label_languages, len(texts.languages)
        self._concept_words, self._labels = own.concept_words, own.labels
        self._label_lengths, self._label_weights = own.label_lengths, own.label_weights
        self._word_lengths = lengths_of(own.rows)
        self._words = own.rows / self._word_lengths[:, None]
        self._preferred, self._described = own.preferred, own.described
        self._axes = own.axes
        self._rough_names = np.ascontiguousarray((self._preferred @ self._axes).T)
        self._rough_texts = np.ascontiguousarray(((self._preferred + self._described) @ self._axes).T)
        self.centres = own.centres()
        self._nearest = NearestConcepts(self.centres, own.centre_axes)

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
                chosen = greatest(rough, _CANDIDATES)
                if hidden is not None:
                    chosen = chosen[chosen != hidden[start + at]]
                yield self._ranked(self.asked(text, stretches[first:end]), chosen)

    def asked(self, text: Words, stretches: Floats) -> AskedText:
        """Put a text's words beside its stretches."""
        return self.asked_many([text], [stretches])[0]

    def asked_many(self, texts: Sequence[Words], stretches: Sequence[Floats]) -> list[AskedText]:
        """Put the words of each text beside its stretches."""
        different = [list(dict.fromkeys(text)) for text in texts]
        rows = self.vectors.rows([word for own in different for word in own])
        weights = np.sqrt(np.square(rows).sum(axis=1))
        rows /= np.maximum(weights, SMALL)[:, None]
        ends = np.cumsum([0, *map(len, different)]).tolist()
        parts = zip(ends[:-1], ends[1:], stretches, strict=True)
        return [AskedText(rows[start:end], weights[start:end], own) for start, end, own in parts]

    def candidates(self, texts: Floats, count: int) -> tuple[Ints, Floats]:
        """For each of some short texts (unit vectors) the `count` nearest concepts, and how near the nearest one is (-3..3)."""
        concepts, products = self._nearest.of(texts, count)
        return concepts, products[:, 0]

    def nearest(self, text: Words, concepts: Ints) -> int:
        """Which of some concepts a text around a span speaks of most, by names and descriptions."""
        whole = unit_length(self.vectors.of_texts([text[:_LONGEST_TEXT]]))[0]
        return int(concepts[np.argmax((self._preferred[concepts] + self._described[concepts]) @ whole)])

    def views(self, texts: Sequence[AskedText], concepts: Ints) -> Floats:
        """How well concepts (texts x concepts) fit texts: texts x concepts x views."""
        flat = concepts.ravel()
        owners, first, labels, numbers, word_owners, places, starts = self._label_words(flat)
        ends = np.searchsorted(word_owners, np.arange(0, len(flat) + 1, concepts.shape[1]))
        closeness, to_whole = self._products(texts, numbers, ends.tolist())
        lengths = self._word_lengths[numbers]
        heard = closeness.max(axis=1) * lengths  # by word of a label: how near the nearest word of the text is
        cosines = np.add.reduceat((to_whole * lengths)[places], starts) / self._label_lengths[labels]
        covers = np.add.reduceat(heard[places], starts) / self._label_weights[labels]
        nearest = np.maximum.reduceat(closeness[places], starts, axis=0)  # label by word of the text
        shares = _shares(texts, closeness.shape[1])[owners // concepts.shape[1]]
        spoken = np.einsum("ij,ij->i", nearest, shares)
        literal = np.einsum("ij,ij->i", nearest >= _SAME_WORD, shares)
        agreement = 2 * covers * spoken / np.maximum(covers + spoken, SMALL)
        rows = np.stack([cosines, covers, agreement, spoken, literal], axis=1)
        best = np.maximum.reduceat(rows, first, axis=0)
        preferred = np.maximum.reduceat(rows * self._is_preferred[labels][:, None], first, axis=0)
        described, stretch = self._of_concepts(texts, concepts)
        return np.stack(
            [
                best[:, 0], preferred[:, 0], described, stretch, best[:, 1], preferred[:, 1], best[:, 3], best[:, 2], preferred[:, 2],
                self._reach[flat], best[:, 4],
            ],
            axis=1,
        ).reshape(*concepts.shape, -1)  # fmt: skip

    def by_language(self, text: AskedText, concepts: Ints) -> Floats:
        """Cosine of a text with the best label of some concepts in each language (concepts x languages), nan where there is none."""
        own = self._label_words(concepts)
        to_whole = (self._words[own.words] @ text.stretches[0]) * self._word_lengths[own.words]
        cosines = np.add.reduceat(to_whole[own.places], own.starts) / self._label_lengths[own.rows]
        best = np.full((len(concepts), self._languages), np.nan, dtype=np.float32)
        np.fmax.at(best, (own.owners, self._label_languages[own.rows]), cosines)
        return best

    def _label_words(self, concepts: Ints) -> _LabelWords:
        counts = np.diff(self._first_label)[concepts]
        owners = np.repeat(np.arange(len(concepts)), counts)
        first = np.cumsum(counts) - counts
        rows = np.arange(len(owners)) + (self._first_label[concepts] - first)[owners]
        words, word_owners = self._concept_words.take(concepts)
        places, label_of = self._labels.take(rows)
        sizes = np.diff(self._concept_words.offsets)[concepts]
        places = places + (np.cumsum(sizes) - sizes)[owners[label_of]]
        return _LabelWords(owners, first, rows, words, word_owners, places, run_starts(label_of))

    def _products(self, texts: Sequence[AskedText], numbers: Ints, ends: Sequence[int]) -> tuple[Floats, Floats]:
        """Words of labels by words of their text (0..1; texts with fewer words have zeros behind) and by the whole text."""
        closeness = np.zeros((len(numbers), max(len(text.words) for text in texts)), dtype=np.float32)
        to_whole = np.zeros(len(numbers), dtype=np.float32)
        for text, start, end in zip(texts, ends[:-1], ends[1:], strict=True):
            products = self._words[numbers[start:end]] @ np.concatenate([text.words, text.stretches[:1]]).T
            closeness[start:end, : len(text.words)] = products[:, :-1]
            to_whole[start:end] = products[:, -1]
        return np.maximum(closeness, 0, out=closeness), to_whole

    def _of_concepts(self, texts: Sequence[AskedText], concepts: Ints) -> tuple[Floats, Floats]:
        """Cosines of descriptions with whole texts, and of names with the nearest stretches."""
        described = [self._described[own] @ text.stretches[0] for text, own in zip(texts, concepts, strict=True)]
        stretch = [(self._preferred[own] @ text.stretches.T).max(axis=1) for text, own in zip(texts, concepts, strict=True)]
        return np.concatenate(described), np.concatenate(stretch)

    def _ranked(self, text: AskedText, chosen: Ints) -> Ranking:
        if not text.stretches[0].any() or not len(chosen):
            return Ranking(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32))
        scores = self.views([text], chosen[None, :])[0] @ _WEIGHTS
        order = np.argsort(-scores, kind="stable")
        return Ranking(chosen[order], scores[order])


def _stretches(text: Words) -> list[Words]:
    """The whole text, then overlapping stretches of four words."""
    if len(text) <= _STRETCH:
        return [text]
    return [text, *(text[at : at + _STRETCH] for at in range(0, len(text) - _STRETCH + _STEP, _STEP))]


def _shares(texts: Sequence[AskedText], width: int) -> Floats:
    """What each word is of its text's meaning (texts x words)."""
    shares = np.zeros((len(texts), width), dtype=np.float32)
    for row, text in zip(shares, texts, strict=True):
        row[: len(text.weights)] = text.weights / max(float(text.weights.sum()), 1e-6)
    return shares
