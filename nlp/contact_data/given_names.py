"""Tells given names, also in the Polish and Czech cases."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from importlib import resources
from itertools import chain
from typing import Final, TypedDict

from nlp.folding import fold
from vacancies.yaml_loading import load_own_yaml

_AFTER_A: Final = ("a", "y", "i", "e", "o", "u", "ie", "ou", "ii", "ji", "ovi")  # Anna: Anny, Anie, Annę (folded e), Annou
_AFTER_CONSONANT: Final = ("", "a", "u", "owi", "ovi", "em", "iem", "e", "ie", "i", "y")
_FLEETING: Final = ("ek", "el", "ec")  # Marek: Marka; Paweł and Pavel: Pawła, Pavla
_SOFTENED: Final = {"ka": "ce", "ga": "dze", "ha": "se", "ra": "rze", "ta": "cie", "da": "dzie", "la": "le"}


class _Lists(TypedDict):
    plain: list[str]
    inflected: dict[str, list[str]]


@lru_cache(maxsize=1)
def _lists() -> _Lists:
    lists: _Lists = load_own_yaml(resources.files("nlp.contact_data").joinpath("given_names.yaml").read_text(encoding="utf-8"))
    return lists


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    lists = _lists()
    names = {fold(name) for name in lists["plain"]}
    for inflected in lists["inflected"].values():
        for name in inflected:
            names.update(_cases(fold(name)))
    return frozenset(names)


@lru_cache(maxsize=1)
def given_names_as_written() -> tuple[str, ...]:
    """All given names, in the nominative, with their capitals."""
    lists = _lists()
    return tuple(name[:1].upper() + name[1:] for name in (*lists["plain"], *chain.from_iterable(lists["inflected"].values())))


def _cases(name: str) -> Iterator[str]:
    yield name
    if name.endswith("a"):
        yield from (name[:-1] + end for end in _AFTER_A)
        if name[-2:] in _SOFTENED:
            yield name[:-2] + _SOFTENED[name[-2:]]
    elif name[-1] in "eiyo":
        yield from (
            name[:-1] + end for end in ("ego", "emu", "ym", "im", "iho", "imu", "im", "i", "ii", "ou", "e", "u", "ovi", "em", "a", "ho")
        )
    else:
        yield from (name + end for end in _AFTER_CONSONANT)
        if name.endswith(_FLEETING):
            yield from (name[:-2] + name[-1] + end for end in _AFTER_CONSONANT[1:])


def is_given_name(word: str) -> bool:
    """Tell whether a word is a given name in any of the languages, in whatever capitals; of a double name one part is enough."""
    names = _given_names()
    folded = fold(word)  # hyphens become spaces
    return folded in names or (" " in folded and any(part in names for part in folded.split()))
