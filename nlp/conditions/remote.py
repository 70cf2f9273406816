"""Whether the work is done on site, remotely, or in a mix of both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nlp.conditions.source import ConditionSource
from nlp.conditions.statements import Statement, in_text, in_title, most_stated
from nlp.lexicon.cue_finder import CueKind
from vacancies.enriched import Evidence, TextValue, Zone

_SHARE_BEFORE: Final = re.compile(r"([0-9]{1,3})\s?%\s?(?:of )?$")
_SHARE_AFTER: Final = re.compile(r"\s?[:(=]\s?([0-9]{1,3})\s?%")
# "on site one day a week", "2 Tage remote"
_SOME_DAYS: Final = re.compile(
    r"\b(?:[1-4]x?|one|two|three|four|ein|einem|zwei|drei|vier|un|une|deux|trois|dos|tres|een|twee|drie|vier|en|två|tva|tre|fyra|jeden"
    r"|dwa|trzy|dva|tri)(?: ?(?:to|bis|a|tot|till|do|az|or|oder|ou|of|o) ?[1-5]| [1-5])?"
    r" ?(?:days?|dias?|tage?n?|jours?|dag(?:en|ar)?|dni|dny|den|dzien)\b"
)
# LinkedIn's tag says it plainly wherever it stands.
_TAG: Final = re.compile(r"#li ?(hybrid|remote|onsite)\b")
# The field of a form that names a place beside remote work: "Einsatzort: Remote & Köln"; a country or a continent is no place of work.
_PLACE_FIELD: Final = re.compile(
    r"\b(?:einsatzort|arbeitsort|standort|location|work location|lieu|locatie|standplaats|ubicacion|ort|lokalizacja|misto vykonu prace)"
    r"\s{0,2}:\s{0,3}(?:remote\s?(?:&|\+|/| und | and | et | en | y | och | i )\s?"
    r"(?!deutschland|bundesweit|germany|europ|eu\b|dach|uk\b|us\b|usa\b|world|weltweit|anywhere|österreich|schweiz|france|polska|espana"
    r"|sverige|nederland|home|hybrid|emea)[a-zà-ž]{3,}"
    r"|[\w.()]{2,25}(?: [\w.()]{2,20}){0,2}\s?(?:&|\+|,| und | and | et | en | y | och | i )\s?remote\b)"
)
# Hybrid things: "hybrid cloud", "Hybrid-Plattformen", "hybride datacentrum".
_THING: Final = re.compile(
    r"\W{0,2}(?:multi ?cloud|cloud|data ?cen|datenbank|plat+form|apps?\b|applica|applika|it\b|infra|motor|antrieb|vehicle|cars?\b|fahrzeug"
    r"|voertuig|autos?\b|network|netzwerk|netwerk|storage|speicher|heiz|pump|software|mobile app|threat|search\b|memory|integrat|inverter"
    r"|wechselrichter|power|energ|aircraft|material|bond|web|hosting|deployment|stack|architec|architekt|fund|seed|kultur\w*pflanz)"
)
# What makes remote work one of two ways: "z możliwością pracy zdalnej", "option to work remotely".
_POSSIBLE: Final = re.compile(
    r"\b(?:möglichkeit\w*|möglich|option(?:al|en)?|opcj\w+|opcion\w*|possibilit\w+|posibilidad\w*|mogelijkheid|mozliwo\w+|moznost\w*"
    r"|möjlighet\w*|teilweise|gelegentlich\w*|czesciow\w*|okazjonaln\w*|castecn\w*|obcasn\w*|gedeeltelijk|deels|delvis|parcial\w*"
    r"|partiel\w*|occasionnel\w*|occasional(?:ly)?|partly)(?: (?!100)[^\s.;:]+){0,4} $"
)
_WHOLLY: Final = ("100", "full", "voll", "compl", "kompl", "w pe", "total", "helt", "pln", "entier", "wyl", "tylko", "ausschl", "geheel")
_BOTH: Final = {"remote", "onsite"}
_SAID_SHARE: Final = 4  # how much more "remote: 100%" counts than "remote"
_NEAR: Final = 90  # characters between two statements that belong together
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
    titled = in_title(source, CueKind.REMOTE)
    said = list(_with_shares(in_text(source, CueKind.REMOTE, _WEIGHTS), source.ad.folded))
    folded = source.ad.folded
    if "#li" in folded and (tag := _TAG.search(folded)):
        return TextValue(value=tag[1], score=0.9, evidence=Evidence(start=tag.start(), end=tag.end(), rule="tag"))
    if not titled and "remote" in folded and (place := _PLACE_FIELD.search(folded, 0, _READ_CHARACTERS)):
        return TextValue(value="hybrid", score=0.75, evidence=Evidence(start=place.start(), end=place.end(), rule="place_field"))
    mixed = next((statement for statement in [*titled, *said] if statement.value == "hybrid"), None)
    if mixed is not None and not _outweighed(mixed, titled, said):
        return mixed.as_value(0.85 if mixed.weight > 1 else 0.75)
    if len({statement.value for statement in titled}) == 1:
        return titled[0].as_value(0.85)
    return most_stated([*titled, *said])


def _with_shares(statements: list[Statement], folded: str) -> Iterator[Statement]:
    """The statements, not of things, with the share beside them.

    "80% remote", and remote work beside work on site, are a mix; "on-site: 0%" is none.
    """
    for at, statement in enumerate(statements):
        if statement.value == "hybrid" and _THING.match(folded, statement.end):
            continue
        share = _SHARE_AFTER.match(folded, statement.end) or _SHARE_BEFORE.search(folded, max(0, statement.start - 8), statement.start)
        part = 100 if share is None else int(share[1])
        if part == 0:
            continue
        before, after = folded[max(0, statement.start - 40) : statement.start], folded[statement.end : statement.end + 60]
        beside = statements[at + 1 : at + 2] + statements[max(0, at - 1) : at]
        is_possible = statement.value == "remote" and _is_possible(statement, before, folded)
        if is_possible or part < 100 or _SOME_DAYS.search(after) or _SOME_DAYS.search(before):
            yield statement._replace(value="hybrid")
        elif share is not None:
            yield statement._replace(weight=statement.weight * _SAID_SHARE)
        elif any({statement.value, other.value} == _BOTH and abs(other.start - statement.start) <= _NEAR for other in beside):
            yield statement._replace(value="hybrid")
        else:
            yield statement


def _is_possible(statement: Statement, before: str, folded: str) -> bool:
    """Whether remote work is only offered beside another way of working."""
    return not folded.startswith(_WHOLLY, statement.start) and _POSSIBLE.search(before) is not None


def _outweighed(mixed: Statement, titled: list[Statement], said: list[Statement]) -> bool:
    """Whether work from afar is stated far more often than a mix."""
    away = sum(statement.weight for statement in [*titled, *said] if statement.value == "remote")
    both = sum(statement.weight for statement in [*titled, *said] if statement.value == "hybrid")
    return away > 2 * both
