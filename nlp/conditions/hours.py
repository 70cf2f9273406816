"""The weekly hours."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from nlp.advertisement import Advertisement
from nlp.conditions.source import ConditionSource, once
from nlp.conditions.stated import has_any
from nlp.stems import Stems
from vacancies.enriched import Evidence, RangeValue

_UNIT: Final = (
    r"(?:hours?|hrs?|h|std|stunden?|wochenstunden|weekly (?:working )?hours|stündige[nr]?|heures?|uren|uur|urige|u|horas?|hores"
    r"|timmarsvecka|timmars?|tim"
    r"|godzin\w{0,3}|godz|hodin\w{0,3}|hod)"
)
_NUMBER: Final = r"[0-9]{1,2}(?:[.,][0-9]{1,2})?"
_TO: Final = r"(?:\s{0,3}(?:/|~|\b(?:to|bis|a|tot|till|do|az|y|and|und|et|en|or|oder|ou|of|lub|eller|nebo)\b)\s{0,2}|\s{1,3})"
_AMOUNT: Final = re.compile(
    rf"(?P<low>{_NUMBER})(?:\s?{_UNIT}\b)?(?:{_TO}(?P<high>{_NUMBER}))?\s{{0,2}}{_UNIT}(?:(?P<minutes>[0-9]{{2}})(?![0-9])|\b\.?)"
)
# Behind the hours: "per week", "/Woche", "hebdo".
_WEEKLY: Final = re.compile(
    r"[\s)]{0,2}\(?(?:(?:of work|d'arbeit|arbeit|werk(?:en)?|pracy|prace|de travail|travail|de trabajo|contract|arbete) )?"
    r"(?:(?:/ ?|per\s{1,2}|a |each |every |in der |in de |pro |die |par |la |por |a la |i |w |na |za |v )(?:working |work "
    r"|the )?(?:week(?! day)|wk|(?<=/)w\b(?=\s?(?:[,.;:)(|\n]|$))"
    r"|woche|wo\b|semaine|sem\b|semana|vecka|veckan|tydzien|tydz|tygodniu|tyden|tydne)\b"
    r"|(?:working |work |arbets|arbeits)?(?:week\b|woche\b|vecka\b)|(?:pracovni )?(?:tyden|tydzien)\b|weekly|wöchentlich|wekelijks"
    r"|hebdo\w*|semanales|semanal\b|setmanals|tygodniowo"
    r"|tydne\b|tydenni|p/?\.?w\b|pw\b|(?:\w+ )?werkweek|wochenarbeitszeit|arbetsvecka"
    r"|[,(|/]?\s?(?:in )?(?:vollzeit|teilzeit|full ?time|part ?time|temps (?:plein|complet|partiel)|voltijds?|deeltijds?|heltid"
    r"|deltid)\b)"
)
# In front of the hours, with a word for the week.
_WEEKLY_BEFORE: Final = re.compile(
    r"(?:hours (?:per|a|/ ?) ?week|weekly (?:working |work )?(?:hours|time)|working time (?:per|a) week|work(?:ing)? week|hours weekly"
    r"|contract(?:ed)? hours|working hours per week|wochenarbeitszeit|wochenstunden"
    r"|stunden (?:pro|/) ?woche|stundenumfang|arbeitszeit (?:pro|je) woche|wöchentliche \w*arbeitszeit"
    r"|uren per week|aantal uren|werkweek|uren p/w|heures (?:par semaine|hebdomadaires)|duree hebdomadaire|hebdomadaire"
    r"|semaine(?: de travail)?"
    r"|horas (?:semanales|a la semana|por semana|setmanals)|jornada semanal|semana laboral"
    r"|timmar per vecka|veckoarbetstid|liczba godzin w tygodniu|liczba godzin tygodniowo|tygodniowo|pocet hodin tydne"
    r"|tydenni pracovni doba|hodin tydne)(?: \w+){0,2}\s{0,2}[:=(]?\s{0,2}(?:de |von |van |ca\.? |min\.? )?$"
)
# One end only: "at least 20 hours a week", "bis zu 20 Stunden", "20 h/tydzień lub więcej".
_AT_LEAST: Final = re.compile(
    r"(?:\bmin(?:imum|imal\w*|imaal|imo|imalt|imalnie|\.)?|at least|\bfrom|more than|over|\bmind(?:estens|\.)?|\bab|mehr als|wenigstens"
    r"|über"
    r"|minstens|ten minste|vanaf|meer dan|au moins|a partir de|plus de|al menos|desde|como minimo|mas de|minst|från|lägst|mer än|\bod"
    r"|co najmniej|powyzej|ponad|alespon|nejmene|vice nez)(?: of| de| ca\.?)?\s$"
)
_AT_MOST: Final = re.compile(
    r"(?:up to|\bmax(?:imum|imal|imaal|imo|imalt|\.)?|at most|no more than|less than|\bbis(?: zu)?|höchstens|tot(?: maximaal)?|hoogstens"
    r"|jusqu'a|hasta|como maximo|upp till|högst|\bdo|maksymalnie|najwyzej|\baz|nejvyse)(?: of| de| ca\.?)?\s$"
)
_OR_MORE: Final = re.compile(
    r"[^.\n;,]{0,26}?(?:\b(?:or|and|oder|und|of|en|ou|et|o|y|lub|i|eller|och|nebo|a) (?:more|above|up|mehr|meer|plus|mas|wiecej|mer"
    r"|vice)\b"
    r"|\s?\+)"
)
_FULL_WEEK: Final = 35  # hours: what is at least as much is a full week, whatever is said before it
_TAGS: Final = re.compile(r"<[^<>]{1,60}>")  # left in texts that are not known to be HTML
_NAMED: Final = re.compile(
    r"(?<!opening )(?<!office )(?<!business )\b(?:hours|arbeitszeit|stunden|uren|heures|horas|timmar|godziny|hodiny)\s{0,2}:\s{0,2}$"
)
_LEADS: Final = (" ", ":", "=", "(")
_WEEK_WORDS: Final = ("week", "woche", "tygod", "semana", "vecka", "tydn", "hebdo", "semaine", "weke", "uren")
# What stands in front of hours without unit: a word for the week, or their name.
_BARE_STEMS: Final = Stems(
    f"*{word}" for word in (*_WEEK_WORDS, "hours", "arbeitszeit", "stunden", "heures", "horas", "timmar", "godziny", "hodiny")
)
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
    "h/w",
    "contract",
    "setman",
    "hours",
    "/wo",
    "werkw",
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
PART_TIME_HOURS: Final = 30  # up to so many a week are part time everywhere


_INSIDE: Final = re.compile(r"[0-9*][.,:/]?$")  # in front: the hours are the end of a time of day or of a longer number
_TIME_ZONE: Final = re.compile(
    r"\b(?:cet|cest|utc|gmt|mez|est|edt|pst|pdt|bst|time ?zones?|zeitzone)\W{0,3}(?:\+/ {0,2}|± ?)$"
)  # "CET +/- 2h"


class _Hours(NamedTuple):
    start: int
    end: int
    low: float
    high: float


@once
def read_hours_per_week(source: ConditionSource) -> RangeValue | None:
    """The weekly hours that the text states, the first where it states several; alternatives ("20 or 30 hours a week") make a range."""
    folded = source.ad.folded[:_READ_CHARACTERS]
    habit = _BY_HABIT.get(source.language)
    found: _Hours | None = None
    for match, hours in _amounts(source):
        if found is not None and match.start() - found.end > _EITHER_REACH:
            break
        if not _is_weekly(folded, match, habit) or _open_end(folded, match) is not None:
            continue
        if found is None:
            found = hours
        elif _EITHER.search(folded, found.end, match.start()):
            found = _Hours(found.start, hours.end, min(found.low, hours.low), max(found.high, hours.high))
    found = found or _bare(source.ad)
    if found is None or not has_any(folded, _TRIGGERS):
        return None
    return RangeValue(
        min_value=found.low, max_value=found.high, score=0.9, evidence=Evidence(start=found.start, end=found.end, rule="week_words")
    )


def part_time_limit(source: ConditionSource) -> tuple[int, int] | None:
    """Where a text says that the hours are at most so many a week as only part-time jobs have; None where it does not."""
    folded = source.ad.folded[:_READ_CHARACTERS]
    for match, hours in _amounts(source):
        if hours.high <= PART_TIME_HOURS and _is_weekly(folded, match, None) and _open_end(folded, match) == "max":
            return match.span() if has_any(folded, _TRIGGERS) else None
    return None


@once
def _amounts(source: ConditionSource) -> list[tuple[re.Match[str], _Hours]]:
    """The amounts of hours that a week can hold, by start."""
    every = ((match, _hours(match)) for match in source.ad.scan.numbers(_AMOUNT, stop=_READ_CHARACTERS))
    return [(match, hours) for match, hours in every if hours is not None]


def _open_end(folded: str, match: re.Match[str]) -> str | None:
    """Whether only one end is stated: "min" for "at least 20 hours", "max" for "up to 20 hours"; None for hours that are both."""
    if match["high"] is not None or float(match["low"].replace(",", ".")) >= _FULL_WEEK:
        return None
    before = folded[max(0, match.start() - 24) : match.start()]
    if _AT_MOST.search(before):
        return "max"
    return "min" if _AT_LEAST.search(before) or _OR_MORE.match(folded, match.end()) else None


def _hours(match: re.Match[str]) -> _Hours | None:
    """The amounts of a match; "36h45" are minutes, "36h75" a decimal fraction. None for amounts that no week holds."""
    start = match.start()
    if _INSIDE.search(match.string, max(0, start - 2), start) or _TIME_ZONE.search(match.string, max(0, start - 20), start):
        return None
    low = float(match["low"].replace(",", "."))
    high = float((match["high"] or match["low"]).replace(",", "."))
    if minutes := match.groupdict().get("minutes"):
        part = int(minutes) / (60 if int(minutes) < 60 else 100)
        low, high = (low + part if match["high"] is None else low), high + part
    return _Hours(match.start(), match.end(), low, high) if 1 <= low <= high <= min(_MOST, 5 * low) else None


def _is_weekly(folded: str, match: re.Match[str], habit: re.Pattern[str] | None) -> bool:
    if _WEEKLY.match(folded, match.end()) or any(word in match[0] for word in ("woche", "week", "vecka")):
        return True
    before = folded[max(0, match.start() - 48) : match.start()]
    before = _TAGS.sub("", before) if ">" in before else before
    if _WEEKLY_BEFORE.search(before):
        return True
    return habit is not None and float(match["low"].replace(",", ".")) >= _LEAST_BY_HABIT and habit.search(before) is not None


def _bare(ad: Advertisement) -> _Hours | None:
    """Hours without unit behind a word that names it: "Hours per week: 37.5"."""
    if not ad.scan.has(_BARE_STEMS):
        return None
    folded = ad.folded[:_READ_CHARACTERS]
    for match in ad.scan.numbers(_BARE, stop=_READ_CHARACTERS):
        before = folded[max(0, match.start() - 48) : match.start()]
        is_led = before[-1:] in _LEADS and any(word in before for word in _WEEK_WORDS) and _WEEKLY_BEFORE.search(before) is not None
        is_led = is_led or (_WEEKLY.match(folded, match.end()) is not None and _NAMED.search(before) is not None)
        if is_led and (hours := _hours(match)) is not None:
            return hours
    return None
