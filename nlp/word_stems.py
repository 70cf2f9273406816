"""Light stems: a folded word without the endings of number, case and gender, and without what makes a noun of a verb.

They are coarse on purpose: two names are one when all their stems are, and few words of a name change into those of another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from typing import Final

_KEPT: Final = 100_000  # stems remembered
_SHORTEST: Final = 3  # letters that stay

# Endings by language, the longest first; of each word one is cut off.
_ENDINGS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({
    "de": (
        "ierungen", "ierungs", "ierung", "ationen", "ations", "ation", "ieren", "ungen", "ungs", "ung", "ierte", "atur", "nisse", "nis",
        "ens", "ern", "en", "em", "er", "es", "e", "n", "s",
    ),
    "nl": ("eringen", "erings", "ering", "aties", "atie", "eren", "ingen", "ings", "ing", "en", "es", "e", "s"),
    "sv": (
        "eringarna", "eringar", "eringen", "erings", "ering", "erar", "era", "ningarna", "ningar", "ningen", "nings", "ning", "ingar",
        "ingen", "ings", "ing", "arna", "erna", "orna", "ets", "ens", "ar", "er", "or", "en", "et", "na", "a", "e",
    ),
    "es": ("es", "as", "os", "s", "a", "o", "e"),
    "pl": (
        "owaniem", "owania", "owaniu", "owanie", "iami", "ami", "ach", "iach", "owie", "ego", "emu", "iego", "iemu", "ymi",
        "imi", "iem", "iom", "iow", "ych", "ich", "em", "om", "ow", "ie", "ia", "iu", "ej", "iej", "ym", "im", "ii", "a", "e", "i", "o",
        "u", "y",
    ),
    "cs": (
        "ovanim", "ovani", "emi", "ami", "imi", "ymi", "ovi", "eho", "emu", "ich", "ych", "ach", "ech", "um", "ou",
        "em", "im", "ym", "ii", "a", "e", "i", "o", "u", "y",
    ),
})  # fmt: skip
_DOUBLED: Final = re.compile(r"([bcdfghjklmnpqrstvwxz])\1$")
_LONG_VOWEL: Final = re.compile(r"([aeou])\1")
# Consonants that change before endings; all of a set become one letter.
_SOFTENED: Final = re.compile(r"(?:dz|sz|cz|rz|ch|[cktghzs])$")
_SOFT_TO_HARD: Final = {
    "dz": "g", "h": "g", "z": "g", "g": "g", "sz": "s", "ch": "s", "s": "s", "cz": "k", "c": "k", "k": "k", "t": "k", "rz": "r",
}  # fmt: skip
_BRITISH: Final = ("isation", "ising", "ise")  # with a z in American English
_UMLAUTS: Final = str.maketrans("äöü", "aou")


@lru_cache(maxsize=_KEPT)
def stem(word: str, language: str) -> str:
    """The stem of a folded word in a language (ISO 639-1); of languages without rules the word itself."""
    make = _MAKERS.get(language)
    return word if make is None or len(word) <= _SHORTEST or not word.isalpha() else make(word)


def _by_last_letter(endings: Sequence[str]) -> dict[str, list[tuple[str, int]]]:
    """The endings in their order, each with the fewest letters of a word that loses it."""
    found: dict[str, list[tuple[str, int]]] = {}
    for ending in endings:
        fewest = len(ending) + _SHORTEST + ending.startswith(("er", "at"))
        found.setdefault(ending[-1], []).append((ending, fewest))
    return found


_CUT_OFF: Final = {language: _by_last_letter(endings) for language, endings in _ENDINGS.items()}


def _cut(word: str, language: str) -> str:
    for ending, fewest in _CUT_OFF[language].get(word[-1], ()):
        if len(word) >= fewest and word.endswith(ending):
            return word[: -len(ending)]
    return word


def _english(word: str) -> str:
    if word.endswith("s"):
        if word.endswith("ies") and len(word) > 4:
            word = word[:-3] + "y"
        elif word.endswith(("sses", "shes", "ches", "xes", "zes")):
            word = word[:-2]
        elif not word.endswith(("ss", "us", "is", "ics")):
            word = word[:-1]
    if word.endswith(_BRITISH):
        for british in _BRITISH:
            if word.endswith(british) and len(word) > len(british) + 2:
                return f"{word[: -len(british)]}iz{british[2:]}"
    return word


def _french(word: str) -> str:
    if word.endswith("aux") and not word.endswith("eaux"):
        word = word[:-3] + "al"
    elif word.endswith(("s", "x")):
        word = word[:-1]
    word = word.removesuffix("e")
    return _DOUBLED.sub(r"\1", word)


def _german(word: str) -> str:
    cut = _cut(word, "de")
    return cut if cut.isascii() else cut.translate(_UMLAUTS).replace("ß", "ss")


def _dutch(word: str) -> str:
    return _LONG_VOWEL.sub(r"\1", _DOUBLED.sub(r"\1", _cut(word, "nl")))


def _swedish(word: str) -> str:
    return _DOUBLED.sub(r"\1", _cut(word, "sv"))


def _spanish(word: str) -> str:
    return _cut(word, "es")


def _polish(word: str) -> str:
    return _hardened(_cut(word, "pl"))


def _czech(word: str) -> str:
    return _hardened(_cut(word, "cs"))


def _hardened(word: str) -> str:
    if len(word) <= _SHORTEST:
        return word
    if word.endswith("ek"):  # rysunek, rysunku
        word = f"{word[:-2]}k"
    return _SOFTENED.sub(lambda found: _SOFT_TO_HARD[found[0]], word)


_MAKERS: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType({
    "en": _english, "fr": _french, "de": _german, "nl": _dutch, "sv": _swedish, "es": _spanish, "pl": _polish, "cs": _czech,
})  # fmt: skip
