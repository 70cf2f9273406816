"""The weekly hours."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from nlp.conditions.source import ConditionSource
from vacancies.enriched import Evidence, RangeValue

_UNIT: Final = (
    r"(?:hours?|hrs?|h|std|stunden?|wochenstunden|heures?|uren|uur|u|horas?|hores|timmar|tim|godzin\w{0,3}|godz|hodin\w{0,3}|hod)"
)
_NUMBER: Final = r"[0-9]{1,2}(?:[.,][0-9]{1,2})?"
_TO: Final = r"(?:\s{0,3}(?:/|~|\b(?:to|bis|a|tot|till|do|az|y|and|und|et|en|or|oder|ou|of|lub|eller|nebo)\b)\s{0,2}|\s{1,3})"
_AMOUNT: Final = re.compile(
    rf"(?P<low>{_NUMBER})(?:\s?{_UNIT}\b)?(?:{_TO}(?P<high>{_NUMBER}))?\s{{0,2}}{_UNIT}(?:(?P<minutes>[0-9]{{2}})(?![0-9])|\b\.?)"
)
# Behind the hours: "per week", "/Woche", "hebdo".
_WEEKLY: Final = re.compile(
    r"[\s)]{0,2}\(?(?:(?:of work|d'arbeit|arbeit|werk(?:en)?|pracy|prace|de travail|travail|de trabajo|contract|arbete) )?"
    r"(?:(?:/ ?|per |a |each |every |in der |in de |pro |die |par |la |por |a la |i |w |na |za |v )(?:working |work |the )?(?:week|wk"
    r"|woche|semaine|sem\b|semana|vecka|veckan|tydzien|tydz|tygodniu|tyden|tydne)\b"
    r"|(?:working |work )?(?:week\b|woche\b|vecka\b)|weekly|wöchentlich|wekelijks|hebdo\w*|semanales|semanal\b|setmanals|tygodniowo"
    r"|tydne\b|tydenni|p/?\.?w\b|pw\b|(?:\w+ )?werkweek|wochenarbeitszeit|arbetsvecka"
    r"|[,(|/]?\s?(?:in )?(?:vollzeit|teilzeit|full ?time|part ?time|temps (?:plein|complet|partiel)|voltijds?|deeltijds?|heltid|deltid)\b)"
)
# In front of the hours, with a word for the week.
_WEEKLY_BEFORE: Final = re.compile(
    r"(?:hours (?:per|a|/ ?) ?week|weekly hours|contract(?:ed)? hours|working hours per week|wochenarbeitszeit|wochenstunden"
    r"|stunden (?:pro|/) ?woche|stundenumfang|arbeitszeit (?:pro|je) woche|wöchentliche \w*arbeitszeit"
    r"|uren per week|aantal uren|werkweek|uren p/w|heures (?:par semaine|hebdomadaires)|duree hebdomadaire|hebdomadaire"
    r"|horas (?:semanales|a la semana|por semana|setmanals)|jornada semanal"
    r"|timmar per vecka|veckoarbetstid|liczba godzin w tygodniu|liczba godzin tygodniowo|tygodniowo|pocet hodin tydne"
    r"|tydenni pracovni doba|hodin tydne)(?: \w+){0,2}\s{0,2}[:=(]?\s{0,2}(?:de |von |van |ca\.? |min\.? )?$"
)
_LEADS: Final = (" ", ":", "=", "(")
_WEEK_WORDS: Final = ("week", "woche", "tygod", "semana", "vecka", "tydn", "hebdo", "semaine", "weke", "uren")
_BARE: Final = re.compile(rf"(?P<low>{_NUMBER})(?:{_TO}(?P<high>{_NUMBER}))?")
# Where full-time weeks are named by their hours alone.
_BY_HABIT: Final = {
    "fr": re.compile(r"(?:\bbase(?: de)?|contrat(?: de)?|\bcdi|\bcdd|temps (?:plein|complet|partiel)|\binterim|poste en|cdi en"
        r"|a raison de)\s{0,2}[:(,/]?\s{0,2}(?:de )?$"),
    "nl": re.compile(r"(?:basis van|fulltime|parttime|full time|part time|contract(?: van| voor)?|dienstverband(?: van| voor)?"
        r"|baan(?: van| voor)?|stageplek voor|minimaal|beschikbaar)\s{0,2}[:(,]?\s{0,2}$"),
    "de": re.compile(r"(?:vollzeit|teilzeit|arbeitszeit)\s{0,2}[:(,]\s{0,2}(?:mit )?$"),
    "sv": re.compile(r"(?:arbetstid|omfattning)\s{0,2}:\s{0,2}$"),
}  # fmt: skip
_LEAST_BY_HABIT: Final = 8
_TRIGGERS: Final = (
    "week",
    "wk",
    "p/w",
    "woche",
    "wöch",
    "sem",
    "hebdo",
    "uur",
    "vecka",
    "tydz",
    "tygodn",
    "tyden",
    "tydn",
    "35h",
    "39h",
    "35 h",
    "39 h",
    "contract",
    "setman",
    "stunden",
    "arbetstid",
    "vollzeit",
    "teilzeit",
    "full time",
    "fulltime",
    "part time",
    "temps ",
    "voltijd",
    "heltid",
)
_EITHER: Final = re.compile(r"\b(?:or|oder|ou|of|o|lub|eller|nebo|bzw)\b")
_EITHER_REACH: Final = 45
_READ_CHARACTERS: Final = 200_000
_MOST: Final = 80  # hours a week


_INSIDE: Final = re.compile(r"[0-9*][.,:/]?$")  # in front: the hours are the end of a time of day or of a longer number


class _Hours(NamedTuple):
    start: int
    end: int
    low: float
    high: float


def read_hours_per_week(source: ConditionSource) -> RangeValue | None:
    """The weekly hours that the text states, the first where it states several; alternatives ("20 or 30 hours a week") make a range."""
    folded = source.ad.folded[:_READ_CHARACTERS]
    if not any(trigger in folded for trigger in _TRIGGERS):
        return None
    habit = _BY_HABIT.get(source.language)
    found: _Hours | None = None
    for match in _AMOUNT.finditer(folded):
        if found is not None and match.start() - found.end > _EITHER_REACH:
            break
        hours = _hours(match)
        if hours is None or not _is_weekly(folded, match, habit):
            continue
        if found is None:
            found = hours
        elif _EITHER.search(folded, found.end, match.start()):
            found = _Hours(found.start, hours.end, min(found.low, hours.low), max(found.high, hours.high))
    found = found or _bare(folded)
    if found is None:
        return None
    return RangeValue(
        min_value=found.low, max_value=found.high, score=0.9, evidence=Evidence(start=found.start, end=found.end, rule="week_words")
    )


def _hours(match: re.Match[str]) -> _Hours | None:
    """The amounts of a match; "36h45" are minutes, "36h75" a decimal fraction. None for amounts that no week holds."""
    if _INSIDE.search(match.string, max(0, match.start() - 2), match.start()):
        return None
    low = float(match["low"].replace(",", "."))
    high = float((match["high"] or match["low"]).replace(",", "."))
    if minutes := match.groupdict().get("minutes"):
        part = int(minutes) / (60 if int(minutes) < 60 else 100)
        low, high = (low + part if match["high"] is None else low), high + part
    return _Hours(match.start(), match.end(), low, high) if 1 <= low <= high <= min(_MOST, 5 * low) else None


def _is_weekly(folded: str, match: re.Match[str], habit: re.Pattern[str] | None) -> bool:
    if _WEEKLY.match(folded, match.end()):
        return True
    before = folded[max(0, match.start() - 48) : match.start()]
    if _WEEKLY_BEFORE.search(before):
        return True
    return habit is not None and float(match["low"].replace(",", ".")) >= _LEAST_BY_HABIT and habit.search(before) is not None


def _bare(folded: str) -> _Hours | None:
    """Hours without unit behind a word that names it: "Hours per week: 37.5"."""
    for match in _BARE.finditer(folded):
        before = folded[max(0, match.start() - 48) : match.start()]
        is_led = before[-1:] in _LEADS and any(word in before for word in _WEEK_WORDS) and _WEEKLY_BEFORE.search(before) is not None
        if is_led and (hours := _hours(match)) is not None:
            return hours
    return None
