"""The texts of a taxonomy that a linker learns from: labels and sentences of descriptions, as words, concept by concept."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from nlp.folding import fold
from nlp.linker.error import NothingToLink
from taxonomies.model import ConceptType
from taxonomies.taxonomy import Taxonomy

_WORD: Final = re.compile(r"[^\W_]+[+#]*")
_SENTENCE_END: Final = re.compile(r"(?<=[.;!?])\s+|\n+")
_FEWEST_WORDS: Final = 3  # of a sentence worth learning from

Words = list[str]


@dataclass(frozen=True)
class TaxonomyTexts:
    """Labels stand together by concept, the first preferred one of a concept first; `sentences` are sorted by concept too."""

    uris: list[str]
    labels: list[Words]
    label_owners: npt.NDArray[np.int64]
    is_preferred: npt.NDArray[np.bool_]
    languages: tuple[str, ...]
    label_languages: npt.NDArray[np.int64]  # numbers of `languages`
    sentences: list[Words]
    sentence_owners: npt.NDArray[np.int64]
    reach: npt.NDArray[np.float32]  # of each skill: log(1 + number of occupations that have it)

    def without(self, labels: npt.NDArray[np.int64]) -> TaxonomyTexts:
        """The same texts but for some labels (row numbers)."""
        keep = np.ones(len(self.labels), dtype=np.bool_)
        keep[labels] = False
        rows = np.flatnonzero(keep)
        return replace(
            self,
            labels=[self.labels[row] for row in rows.tolist()],
            label_owners=self.label_owners[rows],
            is_preferred=self.is_preferred[rows],
            label_languages=self.label_languages[rows],
        )

    def followed_by(self, others: TaxonomyTexts) -> TaxonomyTexts:
        """These concepts, then those of texts in the same languages."""
        shift = len(self.uris)
        return TaxonomyTexts(
            uris=[*self.uris, *others.uris],
            labels=[*self.labels, *others.labels],
            label_owners=np.concatenate([self.label_owners, others.label_owners + shift]),
            is_preferred=np.concatenate([self.is_preferred, others.is_preferred]),
            languages=self.languages,
            label_languages=np.concatenate([self.label_languages, others.label_languages]),
            sentences=[*self.sentences, *others.sentences],
            sentence_owners=np.concatenate([self.sentence_owners, others.sentence_owners + shift]),
            reach=np.concatenate([self.reach, others.reach]),
        )


def words(text: str) -> Words:
    """The folded words of a text; + and # at a word's end belong to it (C++, C#)."""
    return _WORD.findall(fold(text))


def read_texts(taxonomy: Taxonomy, languages: Sequence[str] | None = None) -> TaxonomyTexts:
    """Gather the texts of skills in some languages (None: all); raises NothingToLink where fewer than two skills have a label."""
    wanted = tuple(languages or taxonomy.languages)
    texts = _gathered(taxonomy, wanted, [ConceptType.SKILL])
    if len(texts.uris) < 2:
        raise NothingToLink(
            f"{taxonomy.ref} has {len(texts.uris)} skills with a label in {', '.join(wanted)}; import a taxonomy with skills"
        )
    return texts


def read_related_texts(taxonomy: Taxonomy, languages: Sequence[str] | None = None) -> TaxonomyTexts:
    """Gather the texts of occupations and of groups: not to be linked to, but they tell which words of several languages go together."""
    return _gathered(
        taxonomy,
        tuple(languages or taxonomy.languages),
        [ConceptType.OCCUPATION, ConceptType.OCCUPATION_GROUP, ConceptType.SKILL_GROUP],
    )


def _gathered(taxonomy: Taxonomy, wanted: tuple[str, ...], types: Collection[ConceptType]) -> TaxonomyTexts:
    languages = tuple(language for language in taxonomy.languages if language in wanted)
    rows = [
        (row.uri, own, row.preferred, languages.index(row.language))
        for row in taxonomy.iter_labels(types, wanted)
        if (own := words(row.text))
    ]
    uris = list(dict.fromkeys(row[0] for row in rows))
    index = {uri: at for at, uri in enumerate(uris)}
    rows.sort(key=lambda row: (index[row[0]], not row[2], row[3]))
    sentences = _sentences(taxonomy, wanted, index)
    is_skill = ConceptType.SKILL in types
    return TaxonomyTexts(
        uris=uris,
        labels=[row[1] for row in rows],
        label_owners=np.array([index[row[0]] for row in rows], dtype=np.int64),
        is_preferred=np.array([row[2] for row in rows], dtype=np.bool_),
        languages=languages,
        label_languages=np.array([row[3] for row in rows], dtype=np.int64),
        sentences=[own for _, own in sentences],
        sentence_owners=np.array([at for at, _ in sentences], dtype=np.int64),
        reach=np.log1p([len(taxonomy.occupations_of(uri)) if is_skill else 0 for uri in uris]).astype(np.float32),
    )


def _sentences(taxonomy: Taxonomy, languages: tuple[str, ...], index: dict[str, int]) -> list[tuple[int, Words]]:
    found: list[tuple[int, Words]] = []
    for uri, language, text in taxonomy.iter_descriptions():
        if uri in index and language in languages:
            parts = (words(part) for part in _SENTENCE_END.split(text))
            found.extend((index[uri], part) for part in parts if len(part) >= _FEWEST_WORDS)
    return sorted(found, key=lambda pair: pair[0])
