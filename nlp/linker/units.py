"""Splits words into units: the word itself where the taxonomy uses it often enough, and pieces of words for what is shared or unknown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

_RARE: Final = 3  # words used less often have no unit of their own
_MANY_TEXTS: Final = 20_000  # in smaller taxonomies every word has one
_LONGEST: Final = 9
_SHORTEST: Final = 3
_RARE_PIECE: Final = 4
_PIECE: Final = "~"  # marks pieces; words cannot hold it


class Units:
    """Units by number; a piece is looked for from left to right, the longest first, with < and > standing for a word's edges."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = list(names)
        self._numbers = {name: at for at, name in enumerate(self.names)}
        self._of_word: dict[str, list[int]] = {}

    def __len__(self) -> int:
        return len(self.names)

    @classmethod
    def learn(cls, texts: Sequence[Sequence[str]], *, pieces: int = 12_000) -> Units:
        """Choose units: words used at least three times (all, where there are few texts) and the pieces that cover most letters."""
        fewest = _RARE if len(texts) >= _MANY_TEXTS else 1
        uses = Counter(word for text in texts for word in text)
        return cls([*sorted(word for word, count in uses.items() if count >= fewest), *(_PIECE + piece for piece in _pieces(uses, pieces))])

    def of(self, word: str) -> list[int]:
        """Unit numbers of a word, none where no part of it is known."""
        found = self._of_word.get(word)
        if found is None:
            own = self._numbers.get(word)
            found = ([] if own is None else [own]) + self._split(f"<{word}>")
            self._of_word[word] = found
        return found

    def knows(self, word: str) -> bool:
        """Tell whether a word has a unit of its own."""
        return word in self._numbers

    def words(self) -> list[str]:
        """The words that have a unit of their own."""
        return [name for name in self.names if not name.startswith(_PIECE)]

    def _split(self, word: str) -> list[int]:
        found, start = [], 0
        while start < len(word):
            for end in range(min(start + _LONGEST - 1, len(word)), start + _SHORTEST - 1, -1):
                number = self._numbers.get(_PIECE + word[start:end])
                if number is not None and end - start < len(word):
                    found.append(number)
                    start = end
                    break
            else:
                start += 1
        return found


def _pieces(uses: Counter[str], count: int) -> list[str]:
    found: Counter[str] = Counter()
    for word in sorted(uses):
        edged = f"<{word[:60]}>"
        ends = range(_SHORTEST, _LONGEST + 1)
        parts = {edged[at : at + size] for at in range(len(edged)) for size in ends if at + size <= len(edged) and size < len(edged)}
        found.update(parts)
    worth = ((uses_ * (len(piece) - 2), piece) for piece, uses_ in found.items() if uses_ >= _RARE_PIECE)
    return [piece for _, piece in sorted(worth, key=lambda pair: (-pair[0], pair[1]))[:count]]
