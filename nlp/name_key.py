"""The key of a name: a number that is the same for all orders and endings of its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Final
from zlib import crc32

from nlp.linker.taxonomy_texts import SMALL_WORDS, words
from nlp.word_stems import stem

_MASK: Final = (1 << 63) - 1
_MIX: Final = 0x9E3779B97F4A7C15  # an odd number far from any pattern: 2**64 divided by the golden ratio
_EMPTY: Final = """
knowledge skill skills experience experienced understanding proficiency expertise ability use using
erfahrung erfahrungen kenntnis kenntnisse kenntnissen wissen fachkenntnisse grundkenntnisse fähigkeit fähigkeiten umgang nutzung
connaissance connaissances expérience compétence compétences maîtrise utilisation
conocimiento conocimientos experiencia manejo dominio uso
ervaring kennis vaardigheid vaardigheden beheersing gebruik
erfarenhet erfarenheter kunskap kunskaper kompetens vana användning
doświadczenie doświadczenia doświadczeniem znajomość znajomości znajomością umiejętność umiejętności wiedza
wiedzy praca pracy pracą czytanie czytania prowadzenie prowadzenia
znalost znalosti znalostí zkušenost zkušenosti zkušeností práce prací čtení používání
"""
_EMPTY_WORDS: Final = frozenset(words(_EMPTY))


def content(name: Sequence[str]) -> tuple[str, ...]:
    """The different words of a name in their order, but for articles and such."""
    different = dict.fromkeys(name)
    return tuple([word for word in different if word not in SMALL_WORDS]) or tuple(different)


def without_empty(name: tuple[str, ...]) -> tuple[str, ...]:
    """The words but for those that only say that it is known or mastered; all of them where nothing else is there."""
    if _EMPTY_WORDS.isdisjoint(name):
        return name
    return tuple(word for word in name if word not in _EMPTY_WORDS) or name


def name_key(name: Iterable[str], language: str) -> int:
    """The key of content words, above 0; the order, endings and repetitions do not matter."""
    return key_of({part_of(stem(word, language)) for word in name})


def key_of(parts: set[int]) -> int:
    """The key of a name by the parts of its stems."""
    return sum(parts) & _MASK or 1


def label_key(form: str, language: str) -> int:
    """The key of a folded label."""
    return name_key(content(words(form)), language)


@lru_cache(maxsize=100_000)
def part_of(root: str) -> int:
    """What a stem adds to the keys of names."""
    code = root.encode("utf-8", "surrogatepass")
    low = crc32(code)
    return ((crc32(code, low) << 32 | low) * _MIX) & _MASK
