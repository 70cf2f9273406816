"""Baseline readers: concepts whose labels share the text's character n-grams; examples learnt from count as further labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nlp.evaluation.readers import LinkExample, OccupationCandidate, TitledText
from nlp.linker.char_tfidf import CharTfidf
from taxonomies.model import ConceptType
from taxonomies.taxonomy import Taxonomy


class CharLinker:
    """Ranks skills by n-grams of their labels in all languages."""

    def __init__(self, labels: Sequence[tuple[str, str]]) -> None:
        self._labels = labels
        self._ranker = CharTfidf.build(labels)

    @classmethod
    def of(cls, taxonomy: Taxonomy) -> CharLinker:
        """Take the labels of a taxonomy's skills."""
        return cls([(row.uri, row.text) for row in taxonomy.iter_labels([ConceptType.SKILL])])

    def learn(self, examples: Sequence[LinkExample]) -> CharLinker:
        """Give a linker for which the examples' texts are labels of their concepts too."""
        return CharLinker([*self._labels, *((uri, example.text) for example in examples for uri in example.uris)])

    def rank(self, texts: Sequence[str], *, language: str | None = None) -> Iterator[Sequence[str]]:
        """Give concept URIs for each text, best first; the language plays no part."""
        for text in texts:
            yield [uri for uri, _ in self._ranker.rank(text)]


class CharOccupationReader:
    """Ranks occupations by n-grams of their names in all languages; reads the title, else the whole text."""

    def __init__(self, labels: Sequence[tuple[OccupationCandidate, str]]) -> None:
        self._labels = labels
        self._ranker = CharTfidf.build(labels)

    @classmethod
    def of(cls, taxonomy: Taxonomy) -> CharOccupationReader:
        """Take the names of a taxonomy's occupations."""
        rows = taxonomy.iter_labels([ConceptType.OCCUPATION])
        return cls([(OccupationCandidate(row.uri, taxonomy.isco_of(row.uri)), row.text) for row in rows])

    def learn(self, examples: Sequence[tuple[TitledText, OccupationCandidate]]) -> CharOccupationReader:
        """Give a reader for which the examples' titles are names of their occupations too."""
        return CharOccupationReader([*self._labels, *((candidate, _words(text)) for text, candidate in examples)])

    def rank(self, advertisements: Sequence[TitledText]) -> Iterator[Sequence[OccupationCandidate]]:
        """Give candidates for each advertisement, best first."""
        for advertisement in advertisements:
            yield [candidate for candidate, _ in self._ranker.rank(_words(advertisement))]


def _words(advertisement: TitledText) -> str:
    return advertisement.title or advertisement.text or ""
