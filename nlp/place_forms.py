"""Names of places as sentences bend them: "w Warszawie", "v Brně", "Kölner Raum", "Göteborgs kommun", "au Havre" -> the names themselves.

Only forms are made; a gazetteer tells which of them are places.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import islice, product
from typing import Final

from taxonomies.label_key import label_key

_LANGUAGES: Final = {
    "PL": "pl", "CZ": "cs", "SK": "cs", "DE": "de", "AT": "de", "CH": "de", "LI": "de", "SE": "sv", "FI": "sv", "FR": "fr", "BE": "fr",
}  # fmt: skip
_MOST_WORDS: Final = 3
_MOST_FORMS: Final = 40
_SHORTEST_STEM: Final = 2

# Ending of a bent word, without accents -> endings that the name may have, the likeliest first. Long endings first.
_POLISH: Final = {
    "owie": ("ow", "owo", "owa"), "dzie": ("d", "da", "do"), "cie": ("t", "to", "ta"), "rze": ("ra", "r", "rze"), "sze": ("cha",),
    "dze": ("ga",), "ce": ("ka", "ca"), "le": ("l", "la", "lo"), "ie": ("", "a", "o"), "iu": ("",), "cu": ("iec", "ec", "c"),
    "ku": ("k", "ko", "ek"), "u": ("", "e", "o"), "owa": ("ow",), "ca": ("iec", "ec"), "ka": ("k", "ko", "ek"),
    "ia": ("", "ie"), "a": ("", "o", "e"), "y": ("a", ""), "i": ("ia", "a", ""), "ach": ("e", "y", "i"), "om": ("e", "y"),
    "ami": ("e", "y"),
    "iem": ("",), "em": ("", "o"), "ej": ("a",), "ym": ("y", "e"), "im": ("i", "ie"), "ego": ("y", "e"), "ich": ("ie",), "ych": ("e",),
    "ic": ("ice",), "": ("e", "y", "i"),
}  # fmt: skip
_CZECH: Final = {
    "ze": ("ha", "za"), "ce": ("ec", "ka", "ce"), "ci": ("ec", "c"), "ni": ("en", "n"), "ne": ("na", "no", "n", "en"),
    "e": ("a", "o", "", "e"),
    "i": ("", "e"), "u": ("", "o", "a"), "ku": ("ek", "k", "ko"), "y": ("a",), "a": ("", "o"), "ich": ("e",), "ech": ("y", "e"),
    "ach": ("y",), "ych": ("e", "y"), "em": ("e", "y"), "eho": ("e", "y"), "im": ("i",), "ove": ("ov", "ova", "ove"), "": ("e", "y", ""),
}  # fmt: skip
_BROKEN_WORDS: Final = {  # where more than the ending changes
    "bialymstoku": "bialystok", "bialegostoku": "bialystok", "trojmiescie": "trojmiasto", "miescie": "miasto",
    "krasnymstawie": "krasnystaw",
    "krasnegostawu": "krasnystaw", "zurcher": "zurich",
}  # fmt: skip
_GERMAN_AREAS: Final = frozenset((
    "raum", "umland", "innenstadt", "region", "umgebung", "stadtgebiet", "altstadt", "zentrum", "city", "hafen", "suden", "norden",
    "osten", "westen", "gegend",
))  # fmt: skip
_FRENCH_ARTICLES: Final = {"au": "le", "aux": "les", "du": "le", "des": "les"}


def base_forms(name: str, countries: Collection[str]) -> Iterator[str]:
    """Folded names that a bent name may stand for in the languages of some countries (ISO codes), the likeliest first; at most 40."""
    words = label_key(name).split()
    if not words or len(words) > _MOST_WORDS:
        return
    forms = (form for language in dict.fromkeys(_LANGUAGES.get(country) for country in countries) for form in _forms(words, language))
    own = " ".join(words)
    yield from islice((form for form in dict.fromkeys(forms) if form != own), _MOST_FORMS)


def _forms(words: list[str], language: str | None) -> Iterator[str]:
    match language:
        case "pl":
            yield from _by_endings(words, _POLISH)
        case "cs":
            yield from _by_endings(words, _CZECH)
        case "de" if len(words) > 1 and words[-1] in _GERMAN_AREAS:
            yield from _of_dwellers(words[0])
        case "sv" if words[0].endswith("s") and len(words[0]) > 4:
            yield words[0][:-1]
        case "fr" if words[0] in _FRENCH_ARTICLES and len(words) > 1:
            yield " ".join([_FRENCH_ARTICLES[words[0]], *words[1:]])


def _by_endings(words: list[str], endings: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """All words bent back; a word may also stand as it is, as "nad Labem" does."""
    for choice in product(*([*dict.fromkeys(_stems(word, endings)), word] for word in words)):
        yield " ".join(choice)


def _stems(word: str, endings: dict[str, tuple[str, ...]]) -> Iterator[str]:
    if word in _BROKEN_WORDS:
        yield _BROKEN_WORDS[word]
        return
    for size in range(min(5, len(word) - _SHORTEST_STEM), -1, -1):
        stem = word[: len(word) - size]
        yield from (stem + ending for ending in endings.get(word[len(stem) :], ()))


def _of_dwellers(word: str) -> Iterator[str]:
    """The town of "Kölner", "Münchner", "Bremer", "Hannoveraner"."""
    if word in _BROKEN_WORDS:
        yield _BROKEN_WORDS[word]
    elif word.endswith("er") and len(word) > 4:
        yield from (word[:-2], word[:-2] + "en", word[:-3] + "en")
        if word.endswith("aner"):
            yield word[:-4]
