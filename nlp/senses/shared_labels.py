"""Labels that several skills of a taxonomy share."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple, Self

from nlp.linker.taxonomy_texts import content_words, words
from taxonomies.model import ConceptType
from taxonomies.taxonomy import Taxonomy

_FALLBACK: Final = "en"

_Key = frozenset[str]


class Sense(NamedTuple):
    """A concept that a label may mean, and whether it is the concept's preferred label."""

    uri: str
    is_preferred: bool


class SharedLabels:
    """Senses by language and words, articles and the order of words aside; only labels with two senses and more are held."""

    def __init__(self, senses: dict[tuple[str, _Key], tuple[Sense, ...]]) -> None:
        self._senses = senses

    @classmethod
    def of(cls, taxonomy: Taxonomy, languages: Sequence[str] | None = None) -> Self:
        """Gather the shared labels of a taxonomy's skills in some languages (None: all)."""
        found: dict[tuple[str, _Key], dict[str, bool]] = {}
        for row in taxonomy.iter_labels([ConceptType.SKILL], languages):
            own = found.setdefault((row.language, content_words(words(row.text))), {})
            own[row.uri] = own.get(row.uri, False) or row.preferred
        return cls({key: tuple(Sense(*sense) for sense in own.items()) for key, own in found.items() if len(own) > 1})

    def __len__(self) -> int:
        return len(self._senses)

    def senses(self, text: str, language: str | None) -> tuple[Sense, ...]:
        """What a text may mean by the labels of its language, else by English ones; nothing where it is no shared label."""
        key = content_words(words(text))
        return self._senses.get((language or _FALLBACK, key)) or self._senses.get((_FALLBACK, key), ())
