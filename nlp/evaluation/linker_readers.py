"""Readers around the trained linker: all of it, and its vectors alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from nlp.linker.linker import Linker

_RANKED: Final = 100


class LinkerReader:
    """Ranks by all views of the linker."""

    def __init__(self, linker: Linker) -> None:
        self._linker = linker

    def rank(self, texts: Sequence[str], *, language: str | None = None) -> Iterator[Sequence[str]]:
        """Give concept URIs for each text, best first; the language plays no part."""
        uris = self._linker.uris
        for numbers in self._linker.rank(texts, k=_RANKED)[0]:
            yield [uris[number] for number in numbers.tolist() if number >= 0]


class VectorReader:
    """Ranks by the linker's vectors alone: the best label plus the preferred label."""

    def __init__(self, linker: Linker) -> None:
        self._uris = linker.uris
        self._ranking = linker.vector_ranking()

    def rank(self, texts: Sequence[str], *, language: str | None = None) -> Iterator[Sequence[str]]:
        """Give concept URIs for each text, best first; the language plays no part."""
        for numbers in self._ranking.rank(texts, k=_RANKED):
            yield [self._uris[number] for number in numbers.tolist()]
