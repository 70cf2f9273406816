"""Finds any of many word beginnings in one pass over a folded text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

import ahocorasick_rs

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
        self._finder = ahocorasick_rs.AhoCorasick([stem.lstrip(_ANYWHERE).rstrip(_WHOLE) for stem in listed], store_patterns=False)

    def find(self, folded: str) -> list[tuple[int, int]]:
        """Where they stand, by start."""
        found = [
            (start, end)
            for index, start, end in self._finder.find_matches_as_indexes(folded, overlapping=True)
            if (self._inside[index] or start == 0 or not folded[start - 1].isalnum())
            and not (self._whole[index] and end < len(folded) and folded[end].isalnum())
        ]
        found.sort()
        return found

    def windows(self, folded: str, before: int, after: int) -> Iterator[tuple[int, int]]:
        """The parts of the text within some characters of them, joined where they overlap, half open."""
        begin = stop = -1
        for start, end in self.find(folded):
            if start - before > stop >= 0:
                yield begin, stop
                begin = -1
            begin = max(0, start - before) if begin < 0 else begin
            stop = max(stop, min(len(folded), end + after))
        if begin >= 0:
            yield begin, stop
