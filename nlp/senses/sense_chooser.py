"""Weighs what a word may mean by its context: the advertisement's other skills, its occupations, and the words around.

Skills that the same occupations have belong together; the occupation that was read has skills that are essential or optional to it; and the
words around are compared with name and description of a concept by the trained linker's vectors, where there is one.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np

from nlp.linker.bags import Floats, unit_length
from nlp.linker.linker import Linker
from nlp.linker.taxonomy_texts import words
from nlp.senses.shared_labels import Sense
from taxonomies.taxonomy import Taxonomy

_PREFERRED: Final = 0.25  # how much more likely a word means the concept that it is the preferred label of
_RELATED: Final = 2.0
_ESSENTIAL: Final = 0.6
_OPTIONAL: Final = 0.3
_AROUND: Final = 0.5
_AHEAD: Final = 0.1  # by which another sense must be likelier than the one that was linked
_NEAREST: Final = 5  # related skills that count
_LONGEST: Final = 60  # words of the surroundings that are read


class Context(NamedTuple):
    """What surrounds a word: other skills, occupations with their scores, and the sentence."""

    skills: tuple[str, ...]
    occupations: tuple[tuple[str, float], ...]
    sentence: str


class SenseChooser:
    """Chooses between the concepts of one taxonomy."""

    def __init__(self, taxonomy: Taxonomy, linker: Linker | None = None) -> None:
        self._taxonomy = taxonomy
        self._linker = linker
        self._rows = {} if linker is None else {uri: at for at, uri in enumerate(linker.uris)}
        self._occupations = lru_cache(maxsize=20_000)(self._find_occupations)
        self._vector = lru_cache(maxsize=5_000)(self._find_vector)

    def chosen(self, linked: str, senses: Sequence[Sense], context: Context) -> str:
        """The concept that a word means: the one that was linked, unless another is clearly likelier in its context."""
        weights = {sense.uri: _PREFERRED * sense.is_preferred + self.support(sense.uri, context) for sense in senses}
        best = max(weights, key=lambda uri: (weights[uri], uri == linked))
        return best if best != linked and weights[best] > weights.get(linked, 0.0) + _AHEAD else linked

    def support(self, uri: str, context: Context) -> float:
        """How much a context speaks for a concept: 0 nothing, above 1 much."""
        own = self._occupations(uri)
        related = sorted((_likeness(own, self._occupations(other)) for other in context.skills if other != uri), reverse=True)[:_NEAREST]
        shared = sum(related) / max(len(related), 1)
        by_occupation = max((score * self._weight_for(uri, occupation) for occupation, score in context.occupations), default=0.0)
        return _RELATED * shared + by_occupation + _AROUND * self._around(uri, context.sentence)

    def kind(self, uri: str) -> str | None:
        """The kind of a concept, where the taxonomy tells it."""
        kind = self._taxonomy.kind_of(uri)
        return None if kind is None else kind.value

    def _weight_for(self, uri: str, occupation: str) -> float:
        skills = self._taxonomy.skills_of(occupation)
        return _ESSENTIAL if uri in skills.essential else _OPTIONAL if uri in skills.optional else 0.0

    def _around(self, uri: str, sentence: str) -> float:
        if self._linker is None or uri not in self._rows:
            return 0.0
        vector = self._linker.index.vectors.of_texts([words(sentence)[:_LONGEST]])
        return max(0.0, float(unit_length(vector)[0] @ self._vector(uri)))

    def _find_occupations(self, uri: str) -> frozenset[str]:
        return frozenset(self._taxonomy.occupations_of(uri)) if uri in self._taxonomy else frozenset()

    def _find_vector(self, uri: str) -> Floats:
        """Name and description of a concept as one vector, in all languages."""
        if self._linker is None:
            raise AssertionError("asked for vectors without a linker")
        concept = self._taxonomy.concept(uri)
        texts = [self._taxonomy.label(uri), *concept.descriptions.values()]
        rows = unit_length(self._linker.index.vectors.of_texts([words(text)[: 4 * _LONGEST] for text in texts]))
        return np.asarray(unit_length(rows.sum(axis=0, keepdims=True))[0], dtype=np.float32)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Cosine (0..1) of two sets of occupations."""
    return len(one & other) / (len(one) * len(other)) ** 0.5 if one and other else 0.0
