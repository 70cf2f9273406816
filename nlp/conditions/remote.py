"""Whether the work is done on site, remotely, or in a mix of both."""

from __future__ import annotations

from nlp.conditions.source import ConditionSource
from nlp.conditions.voted import of_text
from nlp.lexicon.cue_finder import CueKind
from vacancies.enriched import Evidence, TextValue


def read_remote(source: ConditionSource) -> TextValue | None:
    """The board's word for remote work, else the text's; "telecommute" with words for a mix in the text is hybrid."""
    by_text = of_text(source, CueKind.REMOTE)
    if source.posting is None or source.posting.telecommute is None:
        return by_text
    if not source.posting.telecommute:
        return by_text or TextValue(value="onsite", score=0.8, evidence=Evidence(field="telecommute", rule="board_field"))
    if by_text is not None and by_text.value == "hybrid":
        return by_text
    return TextValue(value="remote", evidence=Evidence(field="telecommute", rule="board_field"))
