"""How senior the person sought is: entry, junior, mid, senior, lead or executive."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice, pairwise
from typing import Final, NamedTuple

from nlp.conditions.source import ConditionSource
from nlp.conditions.word_tables import any_of, load_tables
from nlp.stems import Stems
from vacancies.enriched import Evidence, TextValue

LEVELS: Final = ("entry", "junior", "mid", "senior", "lead", "executive")  # lowest first

_REACH: Final = 45  # characters from a label, or a word of seeking, to the level
_TRIES: Final = 25
_WORD: Final = r"(?<![\w'])(?:"
_END: Final = r")(?![\w'])"
_CHOICE: Final = re.compile(
    r"(?:[/|,(]|\s[-–]\s|(?<!\w)(?:or|oder|ou|of|o|eller|lub|nebo|bis|to|till|und|and|y|et|en|och|i|a|tot"
    r"|do)(?!\w))\s*(?:[^\W\d]+[ /]+){0,2}$"
)
_NOT_THIS_PERSON: Final = re.compile(
    r"\s(?:management|leadership|stakeholders?|colleagues?|citizens?|living|leaders?\b(?! \()|executives?|members|team members"
    r"|managers\b|directors|people|secondary|high|school|care\b)"
)


class _Level(NamedTuple):
    level: str
    start: int
    end: int


@cache
def _title_pattern() -> re.Pattern[str]:
    return re.compile(f"{_WORD}{_but()}|{_named('title')}{_END}")


@cache
def _text_pattern() -> re.Pattern[str]:
    """Statements that need nothing else, then levels that count behind a label or a word of seeking."""
    return re.compile(f"{_WORD}{_but()}|{_named('sure_text', 'sure_')}|{_named('text')}{_END}")


@cache
def _text_stems() -> Stems:
    return Stems(f"*{stem}" for stem in load_tables("seniority")["text_stems"]["all"])


def _named(table: str, prefix: str = "") -> str:
    """A group for each level of a table."""
    levels = load_tables("seniority")[table]
    return "|".join(f"(?P<{prefix}{level}>{any_of(levels, (level,))})" for level in levels)


def _but() -> str:
    """A group for what only looks like a level."""
    return f"(?P<none>{any_of(load_tables('seniority')['not_in_title'], ('all',))})"


@cache
def _lead_pattern() -> re.Pattern[str]:
    """What must stand before a level in a text."""
    lead = load_tables("seniority")["lead"]
    label, seeking = any_of(lead, ("label",)), any_of(lead, ("seeking",))
    return re.compile(rf"(?<!\w)(?:(?P<label>{label})\s?:?\s?(?:[^\W\d]+\s){{0,3}}|(?:{seeking})\s(?:[^.!?:;\n]{{0,32}}\s)?)(?:\W{{0,2}})$")


def read_seniority(source: ConditionSource) -> TextValue | None:
    """The level that the title states, else the text; of alternatives ("Junior/Senior") the lowest, of "Senior Team Lead" the highest."""
    return _in_title(source) or _in_text(source)


def _in_title(source: ConditionSource) -> TextValue | None:
    folded = source.title.folded
    found = [_level(match) for match in source.title.scan.finditer(_title_pattern()) if match.lastgroup != "none"]
    if not found:
        return None
    chosen = found[0]
    for before, level in pairwise(found):
        is_choice = _CHOICE.search(folded[before.end : level.start]) is not None
        is_higher = LEVELS.index(level.level) > LEVELS.index(chosen.level)
        if is_higher is not is_choice:
            chosen = level
    evidence = Evidence(field="title", start=chosen.start, end=chosen.end, rule="words")
    return TextValue(value=chosen.level, score=0.9 if len(found) == 1 else 0.75, evidence=evidence)


def _level(match: re.Match[str]) -> _Level:
    return _Level((match.lastgroup or "").removeprefix("sure_"), match.start(), match.end())


def _in_text(source: ConditionSource) -> TextValue | None:
    folded = source.ad.folded
    if not source.ad.scan.has(_text_stems()):
        return None
    matches = (match for match in source.ad.scan.finditer(_text_pattern()) if match.lastgroup != "none")
    for match in islice(matches, _TRIES):
        score = 0.75 if str(match.lastgroup).startswith("sure_") else _score_by_lead(folded, match)
        if score:
            found = _level(match)
            return TextValue(value=found.level, score=score, evidence=Evidence(start=found.start, end=found.end, rule="words"))
    return None


def _score_by_lead(folded: str, match: re.Match[str]) -> float:
    """How sure a level in running text is that of the person sought; 0 where nothing says so."""
    if _NOT_THIS_PERSON.match(folded, match.end()):
        return 0.0
    lead = _lead_pattern().search(folded[max(match.start() - _REACH, 0) : match.start()])
    return 0.0 if lead is None else 0.8 if lead["label"] else 0.65
