"""What can be measured: small protocols for readers of names, sentences, titles and spans, and the readers there are today.

A better reader (a span tagger, a trained linker) is a class with the method of its protocol; give it a name in `linker_of`,
`occupation_reader_of` or `span_reader_of` and it is measured like the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple, Protocol, Self, runtime_checkable


class ReaderName(StrEnum):
    """Names of readers, as `--reader` takes them."""

    LABELS = "labels"  # the pipeline's own label matching, label search and title look-up
    CHAR_TFIDF = "char-tfidf"  # a baseline: character n-grams of all labels
    LINKER = "linker"  # trained on the taxonomy at import
    RANKER = "ranker"  # the trained ranker of occupations, as it ships; it has learnt from the files that its model card names
    TAUGHT = "taught"  # title vectors and a ranker that learnt the taxonomy's text and the bundled job titles, and folds
    TAGGER = "tagger"  # the trained tagger of spans, as it ships
    SENTENCES = "sentences"  # a sentence model of the installation, beside the linker
    VECTORS = "vectors"  # a baseline: the linker's vectors alone, ranked by the best label plus the preferred label


class SkillSpan(NamedTuple):
    """A span (half open, characters) that names a skill or knowledge."""

    start: int
    end: int
    kind: str  # skill, knowledge


class LinkExample(NamedTuple):
    """A text with the concepts it speaks of, to learn from."""

    text: str
    uris: tuple[str, ...]


class TitledText(NamedTuple):
    """What is known of an advertisement whose occupation is sought."""

    title: str | None
    text: str | None
    language: str | None


class OccupationCandidate(NamedTuple):
    """A possible occupation: a concept, an ISCO-08 code, or both."""

    uri: str | None
    isco: str | None


class SpanReader(Protocol):
    """Finds spans that name skills."""

    def read(self, postings: Sequence[Sequence[str]], *, language: str | None = None) -> Iterator[Sequence[Sequence[SkillSpan]]]:
        """Give the spans of each sentence of each posting, in order; offsets are those of the sentence."""
        ...


class Linker(Protocol):
    """Ranks the skills of a taxonomy for a name or a sentence."""

    def rank(self, texts: Sequence[str], *, language: str | None = None) -> Iterator[Sequence[str]]:
        """Give concept URIs for each text, best first."""
        ...


@runtime_checkable
class LearningLinker(Linker, Protocol):
    """A linker that learns from examples."""

    def learn(self, examples: Sequence[LinkExample]) -> Self:
        """Give a new linker that has learnt from these examples too."""
        ...


@runtime_checkable
class NamingLinker(Linker, Protocol):
    """A linker that ranks names otherwise than sentences."""

    def for_names(self) -> Linker:
        """Give the linker for names."""
        ...


class OccupationReader(Protocol):
    """Ranks occupations for advertisements."""

    def rank(self, advertisements: Sequence[TitledText]) -> Iterator[Sequence[OccupationCandidate]]:
        """Give candidates for each advertisement, best first."""
        ...


@runtime_checkable
class LearningOccupationReader(OccupationReader, Protocol):
    """An occupation reader that learns from examples."""

    def learn(self, examples: Sequence[tuple[TitledText, OccupationCandidate]]) -> Self:
        """Give a new reader that has learnt from these examples too."""
        ...
