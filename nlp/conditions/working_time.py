"""Full time or part time."""

from __future__ import annotations

from typing import Final

from nlp.conditions.source import ConditionSource
from nlp.conditions.voted import of_field, of_text
from nlp.lexicon.cue_finder import CueKind
from vacancies.enriched import TextValue

_CODES: Final = {"FULL_TIME": "full_time", "PART_TIME": "part_time"}


def read_working_time(source: ConditionSource) -> TextValue | None:
    """Full time or part time; None where neither is stated."""
    return of_field(source.posting, _CODES, CueKind.WORKING_TIME) or of_text(source, CueKind.WORKING_TIME)
