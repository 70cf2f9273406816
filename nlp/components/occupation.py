"""`labourscope_occupation`: the occupation of a posting, from the code the board states and from its title."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlp.error import PartMissing
from nlp.extensions import register_extensions
from nlp.occupations.chooser import OccupationChooser, Titled
from nlp.occupations.crosswalk import Crosswalk
from nlp.occupations.occupation_index import OccupationIndex
from nlp.occupations.storage import bundled_ranker
from vacancies.enriched import Evidence, OccupationReading
from vacancies.posting import Posting

_ISCO_SCHEMES: Final = {"isco-08", "isco08", "isco", "cz-isco", "czisco"}  # CZ-ISCO's first four digits are ISCO-08's
_NO_OCCUPATIONS: Final = {"board"}  # a board's own categories ("Engineering jobs") name no occupation
_ISCO: Final = re.compile(r"(?<!\d)(\d{4})\d?(?!\d)")
_BOARD_SCORE: Final = 0.95


class OccupationReader:
    """Sets `Doc._.occupations`, best first; none when neither code nor title and text tell with at least `threshold`."""

    def __init__(self, name: str, threshold: float, limit: int, ranker: bool) -> None:
        self.name = name
        self.threshold = threshold
        self.limit = limit
        self.has_ranker = ranker
        self.crosswalk: Crosswalk | None = None
        self._chooser: OccupationChooser | None = None

    def use(self, index: OccupationIndex, crosswalk: Crosswalk | None = None) -> OccupationReader:
        """Look titles up in this index from now on, and codes of boards in the crosswalk; the ranker is the package's own."""
        self._chooser = OccupationChooser(index, bundled_ranker() if self.has_ranker else None)
        self.crosswalk = crosswalk
        return self

    def __call__(self, doc: Doc) -> Doc:
        """Read the occupations of a document's posting. Raises PartMissing without an index."""
        if self._chooser is None:
            raise PartMissing(f"{self.name} has no occupation names; call .use(OccupationIndex.build(taxonomy)) or from_disk first")
        if doc._.posting is not None:
            doc._.occupations = self._read(self._chooser, doc._.posting)
        return doc

    def _read(self, chooser: OccupationChooser, posting: Posting) -> tuple[OccupationReading, ...]:
        by_text = self._of_text(chooser, posting)
        stated = _stated_isco(posting)
        if not stated:
            return by_text
        agreeing = [reading.model_copy(update={"score": 1.0}) for reading in by_text if reading.isco in stated]
        from_board = Evidence(field="occupational_categories", rule="board_field")
        board = [
            OccupationReading(uri=None, isco=isco, score=_BOARD_SCORE, evidence=from_board)
            for isco in stated
            if not any(reading.isco == isco for reading in agreeing)
        ]
        others = [reading for reading in by_text if reading.isco not in stated]
        return tuple([*agreeing, *board, *others][: max(self.limit, len(agreeing) + len(board))])

    def _of_text(self, chooser: OccupationChooser, posting: Posting) -> tuple[OccupationReading, ...]:
        places = tuple(sorted({place.locality for place in posting.job_locations if place.locality}))
        asked = Titled(posting.title, posting.description_text, posting.hiring_organization, places)
        stated = self._stated_otherwise(chooser, posting)
        choices = chooser.choose(asked, stated=stated, limit=self.limit, threshold=self.threshold)
        evidence = {rule: _evidence(rule, posting) for rule in dict.fromkeys(choice.rule for choice in choices)}
        return tuple(
            OccupationReading(uri=choice.uri, isco=choice.isco, score=min(choice.score, 1.0), evidence=evidence[choice.rule])
            for choice in choices
        )

    def _stated_otherwise(self, chooser: OccupationChooser, posting: Posting) -> dict[str, float]:
        """Unit groups by codes of other classifications and by occupation names of the board; evidence beside title and text."""
        found: dict[str, float] = {}
        for category in posting.occupational_categories:
            scheme = category.scheme.lower()
            if scheme in _ISCO_SCHEMES or scheme in _NO_OCCUPATIONS:
                continue
            groups = {} if self.crosswalk is None else self.crosswalk.groups(category.scheme, category.code, category.label)
            if not groups and category.label:
                groups = chooser.likely(category.label)
            for isco, share in groups.items():
                found[isco] = max(found.get(isco, 0.0), share)
        return found

    def to_disk(self, path: Path | str, exclude: tuple[str, ...] = ()) -> None:
        """Save the names; the ranker comes with the package, a crosswalk is given again."""
        if self._chooser is not None:
            self._chooser.index.to_disk(Path(path))

    def from_disk(self, path: Path | str, exclude: tuple[str, ...] = ()) -> OccupationReader:
        """Load the names."""
        return self.use(OccupationIndex.from_disk(Path(path)))


def _evidence(rule: str, posting: Posting) -> Evidence:
    if posting.title:
        return Evidence(field="title", start=0, end=len(posting.title), rule=rule)
    return Evidence(field="description_text", rule=rule)


def _stated_isco(posting: Posting) -> list[str]:
    """ISCO-08 unit groups that the board states, each once."""
    found: dict[str, None] = {}
    for category in posting.occupational_categories:
        if category.scheme.lower() in _ISCO_SCHEMES and category.code and (match := _ISCO.search(category.code)):
            found.setdefault(match[1])
    return list(found)


@Language.factory("labourscope_occupation", assigns=["doc._.occupations"], default_config={"threshold": 0.1, "limit": 5, "ranker": True})
def create_occupation_reader(nlp: Language, name: str, threshold: float, limit: int, ranker: bool) -> OccupationReader:
    """Make the component. Without `ranker` only names in titles count (their scores are no probabilities: take 0.55 as threshold)."""
    register_extensions()
    return OccupationReader(name, threshold, limit, ranker)
