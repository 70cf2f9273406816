"""Finds the known word that an unknown one is a misspelling of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST: Final = 6  # shorter words are too often another word by one letter
_EDGE: Final = 3  # letters
_LONG: Final = 10  # from here on two slips are forgiven


class Spelling:
    """Known words by how they begin and by how they end, the likeliest first."""

    def __init__(self, words: Iterable[str]) -> None:
        self._known: dict[tuple[str, str, int], list[str]] = defaultdict(list)
        self._ranks: dict[str, int] = {}
        self._shuffled: dict[str, str] = {}
        for rank, word in enumerate(words):
            if len(word) >= _SHORTEST - 1:
                for key in _edges(word):
                    self._known[*key, len(word)].append(word)
                self._ranks.setdefault(word, rank)
                self._shuffled.setdefault(_letters(word), word)

    def nearest(self, word: str) -> str | None:
        """The known word within one edit (two in words of ten letters and more; swapped neighbours count as one), or None.

        Its first letter is the same, and so are two more at its beginning or three at its end. Among equally near ones the first given
        is taken. Where there is none, a word of the same letters in another order ("phyton"), the first and the last in their places.
        """
        if len(word) < _SHORTEST or any(letter.isdigit() for letter in word):
            return None
        allowed = 1 if len(word) < _LONG else 2
        best: tuple[float, int, str] | None = None
        for edge in _edges(word):
            for length in range(len(word) - allowed, len(word) + allowed + 1):
                known = self._known.get((*edge, length))
                found = None if known is None else process.extractOne(word, known, scorer=OSA.distance, score_cutoff=allowed)
                if found is not None:
                    own = (found[1], self._ranks[found[0]], str(found[0]))
                    best = own if best is None else min(best, own)
        return self._shuffled.get(_letters(word)) if best is None else best[2]


def _letters(word: str) -> str:
    return f"{word[0]}{''.join(sorted(word[1:-1]))}{word[-1]}"


def _edges(word: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """How a word begins, and with what letter it begins and how it ends; most misspelt words keep one of both."""
    return (word[:_EDGE], ""), (word[0], word[-_EDGE:])
