"""Coded conditions by the lexicons' words: the board's field first, then the title, then the statement made most often in the text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from nlp.advertisement import Advertisement
from nlp.conditions.source import ConditionSource
from nlp.lexicon.cue_finder import Cue, CueKind
from vacancies.enriched import Evidence, TextValue, Zone
from vacancies.posting import Posting

_TEXT_SCORES: Final = {True: 0.85, False: 0.7}  # in a zone that speaks of conditions, elsewhere
_DENIED_BEFORE: Final = re.compile(r"\b(?:kein|keine|keinen|no|not|non|pas de|geen|sin|bez|ingen|inget|inte|brak)\s+\W?$", re.IGNORECASE)
_DENIED_AFTER: Final = re.compile(
    r"\W{0,3}(?:\w+\W{1,2}){0,2}(?:nicht|not|pas|niet|inte|nie|není|impossible|no es posible|ausgeschlossen)\b", re.IGNORECASE
)


def of_field(posting: Posting | None, codes: Mapping[str, str], kind: CueKind) -> TextValue | None:
    """The value of the board's employment types (schema.org words, or the board's own); None when they name none or several."""
    if posting is None:
        return None
    values: dict[str, None] = {}
    for word in posting.employment_type:
        code = codes.get(word.strip().upper().replace("-", "_").replace(" ", "_"))
        for value in [code] if code else [cue.value for cue in _cues_in_field(word, posting.language) if cue.kind is kind]:
            values.setdefault(value)
    if len(values) == 1:
        return TextValue(value=next(iter(values)), evidence=Evidence(field="employment_type", rule="board_field"))
    if not values and posting.work_hours:
        named = {cue.value for cue in _cues_in_field(posting.work_hours, posting.language) if cue.kind is kind}
        if len(named) == 1:
            return TextValue(value=named.pop(), score=0.9, evidence=Evidence(field="work_hours", rule="board_field"))
    return None


def _cues_in_field(words: str, language: str | None) -> list[Cue]:
    return Advertisement(words, (), (language or "en")[:2]).cues if words else []


def of_text(source: ConditionSource, kind: CueKind) -> TextValue | None:
    """Of several different statements in the text the one most often made, those in the offer twice; None where a tie leaves it open."""
    in_title = {cue.value: cue for cue in source.title.cues_of(kind)}
    if len(in_title) == 1:
        cue = next(iter(in_title.values()))
        evidence = Evidence(field="title", start=cue.start, end=cue.end, rule=f"cue:{cue.language}")
        return TextValue(value=cue.value, score=0.85, evidence=evidence)
    votes: dict[str, int] = {}
    first: dict[str, tuple[bool, Cue]] = {}
    for cue in source.ad.cues_of(kind):
        if kind is CueKind.REMOTE and _is_denied(source.ad.text, cue):
            continue
        zone = source.zone_at(cue.start)
        if zone is Zone.OTHER or (zone is Zone.REQUIREMENTS and kind is CueKind.CONTRACT):
            continue  # "internship experience" is no offer of one
        if cue.value == "apprenticeship":
            continue  # "our apprentices": only a title or the board's field offers one
        is_offer = zone is Zone.OFFER
        votes[cue.value] = votes.get(cue.value, 0) + (2 if is_offer else 1)
        if cue.value not in first or (is_offer and not first[cue.value][0]):
            first[cue.value] = (is_offer, cue)
    ranked = sorted(votes.items(), key=lambda item: -item[1])
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return None
    is_offer, cue = first[ranked[0][0]]
    score = _TEXT_SCORES[is_offer] - (0.15 if len(ranked) > 1 else 0.0)
    return TextValue(value=cue.value, score=round(score, 3), evidence=Evidence(start=cue.start, end=cue.end, rule=f"cue:{cue.language}"))


def _is_denied(text: str, cue: Cue) -> bool:
    """Whether the words around a cue say that it is not so: "Home-Office nicht möglich", "no remote work"."""
    before, after = text[max(cue.start - 16, 0) : cue.start], text[cue.end : cue.end + 24]
    return _DENIED_BEFORE.search(before) is not None or _DENIED_AFTER.match(after) is not None
