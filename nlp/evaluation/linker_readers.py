"""Readers around linkers: all of the trained one, its vectors alone, and the one that reads with a sentence model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Protocol

from nlp.linker.bags import Floats, Ints
from nlp.linker.linker import Linker
from nlp.linker.name_ranking import NameRanking
from taxonomies.taxonomy import Taxonomy

_RANKED: Final = 100


class RankingLinker(Protocol):
    """Ranks skills by number."""

    @property
    def uris(self) -> Sequence[str]:
        """The skills by number."""
        ...

    def rank(self, texts: Sequence[str], k: int = 10) -> tuple[Ints, Floats]:
        """The k best skills of each text (-1 behind the last) and their probabilities."""
        ...


class LinkerReader:
    """Ranks as a linker does."""

    def __init__(self, linker: RankingLinker) -> None:
        self._linker = linker

    def rank(self, texts: Sequence[str], *, language: str | None = None) -> Iterator[Sequence[str]]:
        """Give concept URIs for each text, best first; the language plays no part."""
        uris = self._linker.uris
        for numbers in self._linker.rank(texts, k=_RANKED)[0]:
            yield [uris[number] for number in numbers.tolist() if number >= 0]


class TrainedLinkerReader(LinkerReader):
    """Ranks as the trained linker does: sentences by `Linker.rank`, names by `NameRanking`."""

    def __init__(self, linker: Linker, taxonomy: Taxonomy) -> None:
        super().__init__(linker)
        self._trained = linker
        self._taxonomy = taxonomy

    def for_names(self) -> NameReader:
        """The reader of names."""
        return NameReader(NameRanking(self._taxonomy, self._trained))


class NameReader:
    """Ranks names."""

    def __init__(self, ranking: NameRanking) -> None:
        self._ranking = ranking

    def rank(self, texts: Sequence[str], *, language: str | None = None) -> Iterator[Sequence[str]]:
        """Give concept URIs for each name, best first; the language plays no part."""
        for numbers in self._ranking.rank(texts, k=_RANKED):
            yield [self._ranking.uris[number] for number in numbers.tolist()]


class VectorReader:
    """Ranks by the linker's vectors alone: the best label plus the preferred label."""

    def __init__(self, linker: Linker) -> None:
        self._uris = linker.uris
        self._ranking = linker.vector_ranking()

    def rank(self, texts: Sequence[str], *, language: str | None = None) -> Iterator[Sequence[str]]:
        """Give concept URIs for each text, best first; the language plays no part."""
        for numbers in self._ranking.rank(texts, k=_RANKED):
            yield [self._uris[number] for number in numbers.tolist()]
