"""Lists whose items share a head or a verb: "planning and delivery of projects", "Kunden- und Lieferantenbetreuung".

Each item is written out in full, in every way that the grammar allows; which of them is meant tells who knows names of skills.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Final, NamedTuple

_CONJUNCTIONS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({
    "en": ("and", "or", "and/or"), "de": ("und", "oder", "sowie", "bzw."), "fr": ("et", "ou", "et/ou"), "nl": ("en", "of", "en/of"),
    "sv": ("och", "eller", "samt"), "es": ("y", "e", "o", "u"), "pl": ("i", "oraz", "lub"), "cs": ("a", "i", "nebo", "či"),
})  # fmt: skip
_FEWEST_LETTERS: Final = 2  # of a part that a word shares with another
_MOST_ITEMS: Final = 5
_MOST_WORDS: Final = 6  # of an item
_LONGEST_LINE: Final = 90  # characters around a mention where its list may go on
_WORD: Final = r"\w[\w'’]*"
_PLACEHOLDER: Final = re.compile(r"[-‐-–]")


class Reading(NamedTuple):
    """The items of a list written out, in order, and which of them borrow words of another."""

    items: tuple[str, ...]
    borrowing: tuple[bool, ...]


class Extent(NamedTuple):
    """Part of a text, half open."""

    start: int
    end: int


def has_list(phrase: str, language: str | None) -> bool:
    """Whether a phrase has more than one item."""
    return _any_separator(language or "en").search(phrase) is not None


def readings(phrase: str, language: str | None) -> Iterator[Reading]:
    """The ways to read a phrase as a list with something shared; nothing where it is no list."""
    items = [item.strip() for item in _separators(language or "en").split(phrase)]
    if not 2 <= len(items) <= _MOST_ITEMS or not all(items) or any(len(item.split()) > _MOST_WORDS for item in items):
        return
    if any(_PLACEHOLDER.match(item[-1]) for item in items[:-1]):
        yield from _with_later_part(items)
    elif any(_PLACEHOLDER.match(item) for item in items[1:]):
        yield from _with_earlier_part(items)
    else:
        yield Reading(tuple(items), (False,) * len(items))
        yield from _with_words(items)


def _with_later_part(items: list[str]) -> Iterator[Reading]:
    """Kunden- und Lieferantenbetreuung: every end of the last word may be what is left out, the shortest first."""
    borrowing = tuple(_PLACEHOLDER.match(item[-1]) is not None for item in items)
    for at in range(len(items[-1]) - _FEWEST_LETTERS - 1, 0, -1):
        rest = items[-1][at:]
        yield Reading(tuple(item[:-1] + rest if lacks else item for item, lacks in zip(items, borrowing, strict=True)), borrowing)


def _with_earlier_part(items: list[str]) -> Iterator[Reading]:
    """Projektplanung und -steuerung: likewise every beginning of the first word, the shortest first."""
    borrowing = tuple(_PLACEHOLDER.match(item) is not None for item in items)
    for at in range(_FEWEST_LETTERS + 1, len(items[0]) - _FEWEST_LETTERS + 1):
        begun = items[0][:at]
        yield Reading(tuple(begun + item[1:] if lacks else item for item, lacks in zip(items, borrowing, strict=True)), borrowing)


def _with_words(items: list[str]) -> Iterator[Reading]:
    """Words of the last item that all have ("planning and delivery of projects"), or of the first ("manage budgets and staff")."""
    first, last = items[0].split(), items[-1].split()
    for at in range(1, len(last)):
        rest = " ".join(last[at:])
        yield Reading((*(f"{item} {rest}" for item in items[:-1]), items[-1]), (*(True for _ in items[1:]), False))
    for at in range(1, len(first)):
        begun = " ".join(first[:at])
        yield Reading((items[0], *(f"{begun} {item}" for item in items[1:])), (False, *(True for _ in items[1:])))


def parted_lists(text: str, language: str | None) -> list[Extent]:
    """Where a text has lists of words with a part left out: "Kunden- und Lieferantenbetreuung", "Projektplanung und -steuerung"."""
    before, after = _parted(language or "en")
    found: list[Extent] = []
    hyphen = _HYPHEN if any(sign in text for sign in _OTHER_HYPHENS) else _PLAIN_HYPHEN
    for mark in hyphen.finditer(text):
        at = mark.start()
        match = before.match(text, _word_start(text, at)) or after.match(text, _word_start(text, text.rfind(" ", 0, max(at - 1, 0))))
        if match is not None and match.start() <= at < match.end() and not (found and match.start() < found[-1].end):
            found.append(Extent(match.start(), match.end()))
    return found


def wider(text: str, start: int, end: int, language: str | None) -> Iterator[Extent]:
    """The words at [start, end) with the items of their list before and behind, as far as the line and its commas go."""
    before, after = _around(language or "en")
    if (match := after.match(text, end, end + _LONGEST_LINE)) is not None:
        yield Extent(start, match.end())
    if not text.endswith(_conjunctions_before(language or "en"), max(0, start - _LONGEST_LINE), start):
        return
    line = max(text.rfind("\n", 0, start) + 1, start - _LONGEST_LINE)
    if (match := before.search(text, line, start)) is not None:
        yield Extent(match.start(1), end)


_OTHER_HYPHENS: Final = "‐‑‒–"
# The sign comes first, so that the search leaps from one to the next: much faster still where it can only be one.
_HYPHEN: Final = re.compile(r"[-‐-–](?:(?<=\w.)(?=\s?[/,]|\s\w)|(?<=\s.)(?=\w))")
_PLAIN_HYPHEN: Final = re.compile(_HYPHEN.pattern.replace("[-‐-–]", "-"))


def _word_start(text: str, at: int) -> int:
    while at > 0 and (text[at - 1].isalnum() or text[at - 1] == "_"):
        at -= 1
    return max(at, 0)


def _joining(language: str) -> str:
    words = _CONJUNCTIONS.get(language, _CONJUNCTIONS["en"])
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


@cache
def _conjunctions_before(language: str) -> tuple[str, ...]:
    return tuple(f" {word} " for word in _CONJUNCTIONS.get(language, _CONJUNCTIONS["en"]))


@cache
def _separators(language: str) -> re.Pattern[str]:
    return re.compile(rf",?\s+(?:{_joining(language)})\s+|\s*[,/&]\s*(?:(?:{_joining(language)})\s+)?", re.IGNORECASE)


@cache
def _any_separator(language: str) -> re.Pattern[str]:
    """Found wherever `_separators` is, but faster where there is none."""
    return re.compile(rf"[,/&\s](?:(?<=\S)|(?i:{_joining(language)})\s)")


@cache
def _parted(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Lists whose later word is whole, and whose earlier one is."""
    joining = rf"(?:\s?/\s?|,?\s(?:{_joining(language)})\s)"
    hyphen = r"[-‐-–]"
    return (
        re.compile(rf"{_WORD}{hyphen}(?:,\s?{_WORD}{hyphen})*{joining}{_WORD}(?:{hyphen}{_WORD})*"),
        re.compile(rf"{_WORD}(?:{hyphen}{_WORD})*(?:,\s{hyphen}{_WORD})*{joining}{hyphen}{_WORD}"),
    )


@cache
def _around(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What may go before and behind an item of a list: some words and a conjunction."""
    joining = _joining(language)
    few = rf"{_WORD}(?:[ -]{_WORD}){{0,2}}"
    return (
        re.compile(rf"(?:^|(?<=[\n.;:,(•*-])|(?<=[\n.;:,(•*-]\s))({few}(?:, {few})?,? (?:{joining}) )$", re.IGNORECASE),
        re.compile(rf"(?:, {few})?,? (?:{joining}) {few}(?=\s*(?:[.,;:)\n]|$))", re.IGNORECASE),
    )
