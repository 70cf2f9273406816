"""Many word beginnings that are looked for at once in a folded text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Final

import ahocorasick_rs

from nlp.pattern_starts import Start, as_bytes

_ANYWHERE: Final = "*"
_WHOLE: Final = "$"


class Stems:
    """Word beginnings, as folded; one that begins with `*` is also found inside words ("*erfahrung" in "Berufserfahrung"), one that
    ends with `$` only as a whole word.
    """

    def __init__(self, stems: Iterable[str]) -> None:
        listed = list(dict.fromkeys(stems))
        self._inside = [stem.startswith(_ANYWHERE) for stem in listed]
        self._whole = [stem.endswith(_WHOLE) for stem in listed]
        self._letters = [stem.lstrip(_ANYWHERE).rstrip(_WHOLE) for stem in listed]
        self._finder = ahocorasick_rs.AhoCorasick(self._letters, store_patterns=False)

    @cached_property
    def starts(self) -> tuple[Start, ...]:
        """What each stem begins with (see `nlp.pattern_starts`), led by no letter unless it may stand inside a word."""
        folded = [as_bytes(letters) for letters in self._letters]
        led = [not (inside or letters.startswith(b" ")) for letters, inside in zip(folded, self._inside, strict=True)]
        return tuple(Start(b" " + letters if is_led else letters, is_led) for letters, is_led in zip(folded, led, strict=True))

    def numbered(self, folded: str) -> list[tuple[int, int, int]]:
        """Where they stand, by start, and the number of each."""
        matches = self._finder.find_matches_as_indexes(folded, overlapping=True)
        return sorted((start, end, index) for index, start, end in matches if self._stands(folded, index, start, end))

    def end_at(self, folded: str, start: int, number: int) -> int | None:
        """Where the stem of a number ends when it stands at a place; None when it does not."""
        letters = self._letters[number]
        end = start + len(letters)
        return end if folded.startswith(letters, start) and self._stands(folded, number, start, end) else None

    def _stands(self, folded: str, index: int, start: int, end: int) -> bool:
        return (self._inside[index] or start == 0 or not folded[start - 1].isalnum()) and not (
            self._whole[index] and end < len(folded) and folded[end].isalnum()
        )


def windows(spans: Iterable[tuple[int, int]], length: int, before: int, after: int) -> Iterator[tuple[int, int]]:
    """The parts of a text of some length within some characters of spans, joined where they overlap, half open."""
    begin = stop = -1
    for start, end in spans:
        if start - before > stop >= 0:
            yield begin, stop
            begin = -1
        begin = max(0, start - before) if begin < 0 else begin
        stop = max(stop, min(length, end + after))
    if begin >= 0:
        yield begin, stop
