"""Whether the work is done on site, remotely, or in a mix of both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nlp.conditions.remote_words import (
    AT_PLACE,
    AT_PLACE_WORDS,
    IN_PART,
    MIX,
    MIX_WORDS,
    OFFICE_DAYS,
    OFFICE_WORDS,
    OR_FAR,
    PART_BEFORE,
    PLACE_FIELD,
    THING,
    THING_BEFORE,
)
from nlp.conditions.source import ConditionSource
from nlp.conditions.statements import Statement, in_text, in_title, most_stated
from nlp.lexicon.cue_finder import CueKind
from nlp.stems import Stems
from vacancies.enriched import Evidence, TextValue, Zone

_SHARE_BEFORE: Final = re.compile(r"([0-9]{1,3})\s?%\s?(?:of )?$")
_SHARE_AFTER: Final = re.compile(r"\s?[:(=]\s?([0-9]{1,3})\s?%")
# "on site one day a week", "2 Tage remote"
_SOME_DAYS: Final = re.compile(
    r"\b(?:[1-4]x?|one|two|three|four|ein|einem|zwei|drei|vier|un|une|deux|trois|dos|tres|een|twee|drie|vier|en|två|tva|tre|fyra|jeden"
    r"|dwa|trzy|dva|tri)(?: ?(?:to|bis|a|tot|till|do|az|or|oder|ou|of|o) ?[1-5]| [1-5])?"
    r" ?(?:days?|dias?|tage?n?|jours?|dag(?:en|ar)?|dni|dny|den|dzien|pt|person days)\b"
)
# LinkedIn's tag says it plainly wherever it stands.
_TAG: Final = re.compile(r"#li ?(hybrid|remote|onsite)\b")
# Hybrid things: "hybrid cloud", "Hybrid-Plattformen", "hybride datacentrum".
_THING: Final = re.compile(
    r"\W{0,2}(?:multi ?cloud|cloud|data ?cen|datenbank|plat+form|apps?\b|applica|applika|it\b|infra|motor|antrieb|vehicle|cars?\b|fahrzeug"
    r"|voertuig|autos?\b|network|netzwerk|netwerk|storage|speicher|heiz|pump|software|mobile app|threat|search\b|memory|integrat|inverter"
    r"|wechselrichter|power|energ|aircraft|material|bond|web|pricing|hosting|deployment|stack|architec|architekt|fund|seed|kultur\w*pflanz)"
)
# What makes remote work one of two ways: "z możliwością pracy zdalnej", "option to work remotely".
_POSSIBLE: Final = re.compile(
    r"\b(?:möglichkeit\w*|möglich|option(?:al|en)?|opcj\w+|opcion\w*|possibilit\w+|posibilidad\w*|mogelijkheid|mozliwo\w+|moznost\w*"
    r"|möjlighet\w*|teilweise|gelegentlich\w*|czesciow\w*|okazjonaln\w*|castecn\w*|obcasn\w*|gedeeltelijk|deels|delvis|parcial\w*"
    r"|partiel\w*|occasionnel\w*|occasional(?:ly)?|partly)(?P<between>(?: [^\s.;:]+){0,4}) $"
)
_WHOLLY: Final = re.compile(
    r"\b(?:100|full|fully|voll|vollstä|compl|kompl|w pelni|pelnej|pelni|calk|total|helt|pln|entier|integr|wyl|tylko|ausschl|geheel|volledig"
    r"|enti|only|zcela)"
)
_OPPOSITE: Final = {"remote": "onsite", "hybrid": "onsite"}
_PLAIN: Final = frozenset(("remote", "en remoto", "remoto", "remotely"))
_BOTH: Final = {"remote", "onsite"}
_SAID_SHARE: Final = 4  # how much more "remote: 100%" counts than "remote"
_NEAR: Final = 90  # characters between two statements that belong together
_AROUND: Final = 80  # characters on both sides of a word
_READ_CHARACTERS: Final = 100_000
_WEIGHTS: Final = {Zone.OFFER: 2, Zone.OTHER: 0}


def read_remote(source: ConditionSource) -> TextValue | None:
    """The board's word for remote work, else the text's; "telecommute" with words for a mix in the text is hybrid."""
    by_text = _of_text(source)
    if source.posting is None or source.posting.telecommute is None:
        return by_text
    if not source.posting.telecommute:
        return by_text or TextValue(value="onsite", score=0.8, evidence=Evidence(field="telecommute", rule="board_field"))
    if by_text is not None and by_text.value == "hybrid":
        return by_text
    return TextValue(value="remote", evidence=Evidence(field="telecommute", rule="board_field"))


def _of_text(source: ConditionSource) -> TextValue | None:
    """Remote work and work on site side by side are a mix."""
    folded = source.ad.folded
    titled = in_title(source, CueKind.REMOTE)
    said = list(_with_shares(in_text(source, CueKind.REMOTE, _WEIGHTS, opposites=_OPPOSITE), folded))
    if "#li" in folded and (tag := _TAG.search(folded)):
        return TextValue(value=tag[1], score=0.9, evidence=Evidence(start=tag.start(), end=tag.end(), rule="tag"))
    is_plain = all(statement.value == "remote" for statement in titled)
    if is_plain and (place := source.ad.scan.search(PLACE_FIELD, stop=_READ_CHARACTERS)):
        return TextValue(value="hybrid", score=0.75, evidence=Evidence(start=place.start(), end=place.end(), rule="place_field"))
    said += _of_patterns(source)
    mixed = next((statement for statement in [*titled, *said] if statement.value == "hybrid"), None)
    if mixed is not None and not _outweighed(mixed, titled, said):
        return mixed.as_value(0.85 if mixed.weight > 1 else 0.75)
    if len({statement.value for statement in titled}) == 1:
        return titled[0].as_value(0.85)
    return most_stated([*titled, *said])


def _of_patterns(source: ConditionSource) -> Iterator[Statement]:
    """What the sentences say that no single phrase does: days at the office, a part of the work, the one place of work."""
    if days := _search_around(OFFICE_DAYS, source, OFFICE_WORDS):
        yield _matched("onsite" if days["five"] or days["five_"] or days["daily"] else "hybrid", days)
    if mix := _search_around(MIX, source, MIX_WORDS):
        yield _matched("hybrid", mix)
    place = _search_around(AT_PLACE, source, AT_PLACE_WORDS)
    if place is not None and not OR_FAR.match(source.ad.folded, place.end()):
        yield _matched("onsite", place)


def _search_around(pattern: re.Pattern[str], source: ConditionSource, words: Stems) -> re.Match[str] | None:
    """The first match of a pattern near words of which each of its matches holds one; much faster than to search the whole text."""
    for begin, stop in source.ad.scan.windows(words, _AROUND, _AROUND):
        if begin >= _READ_CHARACTERS:
            break
        if match := pattern.search(source.ad.folded, begin, min(stop, _READ_CHARACTERS)):
            return match
    return None


def _matched(value: str, match: re.Match[str]) -> Statement:
    return Statement(value, "description_text", match.start(), match.end(), "pattern", 1)


def _with_shares(statements: list[Statement], folded: str) -> Iterator[Statement]:
    """The statements, not of things, with the share beside them.

    "80% remote", and remote work beside work on site, are a mix; "on-site: 0%" is none.
    """
    for at, statement in enumerate(statements):
        if statement.value == "hybrid" and _THING.match(folded, statement.end):
            continue
        if folded[statement.start : statement.end] in _PLAIN and _is_of_thing(statement, folded):
            continue
        share = _SHARE_AFTER.match(folded, statement.end) or _SHARE_BEFORE.search(folded, max(0, statement.start - 8), statement.start)
        part = 100 if share is None else int(share[1])
        if part == 0:
            continue
        before, after = folded[max(0, statement.start - 40) : statement.start], folded[statement.end : statement.end + 60]
        beside = statements[at + 1 : at + 2] + statements[max(0, at - 1) : at]
        is_possible = statement.value == "remote" and _is_possible(statement, before, folded)
        if is_possible or part < 100 or _SOME_DAYS.search(after) or _SOME_DAYS.search(before) or _is_part(statement, before, folded):
            yield statement._replace(value="hybrid")
        elif share is not None:
            yield statement._replace(weight=statement.weight * _SAID_SHARE)
        elif any({statement.value, other.value} == _BOTH and abs(other.start - statement.start) <= _NEAR for other in beside):
            yield statement._replace(value="hybrid")
        else:
            yield statement


def _is_possible(statement: Statement, before: str, folded: str) -> bool:
    """Whether remote work is only offered beside another way of working."""
    possible = _POSSIBLE.search(before)
    words = "" if possible is None else f"{possible['between']} {folded[statement.start : statement.end]}"
    return possible is not None and _WHOLLY.search(words) is None


def _is_part(statement: Statement, before: str, folded: str) -> bool:
    """Whether only a part of the work is done from afar: "remote to a small extent", "some work will be remote"."""
    if statement.value != "remote" or _WHOLLY.search(folded, statement.start, statement.end):
        return False
    return IN_PART.match(folded, statement.end) is not None or PART_BEFORE.search(before) is not None


def _is_of_thing(statement: Statement, folded: str) -> bool:
    """Whether "remote" tells of a thing or of other people: a remote server, customers helped remotely."""
    if THING.match(folded, statement.end):
        return True
    return THING_BEFORE.search(folded, max(0, statement.start - 40), statement.start) is not None


def _outweighed(mixed: Statement, titled: list[Statement], said: list[Statement]) -> bool:
    """Whether work from afar is stated far more often than a mix."""
    away = sum(statement.weight for statement in [*titled, *said] if statement.value == "remote")
    both = sum(statement.weight for statement in [*titled, *said] if statement.value == "hybrid")
    return away > 2 * both
