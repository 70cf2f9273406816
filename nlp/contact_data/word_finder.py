"""Finds the words that announce people's names and numbers, all kinds in one pass."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from importlib import resources
from typing import Final, NamedTuple

import ahocorasick_rs

from nlp.folding import fold
from vacancies.yaml_loading import load_own_yaml

_LONGEST_WORD: Final = 40
_TO_SPACE: Final = bytes(code if chr(code).isalnum() or chr(code) in "'_" else ord(" ") for code in range(256))


class WordKind(StrEnum):
    """What a word announces; words.yaml says more."""

    LEAD = "lead"
    CALL = "call"
    NAMED = "named"
    SUBJECT = "subject"
    ROLE = "role"
    TALK = "talk"
    HONORIFIC = "honorific"
    GREETING = "greeting"
    PHONE = "phone"


class ContactWord(NamedTuple):
    """A word or phrase met in a text, half open."""

    kind: WordKind
    start: int
    end: int


class ContactWordFinder:
    """Finds contact words of all languages, and those that only one language has."""

    def __init__(self, language: str) -> None:
        kinds: dict[str, list[WordKind]] = {}
        for name in ("all", language):
            for kind, phrases in _lists().get(name, {}).items():
                for phrase in phrases:
                    known = kinds.setdefault(_pattern(phrase), [])
                    known += [] if kind in known else [WordKind(kind)]
        self._kinds = list(kinds.values())
        self._is_ending = [not pattern.startswith(" ") for pattern in kinds]
        self._automaton = ahocorasick_rs.AhoCorasick(list(kinds), store_patterns=False)

    def find(self, folded: str) -> list[ContactWord]:
        """All contact words of a folded text by start; of one kind only the longest at a place."""
        found = [
            ContactWord(kind, _word_start(folded, start - 1) if self._is_ending[index] else start, end - 2)
            for index, start, end in self._automaton.find_matches_as_indexes(f" {_spaced(folded)} ", overlapping=True)
            for kind in self._kinds[index]
        ]
        found.sort(key=lambda word: (word.start, -word.end))
        return _longest(found)


def _pattern(phrase: str) -> str:
    """A phrase between spaces; one with an asterisk in front ends longer words too ("*leiter")."""
    spaced = _spaced(fold(phrase)).strip()
    return f"{spaced} " if phrase.startswith("*") else f" {spaced} "


def _word_start(folded: str, at: int) -> int:
    """Where the word begins that holds a place."""
    first = max(0, at - _LONGEST_WORD)
    while at > first and folded[at - 1].isalnum():
        at -= 1
    return at


def _spaced(folded: str) -> str:
    """The text with a space for everything that is no letter or digit; by way of bytes, which is ten times as fast as str.translate."""
    return folded.encode("latin-1", "replace").translate(_TO_SPACE).decode("latin-1")


def _longest(words: list[ContactWord]) -> list[ContactWord]:
    ends: dict[WordKind, int] = {}
    kept = []
    for word in words:
        if word.end > ends.get(word.kind, -1):
            ends[word.kind] = word.end
            kept.append(word)
    return kept


@lru_cache(maxsize=1)
def _lists() -> dict[str, dict[str, list[str]]]:
    text = resources.files("nlp.contact_data").joinpath("words.yaml").read_text(encoding="utf-8")
    lists: dict[str, dict[str, list[str]]] = load_own_yaml(text)
    return lists


def contact_words(folded: str, language: str | None) -> list[ContactWord]:
    """The contact words of a folded text in a language (None or one without words of its own: those of all languages)."""
    return _finder(language if language in _lists() else "all").find(folded)


@lru_cache(maxsize=16)
def _finder(language: str) -> ContactWordFinder:
    return ContactWordFinder(language)
