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
from taxonomies.taxonomy import Taxonomy

_GROUPS: Final = 10
_TAUGHT: Final = 0.15  # what names in titles count beside a ranker that has learnt labelled titles
_NOT_TAUGHT: Final = 0.5


class RankedOccupationReader:
    """Unit groups by their probability, then occupations by theirs."""

    def __init__(self, index: OccupationIndex, ranker: OccupationRanker, *, names_count: float = _TAUGHT) -> None:
        self._chooser = OccupationChooser(index, ranker, names_count=names_count)

    @classmethod
    def shipped(cls, taxonomy: Taxonomy) -> RankedOccupationReader:
        """The ranker of this package; it has learnt from the labelled files its model card names, so do not measure on those."""
        return cls(OccupationIndex.build(taxonomy), bundled_ranker())

    def rank(self, advertisements: Sequence[TitledText]) -> Iterator[Sequence[OccupationCandidate]]:
        """Give candidates for each advertisement, best first: unit groups without an occupation, then occupations."""
        for title, text, _ in advertisements:
            asked = Titled(title, text)
            groups = [OccupationCandidate(None, choice.isco) for choice in self._chooser.choose(asked, limit=_GROUPS)]
            yield [*groups, *(OccupationCandidate(uri, isco) for uri, isco in self._chooser.ranked(asked))]


class TaughtOccupationReader(RankedOccupationReader):
    """A ranker that has learnt a taxonomy's own text and the bundled job titles alone, and can be taught labelled examples."""

    def __init__(self, index: OccupationIndex, base: OccupationRanker, ranker: OccupationRanker | None = None) -> None:
        super().__init__(index, ranker or base, names_count=_NOT_TAUGHT if ranker is None else _TAUGHT)
        self._index = index
        self._base = base

    @classmethod
    def of(cls, taxonomy: Taxonomy) -> TaughtOccupationReader:
        """Train on a taxonomy; takes some minutes."""
        return cls(OccupationIndex.build(taxonomy), ranker_of_names(taxonomy))

    def learn(self, examples: Sequence[tuple[TitledText, OccupationCandidate]]) -> TaughtOccupationReader:
        """Give a reader that has learnt from these examples after the taxonomy."""
        known = [
            Example(asked.title, asked.text, found.isco, found.uri)
            for asked, found in examples
            if found.isco is not None and len(found.isco) == 4
        ]
        return TaughtOccupationReader(self._index, self._base, ranker_of_advertisements(self._base, known))
