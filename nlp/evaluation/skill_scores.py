"""Scores of one advertisement's skills: spans by half-overlap, strictly, and together with their status."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from nlp.evaluation.gold import GoldSkill
from nlp.evaluation.span_matching import Span, match_spans
from vacancies.enriched import SkillMention, SkillStatus

Row = tuple[int, int, int]  # right, read, labelled


class SkillScores(NamedTuple):
    """One advertisement's skills, labelled and read, and which of them were paired."""

    half: Row
    strict: Row
    joint: Row
    pairs: tuple[tuple[int, int], ...]  # positions in the labelled skills and in `read`
    gold_spans: tuple[Span, ...]
    gold_statuses: tuple[SkillStatus, ...]
    kinds: tuple[str, ...]
    read: tuple[tuple[Span, SkillStatus], ...]


def score_skills(gold: Sequence[GoldSkill], mentions: Sequence[SkillMention]) -> SkillScores:
    """Compare labelled skills with the mentions in the text (not those of title or board fields); mentions of one span count once."""
    read: dict[Span, SkillStatus] = {}
    for mention in mentions:
        if mention.field == "description_text":
            read.setdefault((mention.start, mention.end), mention.status)
    spans = [skill.span for skill in gold]
    found = list(read)
    pairs = match_spans(spans, found)
    totals = len(found), len(gold)
    return SkillScores(
        half=(len(pairs), *totals),
        strict=(len(match_spans(spans, found, least=1.0)), *totals),
        joint=(sum(gold[at].status is read[found[other]] for at, other in pairs), *totals),
        pairs=tuple(pairs),
        gold_spans=tuple(spans),
        gold_statuses=tuple(skill.status for skill in gold),
        kinds=tuple(skill.kind for skill in gold),
        read=tuple(read.items()),
    )
