"""Compares a name with labels word by word in translation: how likely the name is said for a concept, and its labels for the name.

A chance is held against the frequency of the word: log(1 - s + s * chance / frequency), s being the share of words that are translated.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np

from nlp.linker.bags import Bags, Floats, Ints, run_starts
from nlp.linker.taxonomy_texts import TaxonomyTexts, Words
from nlp.linker.weighted_bags import WeightedBags
from nlp.linker.word_translation import WordTranslation

_TRANSLATED: Final = 0.9
_SMALL: Final = 1e-6


class TranslationSigns(NamedTuple):
    """What each column of `TranslatedLabels.signs` tells."""

    mixture: int = 0  # how likely the name is said for the concept, its languages and the labels of each counting alike
    likelihood: int = 1  # for its best label
    reverse: int = 2  # how likely the best label is said for the name, mean over its words
    translated: int = 3  # harmonic mean (0..1) of the shares of both sides' words that the other side translates, rare words counting more


class TranslatedLabels:
    """The labels of a taxonomy's concepts by the keys of their words."""

    def __init__(self, texts: TaxonomyTexts, translation: WordTranslation) -> None:
        self._translation = translation
        self._labels = Bags.of([translation.numbers(label).tolist() for label in texts.labels])
        self._first_label = np.searchsorted(texts.label_owners, np.arange(len(texts.uris) + 1))
        self._rarity = np.log(len(self._labels) / (1 + np.bincount(self._labels.numbers, minlength=len(translation))))
        self._concepts = self._by_key(texts)
        self._count = len(texts.uris)

    def _by_key(self, texts: TaxonomyTexts) -> WeightedBags:
        """For each key the concepts whose labels have it, weighed by its share of their words."""
        group = texts.label_owners * len(texts.languages) + texts.label_languages
        labels = np.bincount(group, minlength=len(texts.uris) * len(texts.languages))
        languages = (labels.reshape(len(texts.uris), -1) > 0).sum(axis=1)
        sizes = np.diff(self._labels.offsets)
        label_of = np.repeat(np.arange(len(sizes)), sizes)
        weights = 1 / (np.maximum(sizes, 1) * labels[group] * languages[texts.label_owners])
        return WeightedBags(
            self._labels.numbers, texts.label_owners[label_of], weights[label_of].astype(np.float32), count=len(self._translation)
        )

    def mixtures(self, text: Words) -> Floats:
        """How likely a name is said for each concept; 0 for a name without a known word."""
        said = self._translation.numbers(text)
        meant, chances, places = self._translation.chances_of(said)
        concepts, shares, at = self._concepts.take(meant)
        sums = np.bincount(places[at] * self._count + concepts, shares * chances[at], minlength=len(said) * self._count)
        return np.asarray(self._odds(sums.astype(np.float32).reshape(len(said), self._count), said[:, None]).sum(axis=0), dtype=np.float32)

    def signs(self, text: Words, concepts: Ints, mixtures: Floats) -> Floats:
        """How well some concepts (at least one), their mixtures given, fit a name: concepts x signs, zeros where no word is known."""
        said = self._translation.numbers(text)
        if not len(said):
            return np.zeros((len(concepts), len(TranslationSigns._fields)), dtype=np.float32)
        counts = np.diff(self._first_label)[concepts]
        first = np.cumsum(counts) - counts
        rows = np.arange(counts.sum()) + np.repeat(self._first_label[concepts] - first, counts)
        keys, label_of = self._labels.take(rows)
        starts = run_starts(label_of)
        sizes = np.diff(self._labels.offsets)[rows]
        chances = self._chances(said)[:, keys]
        likelihood = self._odds(np.add.reduceat(chances, starts, axis=1) / sizes, said[:, None]).sum(axis=0)
        back = self._sayings(said)[keys]
        reverse = np.add.reduceat(self._odds(back, keys), starts) / sizes
        rarity = self._rarity[said]
        cover = rarity @ np.sqrt(np.maximum.reduceat(chances, starts, axis=1)) / max(rarity.sum(), _SMALL)
        heard = np.sqrt(np.minimum(back * len(said), 1)) * self._rarity[keys]
        heard = np.add.reduceat(heard, starts) / np.maximum(np.add.reduceat(self._rarity[keys], starts), _SMALL)
        agreement = 2 * cover * heard / np.maximum(cover + heard, _SMALL)
        best = np.maximum.reduceat(np.stack([likelihood, reverse, agreement], axis=1), first, axis=0)
        return np.concatenate([mixtures[:, None], best], axis=1).astype(np.float32)

    def _odds(self, chances: Floats, keys: Ints) -> Floats:
        expected = self._translation.frequencies[keys] + np.float32(_SMALL)
        return np.asarray(np.log(1 - _TRANSLATED + _TRANSLATED * chances / expected), dtype=np.float32)

    def _chances(self, said: Ints) -> Floats:
        """The chance of each key that is said if any is meant: said x keys."""
        table = np.zeros((len(said), len(self._translation)), dtype=np.float32)
        meant, chances, places = self._translation.chances_of(said)
        table[places, meant] = chances
        return table

    def _sayings(self, meant: Ints) -> Floats:
        """The chance of each key to be said for some that are meant, mean over these."""
        said, chances, _ = self._translation.sayings_of(meant)
        return np.asarray(np.bincount(said, chances, minlength=len(self._translation)) / len(meant), dtype=np.float32)
