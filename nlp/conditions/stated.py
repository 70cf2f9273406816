"""How a condition is stated: its status by the cues around it, and which of several statements of one thing counts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from nlp.components.status import verdict_of
from nlp.conditions.source import ConditionSource
from vacancies.enriched import Evidence, SkillStatus, Zone

STATUS_RANK: Final = {SkillStatus.REQUIRED: 0, SkillStatus.PREFERRED: 1, SkillStatus.NEGATED: 2}


def status_of(source: ConditionSource, start: int, end: int) -> SkillStatus:
    """Required, preferred or negated, by the cues around the words at [start, end): what a person brings is asked for in any zone."""
    return verdict_of(source.ad, start, end, Zone.REQUIREMENTS, is_soft=source.is_soft(start)).status


def text_evidence(start: int, end: int, rule: str) -> Evidence:
    """Evidence in the text."""
    return Evidence(start=start, end=end, rule=rule)


def has_any(folded: str, triggers: Iterable[str]) -> bool:
    """Whether one of some strings occurs: the cheap test before any pattern is searched."""
    return any(trigger in folded for trigger in triggers)
