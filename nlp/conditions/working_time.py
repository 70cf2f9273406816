"""Full time or part time: by words, else by the percentage or the weekly hours."""

from __future__ import annotations

import re
from typing import Final

from nlp.advertisement import Advertisement
from nlp.conditions.hours import PART_TIME_HOURS, part_time_limit, read_hours_per_week
from nlp.conditions.source import ConditionSource
from nlp.conditions.statements import Statement, in_text, in_title, of_field
from nlp.conditions.working_time_words import LATER, OTHERS_AFTER, OTHERS_BEFORE, PEOPLE_BEFORE, STUDY_AFTER, STUDY_BEFORE
from nlp.conditions.workload import read_workload_percent
from nlp.lexicon.cue_finder import CueKind
from vacancies.enriched import FULL_OR_PART_TIME, Evidence, RangeValue, TextValue, Zone

_CODES: Final = {"FULL_TIME": "full_time", "PART_TIME": "part_time"}
_WEIGHTS: Final = {Zone.OFFER: 2, Zone.OTHER: 0}
_NEAR: Final = 120  # characters between two statements that belong together
# "4 hodinové směny", "3-5 Stunden täglich", "4 hours a day".
_HOURS_A_DAY: Final = re.compile(
    r"(?<![0-9.,:])[2-5](?:\s{0,3}(?:to|bis|a|az|tot|till|do|/)?\s{0,3}[2-6])?\s?"
    r"(?:(?:hodin\w*|hod\.?|godz\w*\.?|std\.?|stunden|hours?|uur|heures|horas|timmar|h)\s?(?:denne|dziennie|/ ?den\b|/ ?dzien\b|täglich"
    r"|am tag|pro tag|/ ?tag\b|(?:per|a) day\b|/ ?day\b|per dag|par jour|/ ?jour\b|al dia|diarias|om dagen|/ ?dag\b)"
    r"|hodinov\w+ smen\w*|stündige schicht\w*|godzinn\w+ zmian\w*|hour shifts?\b)"
)
_WITHIN: Final = re.compile(
    r"\b(?:within|first|training|schulung|pause|break|travel|anfahrt|dojazd|do|innerhalb|in"
    r"|powyzej|ponad|ponizej|over|more than|mehr als|komputer\w*|monitor\w*|ekran\w*)\s$"
)
_READ_CHARACTERS: Final = 100_000


def read_working_time(source: ConditionSource) -> TextValue | None:
    """Full time, part time or either (`FULL_OR_PART_TIME`); None where nothing is stated."""
    stated = of_field(source.posting, _CODES, CueKind.WORKING_TIME)
    if stated:
        return stated[0] if len(stated) == 1 else stated[0].model_copy(update={"value": FULL_OR_PART_TIME})
    return (
        _of_words(source)
        or _of_percentage(read_workload_percent(source))
        or _of_hours(read_hours_per_week(source))
        or _of_limit(part_time_limit(source))
        or _of_hours_a_day(source.ad)
    )


def _of_words(source: ConditionSource) -> TextValue | None:
    statements = in_title(source, CueKind.WORKING_TIME) or [
        statement
        for statement in in_text(source, CueKind.WORKING_TIME, _WEIGHTS)
        if not _is_of_others(statement, source.ad.folded) and not _is_of_study(statement, source.ad.folded)
    ]
    if not statements:
        return None
    first = max(statements, key=lambda statement: statement.weight)
    score = 0.85 if first.weight > 1 else 0.7
    if any(_is_other(first, statement) for statement in statements):
        first = first._replace(value=FULL_OR_PART_TIME)
    return first.as_value(score)


def _is_of_others(statement: Statement, folded: str) -> bool:
    """Whether the words speak of other people's working time, or of a job that may follow this one."""
    before = folded[max(0, statement.start - 60) : statement.start]
    if statement.value == "full_time" and LATER.search(before):
        return True
    if after := OTHERS_AFTER.match(folded, statement.end):
        return after["verb"] is not None or OTHERS_BEFORE.search(before) is not None
    return PEOPLE_BEFORE.search(before) is not None


def _is_of_study(statement: Statement, folded: str) -> bool:
    """Whether a course of study is full or part time, not the job."""
    if STUDY_AFTER.match(folded, statement.end):
        return True
    return STUDY_BEFORE.search(folded, max(0, statement.start - 40), statement.start) is not None


def _is_other(first: Statement, statement: Statement) -> bool:
    return statement.value != first.value and abs(statement.start - first.start) <= _NEAR


def _of_percentage(workload: RangeValue | None) -> TextValue | None:
    if workload is None:
        return None
    value = "part_time" if workload.max_value < 100 else "full_time" if workload.min_value == 100 else FULL_OR_PART_TIME
    return TextValue(value=value, score=workload.score, evidence=workload.evidence)


def _of_hours_a_day(ad: Advertisement) -> TextValue | None:
    for match in ad.scan.numbers(_HOURS_A_DAY, stop=_READ_CHARACTERS):
        if not _WITHIN.search(ad.folded, max(0, match.start() - 16), match.start()):
            return TextValue(value="part_time", score=0.6, evidence=Evidence(start=match.start(), end=match.end(), rule="hours_a_day"))
    return None


def _of_limit(span: tuple[int, int] | None) -> TextValue | None:
    if span is None:
        return None
    return TextValue(value="part_time", score=0.7, evidence=Evidence(start=span[0], end=span[1], rule="hours_at_most"))


def _of_hours(hours: RangeValue | None) -> TextValue | None:
    if hours is None or hours.max_value > PART_TIME_HOURS:
        return None
    return TextValue(value="part_time", score=hours.score, evidence=hours.evidence)
