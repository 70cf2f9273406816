"""Education asked for: the lowest level accepted, in the words of each country's schools."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from nlp.conditions.education_context import COMPARABLE, DEMAND, ELSEWHERE, FIELD_ONLY, NO_MATTER, NO_MATTER_STEMS
from nlp.conditions.education_rule import Rule
from nlp.conditions.education_words import rules_for
from nlp.conditions.source import ConditionSource
from nlp.conditions.stated import STATUS_RANK, status_of, text_evidence
from nlp.stems import Stems
from vacancies.enriched import EducationReading, SkillStatus, Zone

_NOT_ZONES: Final = (Zone.EMPLOYER, Zone.OFFER)
_BEFORE: Final = 40  # characters that may tell that words speak of something else
_AFTER: Final = 30


_BRACKETED: Final = 60  # characters from a general name to the brackets that narrow it
_OPEN_BRACKET: Final = re.compile(r"^[^();.]*\((?:min\.? |mindestens |idealerweise )?$")
# "Ausbildung" as the label of what follows: "Ausbildung Ingenieurwissenschaftliches Studium", "Ausbildung: Studium der ...".
_LABEL: Final = re.compile(
    r"ausbildung:?\s(?!(?:als|im|in|zu[mr]?|oder|und|mit|bzw|sowie|der|des|an)(?!\w))(?=[^.;()]{0,60}(?:studium|bachelor|master|hochschul))"
)


class _Finder(NamedTuple):
    stems: Stems
    rules: tuple[tuple[Rule, ...], ...]  # of each stem


class _Named(NamedTuple):
    level: int
    start: int
    end: int


@lru_cache(maxsize=16)
def _finder(language: str) -> _Finder:
    by_stem: dict[str, list[Rule]] = {}
    for rule in rules_for(language):
        for stem in rule.stems:
            by_stem.setdefault(stem, []).append(rule)
    return _Finder(Stems(by_stem), tuple(map(tuple, by_stem.values())))


def read_education(source: ConditionSource) -> EducationReading | None:
    """The lowest level among those required, else among those preferred; None as level where only a field of study is named.

    Schools as places of work, training that is offered, and other people's degrees are none.
    """
    readings: list[EducationReading] = []
    for named in _narrowed(source, list(_named(source))):
        status = status_of(source, named.start, named.end)
        level = None if status is SkillStatus.NEGATED else named.level
        readings.append(
            EducationReading(isced=level, status=status, score=0.9, evidence=text_evidence(named.start, named.end, "education:level"))
        )
    if readings:
        return min(readings, key=lambda each: (STATUS_RANK[each.status], 9 if each.isced is None else each.isced))
    return _without_level(source)


def _narrowed(source: ConditionSource, every: list[_Named]) -> Iterator[_Named]:
    """The levels without those that brackets right behind narrow to higher ones: "Studium der Informatik (Master oder Diplom)"."""
    for index, named in enumerate(every):
        behind = every[index + 1] if index + 1 < len(every) else None
        if behind is not None and named.level < behind.level and behind.start - named.end < _BRACKETED:
            is_narrowed = _OPEN_BRACKET.match(source.folded[named.end : behind.start]) is not None
            if is_narrowed and status_of(source, named.start, named.end) is status_of(source, behind.start, behind.end):
                continue
        yield named


def _named(source: ConditionSource) -> Iterator[_Named]:
    """The levels named as something to bring, by start, none inside another."""
    folded = source.folded
    done = 0
    for start, named in _candidates(source):
        if start < done:
            continue
        done = named.end
        if source.zone_at(start) in _NOT_ZONES and not _is_certain(source, named):
            continue
        begin, stop = source.ad.item_at(start)
        before, behind = folded[max(begin, start - _BEFORE) : start], folded[named.end : min(stop, named.end + _AFTER)]
        if ELSEWHERE.before.search(before) or ELSEWHERE.behind.match(behind):
            continue
        if folded.startswith("ausbildung", start) and (COMPARABLE.search(before) or _is_label(folded, start, before)):
            continue
        yield named


def _is_label(folded: str, start: int, before: str) -> bool:
    """Whether "Ausbildung" at `start` is only the label of the level behind it."""
    return (not before.strip() or before.rstrip()[-1] in ".:;)") and _LABEL.match(folded, start) is not None


def _candidates(source: ConditionSource) -> list[tuple[int, _Named]]:
    """All matches; of several at one place the lowest level."""
    text, folded, finder = source.ad.text, source.folded, _finder(source.language)
    best: dict[int, _Named] = {}
    for start, _, index in source.ad.scan.numbered(finder.stems):
        for rule in finder.rules[index]:
            if rule.is_capital and not text[start].isupper():
                continue
            match = rule.pattern.match(folded, start)
            if match is not None and rule.level is not None and (start not in best or rule.level < best[start].level):
                best[start] = _Named(rule.level, start, match.end())
    return sorted(best.items())


def _is_certain(source: ConditionSource, named: _Named) -> bool:
    """Whether a demand is told by the words themselves, outside the part of the text that asks for things."""
    begin, stop = source.ad.item_at(named.start)
    return DEMAND.search(source.folded, max(begin, named.start - _BEFORE), min(stop, named.end + _AFTER)) is not None


def _without_level(source: ConditionSource) -> EducationReading | None:
    for begin, stop in source.ad.scan.windows(NO_MATTER_STEMS, 40, 40):
        if no_matter := source.ad.scan.search(NO_MATTER, begin, stop):
            evidence = text_evidence(*no_matter.span(), "education:none_needed")
            return EducationReading(isced=None, status=SkillStatus.NEGATED, score=0.9, evidence=evidence)
    for zone in source.zones:
        if zone.zone is Zone.REQUIREMENTS and (match := source.ad.scan.search(FIELD_ONLY, zone.start, zone.end)):
            status = status_of(source, *match.span())
            return EducationReading(isced=None, status=status, score=0.6, evidence=text_evidence(*match.span(), "education:field"))
    return None
