"""Readers of occupations for measuring: the trained ranker with the names of a taxonomy, as shipped or learning from folds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from nlp.evaluation.readers import OccupationCandidate, TitledText
from nlp.occupations.chooser import OccupationChooser, Titled
from nlp.occupations.curriculum import ranker_of_advertisements, ranker_of_names
from nlp.occupations.examples import Example
from nlp.occupations.occupation_index import OccupationIndex
from nlp.occupations.ranker import OccupationRanker
from nlp.occupations.storage import bundled_ranker
from nlp.occupations.title_vectors import TitleVectors, kept_title_vectors
from taxonomies.taxonomy import Taxonomy

_GROUPS: Final = 10
_RANKER_NOT_TAUGHT: Final = 0.5  # what the logarithms of a ranker that has learnt no labelled titles count beside title vectors


class RankedOccupationReader:
    """Unit groups by their probability, then occupations by theirs."""

    def __init__(self, chooser: OccupationChooser) -> None:
        self._chooser = chooser

    @classmethod
    def shipped(cls, taxonomy: Taxonomy) -> RankedOccupationReader:
        """The ranker of this package; it has learnt from the labelled files its model card names, so do not measure on those."""
        return cls(OccupationChooser(OccupationIndex.build(taxonomy), bundled_ranker()))

    def rank(self, advertisements: Sequence[TitledText]) -> Iterator[Sequence[OccupationCandidate]]:
        """Give candidates for each advertisement, best first: unit groups without an occupation, then occupations."""
        for title, text, language in advertisements:
            asked = Titled(title, text, language=language)
            groups = [OccupationCandidate(None, choice.isco) for choice in self._chooser.choose(asked, limit=_GROUPS)]
            yield [*groups, *(OccupationCandidate(uri, isco) for uri, isco in self._chooser.ranked(asked))]


class TaughtOccupationReader(RankedOccupationReader):
    """Title vectors and a ranker that have learnt a taxonomy's own text and the bundled job titles alone; the ranker can be taught more."""

    def __init__(self, index: OccupationIndex, base: OccupationRanker, vectors: TitleVectors) -> None:
        super().__init__(OccupationChooser(index, base, vectors=vectors, names_count=0, ranker_count=_RANKER_NOT_TAUGHT))
        self._index = index
        self._base = base

    @classmethod
    def of(cls, taxonomy: Taxonomy) -> TaughtOccupationReader:
        """Train on a taxonomy; takes some minutes. Raises NothingToLink for one with fewer than two named occupations."""
        return cls(OccupationIndex.build(taxonomy), ranker_of_names(taxonomy), kept_title_vectors(taxonomy))

    def learn(self, examples: Sequence[tuple[TitledText, OccupationCandidate]]) -> RankedOccupationReader:
        """Give a reader that has learnt from these examples after the taxonomy.

        Title vectors play no part in it: beside a ranker that has learnt titles they make the order worse.
        """
        known = [
            Example(asked.title, asked.text, found.isco, found.uri)
            for asked, found in examples
            if found.isco is not None and len(found.isco) == 4
        ]
        ranker = ranker_of_advertisements(self._base, known)
        return RankedOccupationReader(OccupationChooser(self._index, ranker))
