"""What an advertisement says by the lexicons' words for coded conditions: the board's fields, the title, the text."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import pairwise
from typing import Final, NamedTuple

from nlp.advertisement import Advertisement
from nlp.conditions.source import ConditionSource
from nlp.lexicon.cue_finder import Cue, CueKind
from vacancies.enriched import Evidence, TextValue, Zone
from vacancies.posting import Posting

NO_STATEMENT: Final = "none"  # the lexicons' value for words that only look like a statement: "temporary accommodation"

_DENIED_BEFORE: Final = re.compile(
    r"(?<!: )(?<!:)\b(?:kein|keine|keinen|keiner|no|not|non|pas de|geen|niet|sin|bez|ingen|inget|inte|ej|brak|neni|nie|ne|not an?"
    r"|not (?:an? )?(?:fully|entirely))\s+\W?$"
    r"|\b(?:not|n't|nie|no se|no|ne|pas de|geen|kein\w*|inte|not currently) (?:offer|support|allow|provide|accept|ofrece\w*|permite\w*"
    r"|contempla\w*|hay posibilidad de|proposons|erbjuder|erbjuda|nabizime|oferujemy|przewidujemy|ma mozliwosci|je mozna|mogelijkheid tot"
    r"|möglichkeit (?:zum|zu|für)|possibilite de)\s(?:any |de |la |le )?$"
)
_UNTICKED: Final = re.compile(r"\s{0,3}[:?]")
_IN_FULL: Final = re.compile(r"\b(?:100|full|voll|compl|kompl|total|helt|pln|entier|nur|only|just|w pelni|volledig|first)")
_DENIED_AFTER: Final = re.compile(
    r"\W{0,3}(?:\w+\W{1,2}){0,2}(?:nicht|not|pas|niet|inte|nie|neni|impossible|no es posible|ausgeschlossen|nelze|ej)(?! only| nur)\b"
    r"|\s{0,3}[:?]\s{0,3}(?:no|non|nein|nej|nee|nie|ne|none)\b(?!\.? ?[0-9])"
)
# What may stand between two statements that are alternatives: "CDI / CDD", "umowa zlecenie lub B2B".
_EITHER: Final = re.compile(
    r"\s{0,2}(?:/|\||\bor\b|\boder\b|\bou\b|\bof\b|\bo\b|\blub\b|\bbadz\b|\balbo\b|\bczy\b|\beller\b|\balternativt\b|\bnebo\b|\bci\b"
    r"|\bbzw\b|\bund\b|\band\b|\bet\b|\by\b|\bi\b|\boch\b|\ben\b|\ba\b)(?:\s{0,2}\w+){0,2}\s{0,2}"
)
_MOST_CUES: Final = 500  # advertisements have fewer of a kind
_EITHER_REACH: Final = 30  # characters


class Statement(NamedTuple):
    """One statement of a coded condition, where it stands and how much it counts against others."""

    value: str
    field: str
    start: int
    end: int
    language: str
    weight: int

    def as_value(self, score: float) -> TextValue:
        """The statement as a value with its evidence."""
        evidence = Evidence(field=self.field, start=self.start, end=self.end, rule=f"cue:{self.language}")
        return TextValue(value=self.value, score=round(score, 3), evidence=evidence)


def of_field(posting: Posting | None, codes: Mapping[str, str], kind: CueKind) -> tuple[TextValue, ...]:
    """The values of the board's employment types (schema.org words, or the board's own), else of its working hours."""
    if posting is None:
        return ()
    values: dict[str, None] = {}
    for word in posting.employment_type:
        code = codes.get(word.strip().upper().replace("-", "_").replace(" ", "_"))
        for value in [code] if code else _words_in(word, posting.language, kind):
            values.setdefault(value)
    field, score = ("employment_type", 1.0) if values else ("work_hours", 0.9)
    if not values and posting.work_hours:
        values = dict.fromkeys(_words_in(posting.work_hours, posting.language, kind))
    return tuple(TextValue(value=value, score=score, evidence=Evidence(field=field, rule="board_field")) for value in values)


def _words_in(words: str, language: str | None, kind: CueKind) -> list[str]:
    cues = Advertisement(words, (), (language or "en")[:2]).cues_of(kind) if words else []
    return [cue.value for cue in cues if cue.value != NO_STATEMENT]


def in_title(source: ConditionSource, kind: CueKind) -> list[Statement]:
    """The statements of the title, by start."""
    return [_statement(cue, "title", 3) for cue in source.title.cues_of(kind) if cue.value != NO_STATEMENT]


def in_text(
    source: ConditionSource, kind: CueKind, weights: Mapping[Zone, int], *, opposites: Mapping[str, str] | None = None
) -> list[Statement]:
    """The statements of the text, by start, weighted by zone (0: not counted), without those that the words around deny.

    `opposites` are the values that a denied value stands for: "Home-Office ist nicht möglich" means work on site.
    """
    found: list[Statement] = []
    folded = source.ad.folded
    limit = source.own_end
    guarded = 0  # the end of the last words that only look like a statement
    for cue in source.ad.cues_of(kind)[:_MOST_CUES]:
        if cue.value == NO_STATEMENT:
            guarded = max(guarded, cue.end)
        if cue.start < guarded:
            continue
        if cue.start >= limit:
            break
        weight = weights.get(source.zone_at(cue.start), 1)
        if not weight:
            continue
        if not _is_denied(folded, cue):
            found.append(_statement(cue, "description_text", weight))
        elif opposites is not None and cue.value in opposites and _says_opposite(folded, cue):
            found.append(_statement(cue, "description_text", weight)._replace(value=opposites[cue.value]))
    return found


def without_alternatives(statements: list[Statement], folded: str) -> list[Statement]:
    """The statements without those that are one of several offered side by side ("permanent or temporary")."""
    either: set[int] = set()
    for at, (one, other) in enumerate(pairwise(statements)):
        if one.value != other.value and other.start - one.end <= _EITHER_REACH and _EITHER.fullmatch(folded, one.end, other.start):
            either |= {at, at + 1}
    return [statement for at, statement in enumerate(statements) if at not in either]


def most_stated(statements: list[Statement]) -> TextValue | None:
    """The value with the most weight, of equal ones the first stated; several values lower the score."""
    weights: dict[str, int] = {}
    for statement in statements:
        weights[statement.value] = weights.get(statement.value, 0) + statement.weight
    if not weights:
        return None
    best = max(weights, key=lambda value: weights[value])
    first = max((statement for statement in statements if statement.value == best), key=lambda statement: statement.weight)
    return first.as_value((0.7 if first.weight < 2 else 0.85) - (0.15 if len(weights) > 1 else 0.0))


def _statement(cue: Cue, field: str, weight: int) -> Statement:
    return Statement(cue.value, field, cue.start, cue.end, cue.language, weight)


def _says_opposite(folded: str, cue: Cue) -> bool:
    """Whether a denial says the contrary: not "not fully remote", and not a form's box that nobody ticked ("Home-Office: nein")."""
    return _UNTICKED.match(folded, cue.end) is None and _IN_FULL.search(folded, max(0, cue.start - 8), cue.end) is None


def _is_denied(folded: str, cue: Cue) -> bool:
    """Whether the words around a cue say that it is not so: "Home-Office nicht möglich", "no remote work"."""
    before, after = folded[max(cue.start - 28, 0) : cue.start], folded[cue.end : cue.end + 24]
    return _DENIED_BEFORE.search(before) is not None or _DENIED_AFTER.match(after) is not None
