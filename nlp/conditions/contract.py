"""The kind of contract: permanent, temporary, internship, apprenticeship, self_employed."""

from __future__ import annotations

import re
from typing import Final

from nlp.conditions.duration import find_duration
from nlp.conditions.source import ConditionSource
from nlp.conditions.statements import Statement, in_text, in_title, most_stated, of_field, without_alternatives
from nlp.lexicon.cue_finder import CueKind
from vacancies.enriched import Evidence, TextValue, Zone

_CODES: Final = {
    "CONTRACTOR": "self_employed",
    "TEMPORARY": "temporary",
    "INTERN": "internship",
    "PER_DIEM": "temporary",
    "PERMANENT": "permanent",
}
_EXPERIENCE: Final = re.compile(
    r"\b(?:erfahrung\w*|experience\w*|ervaring\w*|experiencia\w*|erfarenhet\w*|doswiadczen\w*|zkusenost\w*|praxis|z\.\s?b\.|e\.g\."
    r"|for example|par exemple|bijvoorbeeld|np\.|t\.ex\.)[^.\n]*$"
)
_OTHERS: Final = re.compile(
    r"\b(?:train(?:s|ing)?|manag\w+|mentor\w*|supervis\w+|coach\w*|lead(?:s|ing)?|relevant|prior|previous|past|other|fellow|betreu\w*"
    r"|anleit\w*|begeleid\w*|encadr\w*)"
    r"(?: \w+){0,2} $"
)
_OR_EMPLOYED: Final = re.compile(
    r"(?:umow\w* o prace|\buop\b|\bhpp\b|pracovni pomer|employment contract|festanstellung|anstellung"
    r"|contrato laboral)[^.\n]{0,40}(?:\b(?:lub|albo|badz|czy|nebo|oder|or|ou|of|o)\b|/)[^.\n]{0,32}$"
)
_ADJECTIVES: Final = frozenset(("permanent", "temporary", "seasonal", "tijdelijk", "tijdelijke", "temporal", "temporär"))
_OTHER_NOUN: Final = re.compile(
    r" (?!(?:full|part|contract|position|role|job|vacan|opportunit|basis|employ|post|day|night|nurs|and|or|with|in|at|to|for|from|on|as"
    r"|work|assign|cover|hire|staff|term|career|start|based|maternity|con|para|por|a|en|y|o|de|contrat|puesto|baan|functie"
    r"|aanstelling|dienstverband|medewerker|voor|met|of|bij|try|und|oder|mit|vom|ab|anstell|bis)\w*\b)[a-z]{3,}"
)
_WEIGHTS: Final = {Zone.OFFER: 2}


def read_contract(source: ConditionSource) -> TextValue | None:
    """The kind of contract offered; None where none, or several as alternatives, are stated.

    The board's field goes first, then the title, then what the text states most often, then a duration ("Contract: 6 months").
    """
    stated = of_field(source.posting, _CODES, CueKind.CONTRACT)
    if stated:
        return stated[0] if len(stated) == 1 else None
    titled = without_alternatives(in_title(source, CueKind.CONTRACT), source.title.folded)
    if len({statement.value for statement in titled}) == 1:
        return titled[0].as_value(0.85)
    said = in_text(source, CueKind.CONTRACT, _WEIGHTS)
    said = [statement for statement in said if not _is_background(statement, source.ad.folded)]
    read = most_stated(without_alternatives(said, source.ad.folded))
    if read is not None or said:
        return read
    duration = find_duration(source.ad)
    return (
        None
        if duration is None
        else TextValue(value="temporary", score=0.7, evidence=Evidence(start=duration[0], end=duration[1], rule="duration"))
    )


def _is_background(statement: Statement, folded: str) -> bool:
    """Whether a statement's words speak of something else: earlier experience, other people, an alternative, a permanent home."""
    if statement.value == "apprenticeship":
        return True  # "our apprentices": only a title or the board's field offers one
    before = folded[max(0, statement.start - 70) : statement.start]
    if statement.value == "internship":
        return _EXPERIENCE.search(before) is not None or _OTHERS.search(before) is not None
    if statement.value == "self_employed":
        return _EXPERIENCE.search(before) is not None or _OR_EMPLOYED.search(before) is not None
    if folded[statement.start : statement.end] in _ADJECTIVES:
        return _OTHER_NOUN.match(folded, statement.end) is not None
    return statement.value == "temporary" and _OR_EMPLOYED.search(before) is not None
