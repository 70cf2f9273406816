"""Today's readers: the pipeline's label matcher, the taxonomy's label search and the title look-up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from nlp.evaluation.readers import OccupationCandidate, SkillSpan, TitledText
from nlp.label_matcher import LabelMatcher
from nlp.occupations.occupation_index import OccupationIndex
from nlp.occupations.title_cleaning import title_phrases
from taxonomies.model import ConceptType, SkillKind
from taxonomies.taxonomy import Taxonomy

_SEARCHED: Final = 20  # hits of the label search that follow the labels found in the text
_CANDIDATES: Final = 100
_TITLE_WORDS: Final = 8  # of an advertisement without title its first words stand for one
_KNOWLEDGE: Final = frozenset({SkillKind.KNOWLEDGE, SkillKind.TOOL, SkillKind.CERTIFICATE})


class LabelLinker:
    """Labels found in the text first (the surest, then the longest), then what the label search gives for the whole text."""

    def __init__(self, taxonomy: Taxonomy, matcher: LabelMatcher) -> None:
        self._taxonomy = taxonomy
        self._matcher = matcher

    def rank(self, texts: Sequence[str], *, language: str | None = None) -> Iterator[Sequence[str]]:
        """Give concept URIs for each text, best first."""
        for text in texts:
            found = sorted(self._matcher.match(text, language), key=lambda match: (-match.score, match.start - match.end, match.start))
            searched = self._taxonomy.search(text, types=(ConceptType.SKILL,), limit=_SEARCHED)
            yield list(dict.fromkeys([*(match.uri for match in found), *(hit.uri for hit in searched)]))


class LabelSpanReader:
    """Every label found in the text is a span; attitudes count as skills, tools and certificates as knowledge."""

    def __init__(self, matcher: LabelMatcher) -> None:
        self._matcher = matcher

    def read(self, postings: Sequence[Sequence[str]], *, language: str | None = None) -> Iterator[Sequence[Sequence[SkillSpan]]]:
        """Give the spans of each sentence of each posting, in order; sentences do not help each other."""
        for sentences in postings:
            yield [
                [
                    SkillSpan(match.start, match.end, "knowledge" if match.kind in _KNOWLEDGE else "skill")
                    for match in self._matcher.match(sentence, language)
                ]
                for sentence in sentences
            ]


class TitleOccupationReader:
    """The pipeline's look-up of titles, without its threshold: an answer is given however unsure it is."""

    def __init__(self, index: OccupationIndex) -> None:
        self._index = index

    def rank(self, advertisements: Sequence[TitledText]) -> Iterator[Sequence[OccupationCandidate]]:
        """Give candidates for each advertisement, best first."""
        for title, text, _ in advertisements:
            words = title or " ".join((text or "").split()[:_TITLE_WORDS])
            yield [OccupationCandidate(hit.uri, hit.isco) for hit in self._index.find(title_phrases(words), limit=_CANDIDATES)]
