"""`labourscope_conditions`: contract, working time, remote work and salary, from the board's fields, else from words in the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc

from nlp.advertisement import Advertisement, advertisement
from nlp.extensions import register_extensions
from nlp.lexicon.cue_finder import Cue, CueKind
from nlp.salary import read_salary
from vacancies.enriched import Evidence, TextValue, Zone, ZoneSpan
from vacancies.posting import Posting

_CONTRACTS: Final = {
    "CONTRACTOR": "self_employed",
    "TEMPORARY": "temporary",
    "INTERN": "internship",
    "PER_DIEM": "temporary",
    "PERMANENT": "permanent",
}
_WORKING_TIMES: Final = {"FULL_TIME": "full_time", "PART_TIME": "part_time"}
_TEXT_SCORES: Final = {True: 0.85, False: 0.7}  # in a zone that speaks of conditions, elsewhere

_DENIED_BEFORE: Final = re.compile(r"\b(?:kein|keine|keinen|no|not|non|pas de|geen|sin|bez|ingen|inget|inte|brak)\s+\W?$", re.IGNORECASE)
_DENIED_AFTER: Final = re.compile(
    r"\W{0,3}(?:\w+\W{1,2}){0,2}(?:nicht|not|pas|niet|inte|nie|není|impossible|no es posible|ausgeschlossen)\b", re.IGNORECASE
)


class ConditionReader:
    """Sets `Doc._.contract`, `Doc._.working_time`, `Doc._.remote` and `Doc._.salary`; None where nothing is stated.

    Of several different statements in the text the one most often made counts, those in the offer twice; a tie leaves it open.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, doc: Doc) -> Doc:
        """Read the conditions of a document."""
        posting: Posting | None = doc._.posting
        ad = advertisement(doc)
        zones: tuple[ZoneSpan, ...] = doc._.zones
        title = Advertisement("" if posting is None else posting.title or "", (), ad.language)
        doc._.contract = _coded(posting, _CONTRACTS, CueKind.CONTRACT) or _of_text(title, ad, zones, CueKind.CONTRACT)
        doc._.working_time = _coded(posting, _WORKING_TIMES, CueKind.WORKING_TIME) or _of_text(title, ad, zones, CueKind.WORKING_TIME)
        doc._.remote = _remote(posting, _of_text(title, ad, zones, CueKind.REMOTE))
        doc._.salary = None if posting is None else read_salary(posting.base_salary)
        return doc


def _coded(posting: Posting | None, codes: dict[str, str], kind: CueKind) -> TextValue | None:
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


def _of_text(title: Advertisement, ad: Advertisement, zones: tuple[ZoneSpan, ...], kind: CueKind) -> TextValue | None:
    in_title = {cue.value: cue for cue in title.cues_of(kind)}
    if len(in_title) == 1:
        cue = next(iter(in_title.values()))
        evidence = Evidence(field="title", start=cue.start, end=cue.end, rule=f"cue:{cue.language}")
        return TextValue(value=cue.value, score=0.85, evidence=evidence)
    cues = ad.cues_of(kind)
    if not cues:
        return None
    votes: dict[str, int] = {}
    first: dict[str, tuple[bool, Cue]] = {}
    for cue in cues:
        if kind is CueKind.REMOTE and _is_denied(ad.text, cue):
            continue
        zone = _zone_at(zones, cue.start)
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


def _remote(posting: Posting | None, by_text: TextValue | None) -> TextValue | None:
    """The board's word for remote work; "telecommute" with words for a mix in the text is hybrid."""
    if posting is None or posting.telecommute is None:
        return by_text
    if not posting.telecommute:
        return by_text or TextValue(value="onsite", score=0.8, evidence=Evidence(field="telecommute", rule="board_field"))
    if by_text is not None and by_text.value == "hybrid":
        return by_text
    return TextValue(value="remote", evidence=Evidence(field="telecommute", rule="board_field"))


def _zone_at(zones: tuple[ZoneSpan, ...], position: int) -> Zone | None:
    at = bisect_right(zones, position, key=lambda zone: zone.start) - 1
    return zones[at].zone if at >= 0 else None


@Language.factory("labourscope_conditions", assigns=["doc._.contract", "doc._.working_time", "doc._.remote", "doc._.salary"])
def create_condition_reader(nlp: Language, name: str) -> ConditionReader:
    """Make the component."""
    register_extensions()
    return ConditionReader(name)
