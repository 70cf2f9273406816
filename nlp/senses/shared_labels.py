"""Labels that several skills of a taxonomy share."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Final, NamedTuple, Self

import numpy as np

from nlp.array_files import Arrays, digest, kept_arrays, packed_words, unpacked_words
from nlp.linker.taxonomy_texts import SMALL_WORDS, content_words, words
from taxonomies.model import ConceptType
from taxonomies.taxonomy import Taxonomy

_FORMAT_VERSION: Final = 1  # raise when what counts as shared changes: kept ones of older versions are then gathered anew
_FILE: Final = "senses/shared-labels.npz"
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

    @classmethod
    def kept(cls, taxonomy: Taxonomy, languages: Sequence[str] | None = None) -> Self:
        """Like `of`; what is shared in all languages is kept beside the compiled taxonomy."""
        if languages is not None:
            return cls.of(taxonomy, languages)
        origin = digest(str(_FORMAT_VERSION).encode(), str(taxonomy.ref).encode(), " ".join(sorted(SMALL_WORDS)).encode())
        return cls._unpacked(kept_arrays(taxonomy.folder / _FILE, origin, lambda: cls.of(taxonomy)._packed()))

    def _packed(self) -> Arrays:
        senses = [sense for own in self._senses.values() for sense in own]
        return {
            "languages": packed_words(language for language, _ in self._senses),
            "keys": packed_words(" ".join(sorted(key)) for _, key in self._senses),
            "counts": np.array([len(own) for own in self._senses.values()], dtype=np.int32),
            "uris": packed_words(sense.uri for sense in senses),
            "is_preferred": np.array([sense.is_preferred for sense in senses], dtype=np.bool_),
        }

    @classmethod
    def _unpacked(cls, arrays: Arrays) -> Self:
        counts = arrays["counts"].tolist()
        senses = map(Sense, unpacked_words(arrays["uris"]), arrays["is_preferred"].tolist())
        keys = zip(unpacked_words(arrays["languages"]), unpacked_words(arrays["keys"]), counts, strict=bool(counts))
        return cls({(language, frozenset(key.split())): tuple(islice(senses, count)) for language, key, count in keys})

    def __len__(self) -> int:
        return len(self._senses)

    def senses(self, text: str, language: str | None) -> tuple[Sense, ...]:
        """What a text may mean by the labels of its language, else by English ones; nothing where it is no shared label."""
        key = content_words(words(text))
        return self._senses.get((language or _FALLBACK, key)) or self._senses.get((_FALLBACK, key), ())
