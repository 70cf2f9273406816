"""Labels by their words: which concepts are called exactly so, articles and the order of words aside."""

from __future__ import annotations

from itertools import pairwise
from typing import Final, NamedTuple

import numpy as np

from nlp.linker.bags import Ints, run_starts
from nlp.linker.packed_texts import PackedTexts
from nlp.linker.taxonomy_texts import SMALL_WORDS, TaxonomyTexts, Words, content_words
from nlp.name_key import part_of

_ELSEWHERE: Final = 2  # words at least, of a label in a language that is neither the text's nor English
_MASK: Final = (1 << 62) - 1
_LONG_WORD: Final = 7  # letters of a word that stands alone, likewise


class ExactLabel(NamedTuple):
    """Concepts with exactly such a label in one language, those that prefer it first."""

    concepts: tuple[int, ...]
    is_own_language: bool  # or English
    is_preferred: bool
    is_wider: bool  # the concepts are narrower than the words


class _Owner(NamedTuple):
    rank: int  # 0 the preferred label, 1 another, 2 one that is wider than the concept
    concept: int


class ExactLabels:
    """All labels of a linker's skills, found by a number that their content words give in any order."""

    def __init__(self, texts: TaxonomyTexts) -> None:
        self._labels = PackedTexts.of(texts.labels)
        self._languages = texts.languages
        self._label_languages = texts.label_languages
        self._ranks = np.where(texts.is_preferred, 0, 1 + texts.is_wider)
        self._owners = texts.label_owners
        keys = _keys(self._labels)
        self._rows = np.argsort(keys, kind="stable")
        first = run_starts(keys[self._rows])
        self._runs = dict(zip(keys[self._rows[first]].tolist(), pairwise([*first.tolist(), len(keys)]), strict=True))

    def of(self, text: Words, language: str | None) -> ExactLabel | None:
        """The concepts called so: in the text's language, else in English, else in any other where that is no chance likeness."""
        key = content_words(text)
        by_language = self._called(key)
        if not key or not by_language:
            return None
        for name in (language, "en"):
            code = self._languages.index(name) if name in self._languages else -1
            if code in by_language:
                return _chosen(by_language[code], is_own_language=True)
        if len(key) >= _ELSEWHERE or len(min(key)) >= _LONG_WORD:
            return _chosen(next(iter(by_language.values())), is_own_language=False)
        return None

    def _called(self, key: frozenset[str]) -> dict[int, list[_Owner]]:
        """The concepts that have labels of exactly these content words, by language, in the order of the labels."""
        found: dict[int, list[_Owner]] = {}
        run = self._runs.get(sum(map(part_of, key)) & _MASK)
        if run is None:
            return found
        for row in self._rows[slice(*run)].tolist():
            if content_words(self._labels[row]) == key:  # other words may give the same number
                owner = _Owner(int(self._ranks[row]), int(self._owners[row]))
                found.setdefault(int(self._label_languages[row]), []).append(owner)
        return found


def _keys(labels: PackedTexts) -> Ints:
    """The sum of what each different content word of a label adds."""
    vocabulary, bags = labels.vocabulary, labels.bags
    parts = np.fromiter(map(part_of, vocabulary), dtype=np.int64, count=len(vocabulary))
    is_small = np.fromiter((word in SMALL_WORDS for word in vocabulary), dtype=np.bool_, count=len(vocabulary))
    label_of = np.repeat(np.arange(len(bags)), np.diff(bags.offsets))
    pairs = np.sort(label_of * len(vocabulary) + bags.numbers)
    label_of, words = np.divmod(pairs[np.diff(pairs, prepend=-1) > 0], len(vocabulary))
    has_content = np.bincount(label_of, ~is_small[words], minlength=len(bags)) > 0
    is_counted = ~is_small[words] | ~has_content[label_of]
    sums = np.concatenate([[0], np.cumsum(parts[words] * is_counted)])  # beyond 64 bits only their high end is lost
    edges = np.searchsorted(label_of, np.arange(len(bags) + 1))
    return np.asarray((sums[edges[1:]] - sums[edges[:-1]]) & _MASK, dtype=np.int64)


def _chosen(owners: list[_Owner], *, is_own_language: bool) -> ExactLabel:
    first = min(owners).rank
    concepts = tuple(dict.fromkeys(owner.concept for owner in owners if owner.rank == first))
    return ExactLabel(concepts, is_own_language, is_preferred=first == 0, is_wider=first == 2)
