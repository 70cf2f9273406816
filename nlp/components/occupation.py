"""`labourscope_occupation`: the occupation of a posting, from the code the board states and from its title."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlp.error import PartMissing
from nlp.extensions import register_extensions
from nlp.occupations.occupation_index import OccupationIndex
from nlp.occupations.title_cleaning import title_phrases
from vacancies.enriched import Evidence, OccupationReading
from vacancies.posting import Posting

_ISCO_SCHEMES: Final = {"isco-08", "isco08", "isco", "cz-isco", "czisco"}  # CZ-ISCO's first four digits are ISCO-08's
_ISCO: Final = re.compile(r"(?<!\d)(\d{4})\d?(?!\d)")
_BOARD_SCORE: Final = 0.95
_CACHE_LIMIT: Final = 50_000


class OccupationReader:
    """Sets `Doc._.occupations`, best first; none when neither code nor title tells with at least `threshold`."""

    def __init__(self, name: str, threshold: float, limit: int) -> None:
        self.name = name
        self.threshold = threshold
        self.limit = limit
        self.index: OccupationIndex | None = None
        self._known: dict[tuple[str, ...], tuple[OccupationReading, ...]] = {}

    def use(self, index: OccupationIndex) -> OccupationReader:
        """Look titles up in this index from now on."""
        self.index = index
        self._known.clear()
        return self

    def __call__(self, doc: Doc) -> Doc:
        """Read the occupations of a document's posting. Raises PartMissing without an index."""
        if self.index is None:
            raise PartMissing(f"{self.name} has no occupation names; call .use(OccupationIndex.build(taxonomy)) or from_disk first")
        if doc._.posting is not None:
            doc._.occupations = self._read(self.index, doc._.posting)
        return doc

    def _read(self, index: OccupationIndex, posting: Posting) -> tuple[OccupationReading, ...]:
        by_title = self._of_title(index, posting)
        stated = _stated_isco(posting)
        if not stated:
            return by_title
        agreeing = [reading.model_copy(update={"score": 1.0}) for reading in by_title if reading.isco in stated]
        from_board = Evidence(field="occupational_categories", rule="board_field")
        board = [
            OccupationReading(uri=None, isco=isco, score=_BOARD_SCORE, evidence=from_board)
            for isco in stated
            if not any(reading.isco == isco for reading in agreeing)
        ]
        others = [reading for reading in by_title if reading.isco not in stated]
        return tuple([*agreeing, *board, *others][: max(self.limit, len(agreeing) + len(board))])

    def _of_title(self, index: OccupationIndex, posting: Posting) -> tuple[OccupationReading, ...]:
        if not posting.title:
            return ()
        places = tuple(sorted({place.locality for place in posting.job_locations if place.locality}))
        key = (posting.title, posting.hiring_organization or "", *places)
        known = self._known.get(key)
        if known is None:
            phrases = title_phrases(posting.title, employer=posting.hiring_organization, places=places)
            hits = [hit for hit in index.find(phrases, limit=self.limit) if hit.score >= self.threshold]
            known = tuple(
                OccupationReading(uri=hit.uri, isco=hit.isco, score=hit.score, evidence=_title_evidence(posting.title, hit.rule))
                for hit in hits
            )
            if len(self._known) >= _CACHE_LIMIT:
                self._known.clear()
            self._known[key] = known
        return known

    def to_disk(self, path: Path | str, exclude: tuple[str, ...] = ()) -> None:
        """Save the index."""
        if self.index is not None:
            self.index.to_disk(Path(path))

    def from_disk(self, path: Path | str, exclude: tuple[str, ...] = ()) -> OccupationReader:
        """Load the index."""
        return self.use(OccupationIndex.from_disk(Path(path)))


def _title_evidence(title: str, rule: str) -> Evidence:
    return Evidence(field="title", start=0, end=len(title), rule=rule)


def _stated_isco(posting: Posting) -> list[str]:
    """ISCO-08 unit groups that the board states, each once."""
    found: dict[str, None] = {}
    for category in posting.occupational_categories:
        if category.scheme.lower() in _ISCO_SCHEMES and category.code and (match := _ISCO.search(category.code)):
            found.setdefault(match[1])
    return list(found)


@Language.factory("labourscope_occupation", assigns=["doc._.occupations"], default_config={"threshold": 0.55, "limit": 3})
def create_occupation_reader(nlp: Language, name: str, threshold: float, limit: int) -> OccupationReader:
    """Make the component, still without names."""
    register_extensions()
    return OccupationReader(name, threshold, limit)
