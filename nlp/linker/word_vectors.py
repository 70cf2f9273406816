"""Vectors of words and texts from unit vectors; unknown words take those of their pieces or of the word they misspell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from nlp.linker.bags import Floats
from nlp.linker.spelling import Spelling
from nlp.linker.units import Units


class WordVectors:
    """Sums of unit vectors by word, kept once made (up to a limit).

    `known` are words that are never taken for misspelt, the likeliest corrections first.
    """

    _KEPT = 100_000

    def __init__(self, units: Units, vectors: Floats, known: Iterable[str] = ()) -> None:
        self.units = units
        self.vectors = vectors
        ordered = dict.fromkeys((*known, *units.words()))
        self._known = frozenset(ordered)
        self._spelling = Spelling(ordered)
        self._made: dict[str, Floats] = {}

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self.vectors.shape[1])

    def of_word(self, word: str) -> Floats:
        """The vector of a folded word; its length tells how much the word says."""
        found = self._made.get(word)
        if found is None:
            if len(self._made) >= self._KEPT:
                self._made.clear()
            found = self._made[word] = self._make(word)
        return found

    def knows(self, word: str) -> bool:
        """Tell whether the taxonomy uses a word; vectors of other words are guesses from their pieces or their likeness."""
        return word in self._known

    def remember(self, words: Iterable[str], rows: Floats) -> None:
        """Take vectors that were made before, one for each word."""
        self._made.update(zip(words, rows, strict=True))

    def rows(self, words: Sequence[str]) -> Floats:
        """The vectors of words, one under the other."""
        return np.stack([self.of_word(word) for word in words]) if words else np.zeros((0, self.dimensions), dtype=np.float32)

    def of_texts(self, texts: Sequence[Sequence[str]]) -> Floats:
        """Sums over the different words of each text, not scaled."""
        sums = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for at, text in enumerate(texts):
            for word in dict.fromkeys(text):
                sums[at] += self.of_word(word)
        return sums

    def _make(self, word: str) -> Floats:
        meant = None if word in self._known else self._spelling.nearest(word)
        numbers = self.units.of(word if meant is None else meant)
        if not numbers:
            return np.zeros(self.dimensions, dtype=np.float32)
        return np.asarray(self.vectors[numbers].sum(axis=0), dtype=np.float32)
