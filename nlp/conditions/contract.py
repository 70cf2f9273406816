"""The kind of contract: permanent, temporary, internship, apprenticeship, self_employed."""

from __future__ import annotations

from typing import Final

from nlp.conditions.source import ConditionSource
from nlp.conditions.voted import of_field, of_text
from nlp.lexicon.cue_finder import CueKind
from vacancies.enriched import TextValue

_CODES: Final = {
    "CONTRACTOR": "self_employed",
    "TEMPORARY": "temporary",
    "INTERN": "internship",
    "PER_DIEM": "temporary",
    "PERMANENT": "permanent",
}


def read_contract(source: ConditionSource) -> TextValue | None:
    """The kind of contract offered; None where none, or several, are stated."""
    return of_field(source.posting, _CODES, CueKind.CONTRACT) or of_text(source, CueKind.CONTRACT)
