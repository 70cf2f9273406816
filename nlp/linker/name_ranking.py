"""Ranks all skills for a name: a few words that another list of skills, or a person, calls one skill by.

Beside the views of `LabelIndex`, made for sentences too, it asks how the name is spelt, which labels are its translation word by word,
whether the labels of all languages agree, what kind of thing such names are given to, and what the concepts beside a concept speak of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from nlp.linker.bags import Floats, Ints, unit_length
from nlp.linker.char_tfidf import CharTfidf
from nlp.linker.error import NothingToLink
from nlp.linker.kinds_of_names import KindsOfNames
from nlp.linker.label_index import ViewWeights
from nlp.linker.linker import Linker
from nlp.linker.taxonomy_texts import TaxonomyTexts, Words, read_texts, words
from nlp.linker.translated_labels import TranslatedLabels
from nlp.linker.word_translation import WordTranslation
from taxonomies.model import ConceptType, SkillKind
from taxonomies.taxonomy import Taxonomy

_BY_MEANING: Final = 40  # candidates
_BY_SPELLING: Final = 30
_BY_TRANSLATION: Final = 30
_LONGEST: Final = 30  # words of a name that are read


class NameWeights(NamedTuple):
    """What each sign counts, in the order in which `_signs` gives them."""

    stretch: float
    preferred: float
    cover: float
    heard: float
    agreement: float
    spelling: float  # cosine of character n-grams, of the best label
    languages: float  # cosine of the best label, mean over languages
    farthest: float  # in the language where it is least
    siblings: float  # cosine with what the other concepts of the same parents speak of
    kind: float  # whether such names are given to concepts of this kind, -1..1
    knowledge: float  # 1 for a concept of knowledge
    mixture: float  # from here on as in `TranslationSigns`
    likelihood: float
    reverse: float
    translated: float


# Fitted to 6,266 alternative labels (1,367 French, 2,493 Spanish, 913 German, 1,493 English; each language counts alike) of ESCO 1.1.0 that
# vectors, translation and index had not seen; of French, Spanish and German they had seen the preferred labels only.
_WEIGHTS: Final = np.array(
    NameWeights(
        stretch=3.53, preferred=-2.66, cover=-2.55, heard=-4.17, agreement=10.39, spelling=3.95, languages=8.67, farthest=-2.19,
        siblings=1.17, kind=0.58, knowledge=-0.43, mixture=0.16, likelihood=0.13, reverse=0.40, translated=-7.96,
    ),
    dtype=np.float32,
)  # fmt: skip
_VIEWS: Final = [ViewWeights._fields.index(name) for name in NameWeights._fields[:5]]


class NameRanking:
    """Ranks the skills of one taxonomy version by its trained linker; scores are not calibrated."""

    def __init__(self, taxonomy: Taxonomy, linker: Linker) -> None:
        texts = linker.texts
        self.uris = linker.uris
        self._index = linker.index
        self._is_knowledge = np.array([taxonomy.kind_of(uri) is SkillKind.KNOWLEDGE for uri in texts.uris])
        self._kinds = KindsOfNames(texts.labels, self._is_knowledge[texts.label_owners])
        self._spelling = CharTfidf.build(zip(texts.label_owners.tolist(), map(" ".join, texts.labels), strict=True))
        self._translated = TranslatedLabels(texts, _translation(taxonomy, texts))
        self._siblings = _siblings(taxonomy, texts.uris, self._index.centres)

    def rank(self, names: Sequence[str], k: int = 10) -> Iterator[Ints]:
        """Numbers of the k best concepts of each name (of `uris`), best first, chosen from at most 100.

        A name of which neither a word nor a piece of a word is known has none.
        """
        for name in names:
            text = words(name)[:_LONGEST]
            yield self._ranked(text)[:k] if text else np.zeros(0, dtype=np.int64)

    def _ranked(self, text: Words) -> Ints:
        whole = unit_length(self._index.vectors.of_texts([text]))
        spelling = self._spelling.scores(" ".join(text))
        mixtures = self._translated.mixtures(text)
        meant = self._index.candidates(whole, _BY_MEANING)[0][0] if whole.any() else np.zeros(0, dtype=np.int64)
        alike, translated = _positive(spelling, _BY_SPELLING), _positive(mixtures, _BY_TRANSLATION)
        concepts = np.unique(np.concatenate([meant, alike, translated]))
        if not len(concepts):
            return concepts
        signs = [self._signs(text, whole, concepts, spelling[concepts]), self._translated.signs(text, concepts, mixtures[concepts])]
        scores = np.concatenate(signs, axis=1) @ _WEIGHTS
        return np.asarray(concepts[np.argsort(-scores, kind="stable")], dtype=np.int64)

    def _signs(self, text: Words, whole: Floats, concepts: Ints, spelling: Floats) -> Floats:
        """How well concepts fit a name, translation aside: concepts x signs."""
        asked = self._index.asked(text, whole)
        views = self._index.views([asked], concepts[None, :])[0][:, _VIEWS]
        languages = self._index.by_language(asked, concepts)
        knowledge = self._is_knowledge[concepts].astype(np.float32)
        kind = (2 * self._kinds.knowledge(text) - 1) * (2 * knowledge - 1)
        rows = [spelling, np.nanmean(languages, axis=1), np.nanmin(languages, axis=1), self._siblings[concepts] @ whole[0], kind, knowledge]
        return np.concatenate([views, np.stack(rows, axis=1)], axis=1, dtype=np.float32)


def _positive(scores: Floats, count: int) -> Ints:
    """Where the greatest scores above 0 stand, the greatest first."""
    best = np.argsort(-scores, kind="stable")[:count]
    return np.asarray(best[scores[best] > 0], dtype=np.int64)


def _translation(taxonomy: Taxonomy, texts: TaxonomyTexts) -> WordTranslation:
    """Learnt from the skills that are ranked, and from the occupations, whose labels add words and languages."""
    try:
        return WordTranslation.learn([texts, read_texts(taxonomy, texts.languages, kind=ConceptType.OCCUPATION)])
    except NothingToLink:
        return WordTranslation.learn([texts])


def _siblings(taxonomy: Taxonomy, uris: Sequence[str], centres: Floats) -> Floats:
    """What the other children of each concept's parents speak of (unit length; zeros where there are none)."""
    found = np.zeros_like(centres)
    children: dict[str, list[int]] = {}
    for at, uri in enumerate(uris):
        for parent in taxonomy.broader(uri):
            children.setdefault(parent, []).append(at)
    for members in children.values():
        own = centres[members]
        found[members] += (own.sum(axis=0) - own) / max(len(members) - 1, 1)
    return unit_length(found)
