"""One pass over a folded text for the beginnings of many patterns and stems, so that each is tried only where it may stand.

Python's `re` tries an alternation of hundreds of words at every character. Here the first letters that a pattern can begin with are
taken from its syntax tree; one automaton finds those of all patterns at once, and each pattern is matched at its own places alone.
Nothing is left out: where the beginnings cannot be told, the pattern searches by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

import ahocorasick_rs

from nlp.pattern_starts import as_bytes, pattern_starts
from nlp.stems import Stems, windows

_SHORT: Final = 200  # characters; a shorter text is searched faster without preparation


class _Needles:
    """The automaton for all that was asked for in texts of one language."""

    def __init__(self, owners: Sequence[re.Pattern[str] | Stems]) -> None:
        by_start: dict[bytes, list[tuple[int, int]]] = {}
        self.known: dict[int, bool] = {}  # by identity: whether it is found by the automaton
        for owner in owners:
            starts = owner.starts if isinstance(owner, Stems) else pattern_starts(owner)
            self.known[id(owner)] = bool(starts)
            for place, start in enumerate(starts):
                by_start.setdefault(start, []).append((id(owner), place))
        self._owners = list(by_start.values())
        self._is_led = [start.startswith(b" ") for start in by_start]
        self._automaton = ahocorasick_rs.BytesAhoCorasick(list(by_start)) if by_start else None

    def places(self, folded: str) -> dict[int, list[tuple[int, int]]]:
        """For each owner (its identity) where it may begin, and by which of its starts; ascending."""
        found: dict[int, list[tuple[int, int]]] = {}
        if self._automaton is None:
            return found
        for index, start, _ in self._automaton.find_matches_as_indexes(b" " + as_bytes(folded), overlapping=True):
            at = start if self._is_led[index] else start - 1  # the text begins at 1, and a start that is led by a space one further on
            for owner, place in self._owners[index]:
                found.setdefault(owner, []).append((at, place))
        for places in found.values():
            places.sort()
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
        self._is_short = len(folded) < _SHORT
        needles = _NO_NEEDLES if self._is_short else self._asked.needles()
        self._known = needles.known
        self._places = needles.places(folded)

    def finditer(self, pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        """All matches of a pattern (without IGNORECASE) from left to right, none overlapping."""
        if not self._is_led(pattern):
            yield from pattern.finditer(self._folded)
            return
        end = 0
        for at, _ in self._places.get(id(pattern), ()):
            if at >= end and (match := pattern.match(self._folded, at)) is not None:
                yield match
                end = max(match.end(), at + 1)

    def search(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """The first match of a pattern."""
        return next(self.finditer(pattern), None)

    def find(self, stems: Stems) -> list[tuple[int, int]]:
        """Where stems stand, by start."""
        return [(start, end) for start, end, _ in self.numbered(stems)]

    def has(self, stems: Stems) -> bool:
        """Whether any of some stems stands in the text."""
        return bool(self.numbered(stems))

    def numbered(self, stems: Stems) -> list[tuple[int, int, int]]:
        """Where stems stand, by start, and the number of each (its place among those that the stems were made of)."""
        if not self._is_led(stems):
            return stems.numbered(self._folded)
        places = self._places.get(id(stems), ())
        return sorted((at, end, number) for at, number in places if (end := stems.end_at(self._folded, at, number)) is not None)

    def windows(self, stems: Stems, before: int, after: int) -> Iterator[tuple[int, int]]:
        """The parts of the text within some characters of stems, joined where they overlap, half open."""
        return windows(self.find(stems), len(self._folded), before, after)

    def _is_led(self, owner: re.Pattern[str] | Stems) -> bool:
        known = self._known.get(id(owner))
        if known is None and not self._is_short:
            self._asked.add(owner)
        return bool(known)
