"""One pass over a folded text for the beginnings of many patterns and stems, so that each is tried only where it may stand.

Python's `re` tries an alternation of hundreds of words at every character. Here the first letters that a pattern can begin with are
taken from its syntax tree; one automaton finds those of all patterns at once, and each pattern is matched at its own places alone.
Nothing is left out: where the beginnings cannot be told, the pattern searches by itself.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import Final

import ahocorasick_rs

from nlp.pattern_starts import as_bytes, pattern_starts
from nlp.stems import Stems, windows

_DIGIT: Final = re.compile(r"\d")
_DIGIT_BYTE: Final = as_bytes("0")


class _Needles:
    """The automaton for all that was asked for in texts of one language."""

    def __init__(self, owners: Sequence[re.Pattern[str] | Stems]) -> None:
        by_letters: dict[bytes, list[tuple[int, int, int]]] = {}
        self.known: dict[int, bool] = {}  # by identity: whether it is found by the automaton
        for owner in owners:
            starts = owner.starts if isinstance(owner, Stems) else pattern_starts(owner)
            self.known[id(owner)] = bool(starts)
            for place, start in enumerate(starts):
                # the text begins at 1, and what is led by a space one further on
                by_letters.setdefault(start.letters, []).append((id(owner), place, 0 if start.is_led else 1))
        self._owners = [tuple(owned) for owned in by_letters.values()]
        self._automaton = ahocorasick_rs.BytesAhoCorasick(list(by_letters)) if by_letters else None

    def places(self, letters: bytes) -> dict[int, list[tuple[int, int]]]:
        """For each owner (its identity) where it may begin, and by which of its starts; in no order."""
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        if self._automaton is not None:
            owners = self._owners
            for index, start, _ in self._automaton.find_matches_as_indexes(b" " + letters, overlapping=True):
                for owner, place, back in owners[index]:
                    found[owner].append((start - back, place))
        return found


_NO_NEEDLES: Final = _Needles(())


class _Asked:
    """What was asked for in texts of one language so far; what is new is searched plainly until the automaton is made anew."""

    def __init__(self) -> None:
        self._owners: dict[int, re.Pattern[str] | Stems] = {}
        self._needles = _NO_NEEDLES
        self._texts = 0

    def needles(self) -> _Needles:
        """The automaton for what was asked for; made anew for what is new after the 1st, 2nd, 4th, 8th ... text, to be made rarely."""
        is_due = not self._texts & (self._texts - 1)
        self._texts += 1
        if is_due and len(self._owners) > len(self._needles.known):
            self._needles = _Needles(list(self._owners.values()))
        return self._needles

    def add(self, owner: re.Pattern[str] | Stems) -> None:
        """Look for this too in texts to come."""
        self._owners[id(owner)] = owner


@lru_cache(maxsize=64)
def _asked(language: str | None) -> _Asked:
    return _Asked()


class SharedScan:
    """The places of patterns and stems in one folded text; results are those of `Pattern.finditer` and `Stems.find`."""

    def __init__(self, folded: str, language: str | None) -> None:
        self._folded = folded
        self._asked = _asked(language)
        needles = self._asked.needles()
        self._known = needles.known
        self._letters = as_bytes(folded)
        self._places = needles.places(self._letters)
        self._sorted: dict[int, list[int]] = {}

    @cached_property
    def digits(self) -> list[int]:
        """Where the decimal digits stand, ascending."""
        if _may_hold_foreign_digits(self._folded):
            return digits_of(self._folded)
        found, letters = [], self._letters
        at = letters.find(_DIGIT_BYTE)
        while at >= 0:
            found.append(at)
            at = letters.find(_DIGIT_BYTE, at + 1)
        return found

    def numbers(self, pattern: re.Pattern[str], begin: int = 0, stop: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """All matches of a pattern of which each begins with a digit."""
        return matches_at(pattern, self._folded, self.digits, begin, stop)

    def finditer(self, pattern: re.Pattern[str], begin: int = 0, stop: int = sys.maxsize) -> Iterator[re.Match[str]]:
        """All matches of a pattern (without IGNORECASE) from left to right, none overlapping."""
        if id(pattern) in self._places:
            return matches_at(pattern, self._folded, self.starts(pattern), begin, stop)
        return iter(()) if self._is_led(pattern) else pattern.finditer(self._folded, begin, stop)

    def search(self, pattern: re.Pattern[str], begin: int = 0, stop: int = sys.maxsize) -> re.Match[str] | None:
        """The first match of a pattern."""
        if id(pattern) in self._places:
            return next(matches_at(pattern, self._folded, self.starts(pattern), begin, stop), None)
        return None if self._is_led(pattern) else pattern.search(self._folded, begin, stop)

    def find(self, stems: Stems) -> list[tuple[int, int]]:
        """Where stems stand, by start."""
        return [(start, end) for start, end, _ in self.numbered(stems)]

    def has(self, stems: Stems) -> bool:
        """Whether any of some stems stands in the text."""
        return bool(self.numbered(stems))

    def numbered(self, stems: Stems) -> list[tuple[int, int, int]]:
        """Where stems stand, by start, and the number of each (its place among those that the stems were made of)."""
        places = self._places.get(id(stems))
        if places is None:
            return [] if self._is_led(stems) else stems.numbered(self._folded)
        return sorted([(at, end, number) for at, number in places if (end := stems.end_at(self._folded, at, number)) is not None])

    def windows(self, stems: Stems, before: int, after: int) -> Iterable[tuple[int, int]]:
        """The parts of the text within some characters of stems, joined where they overlap, half open."""
        found = self.find(stems)
        return windows(found, len(self._folded), before, after) if found else ()

    def starts(self, pattern: re.Pattern[str]) -> list[int]:
        """Where a pattern may begin, ascending: at least all places where it does when others' matches do not cover them."""
        starts = self._sorted.get(id(pattern))
        if starts is None:
            led = self._is_led(pattern)
            found = {at for at, _ in self._places.get(id(pattern), ())} if led else map(re.Match.start, pattern.finditer(self._folded))
            starts = self._sorted[id(pattern)] = sorted(found)
        return starts

    def _is_led(self, owner: re.Pattern[str] | Stems) -> bool:
        known = self._known.get(id(owner))
        if known is None:
            self._asked.add(owner)
        return bool(known)


def _may_hold_foreign_digits(text: str) -> bool:
    if text.isascii():
        return False
    try:
        text.encode("cp1252")  # has the signs that are common in texts, and no digits but the Latin ones
    except UnicodeEncodeError:
        return True
    return False


def digits_of(text: str) -> list[int]:
    """Where the decimal digits of all scripts stand in a text."""
    return [match.start() for match in _DIGIT.finditer(text)]


def within(places: Sequence[int], begin: int, stop: int) -> Sequence[int]:
    """Those of some places (ascending) from one to before another."""
    return places[bisect_left(places, begin) : bisect_left(places, stop)]


def matches_at(
    pattern: re.Pattern[str], text: str, starts: Sequence[int], begin: int = 0, stop: int = sys.maxsize
) -> Iterator[re.Match[str]]:
    """The matches that `pattern.finditer(text, begin, stop)` gives, when each begins at one of some places (ascending)."""
    end = begin
    for at in within(starts, begin, stop):
        if at >= end and (match := pattern.match(text, at, stop)) is not None:
            yield match
            end = match.end()
