"""What a label index derives from texts and the vectors of their words: nothing is learnt in it, but it takes seconds to make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from nlp.linker.bags import Bags, Floats, Ints, unit_length
from nlp.linker.nearest_concepts import main_axes, nearest_axes
from nlp.linker.taxonomy_texts import TaxonomyTexts, Words
from nlp.linker.word_vectors import WordVectors
from nlp.row_sums import sum_by

_ROUGH_DIMENSIONS: Final = 128
SMALL: Final = np.float32(1e-6)  # least length and weight, so that nothing is divided by zero


@dataclass(frozen=True)
class LabelArrays:
    """Labels as bags of words, and vectors of words and concepts; one row each."""

    words: list[str]  # all words of labels, the commonest first
    rows: Floats  # their vectors
    concept_words: Bags  # the different words of each concept's labels (places in `words`)
    labels: Bags  # the different words of each label (places among those of its concept)
    label_lengths: Floats  # of the sum of a label's words
    label_weights: Floats  # the sum of the lengths of a label's words
    preferred: Floats  # what each concept's preferred labels speak of
    described: Floats  # and its description
    axes: Floats  # along which `preferred` differ most
    centre_axes: Floats  # and along which `centres` are compared

    @classmethod
    def of(cls, texts: TaxonomyTexts, words: list[str], vectors: WordVectors) -> LabelArrays:
        """Make the arrays; `words` are those of `words_by_use`."""
        rows = vectors.rows(words)
        count = len(texts.uris)
        concept_words, labels = _bags(texts, {word: at for at, word in enumerate(words)})
        sums = vectors.of_texts(texts.labels)
        preferred = _centres(sums[texts.is_preferred], texts.label_owners[texts.is_preferred], count)
        described = _centres(vectors.of_texts(texts.sentences), texts.sentence_owners, count)
        return cls(
            words=words,
            rows=rows,
            concept_words=concept_words,
            labels=labels,
            label_lengths=np.maximum(np.sqrt(np.square(sums).sum(axis=1)), SMALL),
            label_weights=_weights(lengths_of(rows), texts.label_owners, concept_words, labels),
            preferred=preferred,
            described=described,
            axes=main_axes(preferred, min(_ROUGH_DIMENSIONS, vectors.dimensions)),
            centre_axes=nearest_axes(_about(preferred, described)),
        )

    def centres(self) -> Floats:
        """What each concept speaks of, most of all by its names."""
        return _about(self.preferred, self.described)


def words_by_use(labels: Sequence[Words]) -> list[str]:
    """The different words of labels, the commonest first."""
    return [word for word, _ in Counter(word for label in labels for word in label).most_common()]


def lengths_of(rows: Floats) -> Floats:
    """The lengths of vectors, above 0."""
    return np.asarray(np.maximum(np.sqrt(np.square(rows).sum(axis=1)), SMALL), dtype=np.float32)


def _bags(texts: TaxonomyTexts, numbers: dict[str, int]) -> tuple[Bags, Bags]:
    of_concepts: list[list[int]] = []
    of_labels: list[list[int]] = []
    labels = iter(texts.labels)
    for count in np.bincount(texts.label_owners, minlength=len(texts.uris)).tolist():
        places: dict[int, int] = {}
        for _ in range(count):
            of_labels.append([places.setdefault(numbers[word], len(places)) for word in dict.fromkeys(next(labels))])
        of_concepts.append(list(places))
    return Bags.of(of_concepts), Bags.of(of_labels)


def _weights(lengths: Floats, owners: Ints, concept_words: Bags, labels: Bags) -> Floats:
    sizes = np.diff(labels.offsets)
    first = np.repeat(concept_words.offsets[owners], sizes)
    of_words = lengths[concept_words.numbers[first + labels.numbers]]
    return np.maximum(sum_by(of_words, np.repeat(np.arange(len(labels)), sizes), len(labels)), SMALL)


def _about(preferred: Floats, described: Floats) -> Floats:
    return 2 * preferred + described


def _centres(sums: Floats, owners: Ints, count: int) -> Floats:
    return unit_length(sum_by(unit_length(sums), owners, count))
