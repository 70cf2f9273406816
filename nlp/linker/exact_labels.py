"""Labels by their words: which concepts are called exactly so, articles and the order of words aside."""

from __future__ import annotations

from typing import Final, NamedTuple

from nlp.linker.taxonomy_texts import TaxonomyTexts, Words, content_words

_ELSEWHERE: Final = 2  # words at least, of a label in a language that is neither the text's nor English
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
    """All labels of a linker's skills."""

    def __init__(self, texts: TaxonomyTexts) -> None:
        self._languages = texts.languages
        self._found: dict[frozenset[str], dict[int, list[_Owner]]] = {}
        ranks = [
            0 if preferred else 1 + wider for preferred, wider in zip(texts.is_preferred.tolist(), texts.is_wider.tolist(), strict=True)
        ]
        rows = zip(texts.labels, ranks, texts.label_owners.tolist(), texts.label_languages.tolist(), strict=True)
        for label, rank, owner, language in rows:
            self._found.setdefault(content_words(label), {}).setdefault(language, []).append(_Owner(rank, owner))

    def of(self, text: Words, language: str | None) -> ExactLabel | None:
        """The concepts called so: in the text's language, else in English, else in any other where that is no chance likeness."""
        key = content_words(text)
        by_language = self._found.get(key)
        if not key or by_language is None:
            return None
        for name in (language, "en"):
            code = self._languages.index(name) if name in self._languages else -1
            if code in by_language:
                return _chosen(by_language[code], is_own_language=True)
        if len(key) >= _ELSEWHERE or len(min(key)) >= _LONG_WORD:
            return _chosen(next(iter(by_language.values())), is_own_language=False)
        return None


def _chosen(owners: list[_Owner], *, is_own_language: bool) -> ExactLabel:
    first = min(owners).rank
    concepts = tuple(dict.fromkeys(owner.concept for owner in owners if owner.rank == first))
    return ExactLabel(concepts, is_own_language, is_preferred=first == 0, is_wider=first == 2)
