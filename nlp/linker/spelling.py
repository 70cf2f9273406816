"""Finds the known word that an unknown one is a misspelling of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST: Final = 6  # shorter words are too often another word by one letter
_LONG: Final = 10  # from here on two slips are forgiven


class Spelling:
    """Known words by their first letter, the likeliest first."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_letter: dict[str, list[str]] = defaultdict(list)
        for word in words:
            if len(word) >= _SHORTEST - 1:
                self._by_letter[word[0]].append(word)

    def nearest(self, word: str) -> str | None:
        """The known word within one edit (two in words of ten letters and more; swapped neighbours count as one), or None.

        Among equally near ones the first given is taken.
        """
        if len(word) < _SHORTEST or any(letter.isdigit() for letter in word):
            return None
        allowed = 1 if len(word) < _LONG else 2
        found = process.extractOne(word, self._by_letter.get(word[0], ()), scorer=OSA.distance, score_cutoff=allowed)
        return None if found is None else str(found[0])
