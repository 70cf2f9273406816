"""Dates as advertisements write them in eight languages, and the year of those that state none."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Final, NamedTuple

from nlp.advertisement import Advertisement
from nlp.shared_scan import matches_at, within
from vacancies.posting import Posting

# Folded (see `nlp.folding`): no accents but those of ä, ö, ü, å. No word means different months in two of these languages.
_MONTH_WORDS: Final = (
    "january jan januar jänner jaenner janvier janv januari enero ene stycznia styczen styczniu ledna leden lednu",
    "february feb februar feber fevrier fevr fev februari febrero luty lutego lutym unora unor unoru",
    "march mar märz maerz mrz mars maart mrt marzo marca marzec marcu brezna brezen breznu",
    "april apr avril avr abril abr kwietnia kwiecien kwietniu dubna duben dubnu",
    "may mai mei mayo maj maja maju kvetna kveten kvetnu",
    "june jun juni juin junio czerwca czerwiec czerwcu cervna cerven cervnu",
    "july jul juli juillet juil julio lipca lipiec lipcu cervence cervenec cervenci",
    "august aug aout augustus augusti agosto ago sierpnia sierpien sierpniu srpna srpen srpnu",
    "september sept sep septembre septiembre setiembre wrzesnia wrzesien wrzesniu zari",
    "october oct oktober okt octobre octubre pazdziernika pazdziernik pazdzierniku rijna rijen rijnu",
    "november nov novembre noviembre listopada listopad listopadzie listopadu",
    "december dec dezember dez decembre diciembre dic grudnia grudzien grudniu prosince prosinec prosinci",
)
_MONTHS: Final = {word: number for number, words in enumerate(_MONTH_WORDS, 1) for word in words.split()}
_MONTH: Final = "|".join(sorted(_MONTHS, key=len, reverse=True))
_WORDS_TOO: Final = frozenset({"may", "mar", "march"})  # English months only with a capital where no number stands beside
_YEAR: Final = r"(?:19|20)\d\d"

_ISO: Final = rf"(?P<y1>{_YEAR})[-/.](?P<m1>\d{{1,2}})[-/.](?P<d1>\d{{1,2}})(?!\d)"
_NUMERIC: Final = (
    rf"(?P<d2>\d{{1,2}})(?P<sep>[./-])\s?(?P<m2>\d{{1,2}})(?:(?P=sep)\s?|\s?[-–/]\s?|\s)(?P<y2>{_YEAR}|(?<=[./-])\d\d)(?![\d:])"
)
_DAY_MONTH: Final = (
    rf"(?P<d3>\d{{1,2}})(?:st|nd|rd|th|ste|er|:e|:a|e|º|ª|\.)?,?\s{{0,2}}(?:of\s|de\s|den\s)?(?P<m3>{_MONTH})\b"
    rf"(?:\.?,?\s?(?:de\s|del\s|roku\s|r\.\s)?(?P<y3>{_YEAR})(?!\d))?"
)
_MONTH_DAY: Final = rf"(?P<m4>{_MONTH})\.?[ ](?P<d4>\d{{1,2}})(?:st|nd|rd|th)?(?![\d:.h%])(?:,?\s(?P<y4>{_YEAR})(?!\d))?"
_MONTH_ALONE: Final = rf"(?P<m5>{_MONTH})\b(?:\.?,?\s?(?:de\s|del\s|roku\s)?(?P<y5>{_YEAR})(?!\d))?"
_SHORT: Final = r"(?P<d6>\d{1,2})(?P<sep6>\.|/)\s?(?P<m6>\d{1,2})(?:\.(?!\d)|(?![\d/%:]|[.,]\d|\s?(?:%|€|h\b|uhr|zl|kc|kr|eur)))"
_ANY_MONTH: Final = re.compile(rf"(?<!\w)(?:{_MONTH})")
_DATE: Final = re.compile(rf"(?<![\w.,/])(?:{_ISO}|{_NUMERIC}|{_DAY_MONTH}|{_MONTH_DAY}|{_MONTH_ALONE}|{_SHORT})", re.IGNORECASE)
_KINDS: Final = {"d1": "ymd", "d2": "dmy", "d3": "words", "d4": "words", "m5": "month", "d6": "dm"}
_NAMED: Final = {"d1": ("y1", "m1", "d1"), "d2": ("y2", "m2", "d2"), "d3": ("y3", "m3", "d3"), "d4": ("y4", "m4", "d4"),
                 "m5": ("y5", "m5", None), "d6": (None, "m6", "d6")}  # fmt: skip
_LATE: Final = re.compile(
    r"(?:end of|late|ende|fin|fin de|finales de|eind|einde|slutet av|koniec|koncem|konec|konce|ultimo)(?: de| d'| van)?\s?$"
)
_MIDDLE: Final = re.compile(r"(?:mid|middle of|mitte|mi|mediados de|medio|halverwege|mitten av|polowa|polovina|polowie|polovine)\s?$")
TO: Final = re.compile(
    r"[\s.]{0,3}(?:[-–/]|bis(?: zum)?|to|until|till|au|tot(?: en met)?|t/m|al|hasta(?: el)?|do)?[\s]{0,3}"
)  # between the ends of a range
_JUST_GONE: Final = timedelta(days=31)


# What every date holds: numbers side by side, or a month, whose stems are these by language.
_ANY_NUMBERS: Final = re.compile(r"\d(?:[./]\s?(?:0?[1-9]|1[0-2])(?!\d)|-\d\d?-\d)")
_STEMS: Final = {
    "en": ("january", "february", "march", "april", "june", "july", "august", "septem", "october", "november", "december", " jan ", " feb ",
           " mar ", " apr ", " jun ", " jul ", " aug ", " sept ", " sep ", " oct ", " nov ", " dec "),
    "de": ("januar", "jänner", "februar", "märz", "april", " mai", "juni", "juli", "august", "septem", "oktober", "novem", "dezem"),
    "fr": ("janv", "fevrier", "mars", "avril", " mai", "juin", "juillet", "aout", "septem", "octobre", "novem", "decem"),
    "nl": ("januari", "februari", "maart", "april", " mei", "juni", "juli", "augustus", "septem", "oktober", "novem", "decem"),
    "es": ("enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiem", "setiem", "octubre", "noviem", "diciem"),
    "sv": ("januari", "februari", " mars", "april", " maj", "juni", "juli", "augusti", "septem", "oktober", "novem", "decem"),
    "pl": ("stycz", "luty", "lutego", "marca", "marzec", "kwietn", "kwiec", " maj", "czerw", "lipc", "lipiec", "sierp", "wrzes", "pazdz",
           "listop", "grud"),
    "cs": ("leden", "ledn", "unor", "brez", "duben", "dubn", "kvet", "cerv", "srp", "zari", "rijn", "rijen", "listop", "prosin"),
}  # fmt: skip


class FoundDate(NamedTuple):
    """A date in a text: its span and parts. `day` is None for a month alone, `year` where none is written."""

    start: int
    end: int
    year: int | None
    month: int
    day: int | None

    def on(self, year: int) -> date | None:
        """The day in that year, the first of the month where only a month is said; None where the calendar has no such day."""
        last = calendar.monthrange(year, self.month)[1]
        day = 1 if self.day is None else last if self.day == LAST_DAY else self.day
        return date(year, self.month, day) if day <= last else None


_FRACTIONS: Final = ("de", "pl", "cs")  # languages in which "1/2" is a part or a system of shifts, not a day
LAST_DAY: Final = 0  # stands for the last day of a month


def find_dates(ad: Advertisement, start: int, end: int, *, country: str | None = None) -> Iterator[FoundDate]:
    """The dates between two places of a text, in order.

    Numbers are day before month; in English "03/04/2026" is month first where the country is the US, and none where no country tells.
    """
    folded, text = ad.folded, ad.text
    end = min(end, len(text))
    window_end, done = min(end + 24, len(text)), start
    for at in may_begin(ad, start, end):
        if at < done:
            continue
        # Folding turns the hyphens of 2026-05-31 into spaces, so words are read in the folded text and numbers in the text itself.
        by_words, match = _DATE.match(folded, at, window_end), _DATE.match(text, at, window_end)
        if match is None or (by_words is not None and by_words.end() > match.end()):
            match = by_words
        if match is None:
            continue
        done = match.end()
        found = _parts(match, ad, country)
        if found is not None:
            yield found


def may_begin(ad: Advertisement, start: int, end: int) -> list[int]:
    """Where between two places a date may begin in a text or its folded form, ascending."""
    everywhere = (ad.scan.digits, ad.text_digits, ad.scan.starts(_ANY_MONTH))
    return sorted({at for places in everywhere for at in within(places, start, end)})


def may_hold_dates(ad: Advertisement) -> bool:
    """Whether a text can hold a date at all: a cheap test that spares most texts the search for one."""
    if " May" in ad.text or next(matches_at(_ANY_NUMBERS, ad.text, ad.text_digits), None) is not None:
        return True
    return ad.scan.search(_month_stems(ad.language)) is not None


@cache
def _month_stems(language: str | None) -> re.Pattern[str]:
    """The stems of months in texts of a language: its own and the English ones, of an unknown language all."""
    languages = _STEMS if language not in _STEMS else dict.fromkeys((language, "en"))
    # what stands before a stem is only looked at, so that the stem's own letters lead the search
    stems = (("(?<= )" if stem.startswith(" ") else "") + stem.lstrip(" ") for name in languages for stem in _STEMS[name])
    return re.compile("|".join(stems))


def _parts(match: re.Match[str], ad: Advertisement, country: str | None) -> FoundDate | None:
    key = next(name for name in _KINDS if match[name])
    year_name, month_name, day_name = _NAMED[key]
    stated = match[year_name] if year_name else None
    year = None if stated is None else int(stated) + (2000 if len(stated) == 2 else 0)
    month_words = match[month_name].lower()
    month = int(month_words) if month_words.isdigit() else _MONTHS.get(month_words, 0)
    day = int(match[day_name]) if day_name else _day_in_month(match, ad, month_words, year)
    if key in ("d2", "d6") and "/" in (match["sep"] or match["sep6"]) and ad.language == "en":
        month, day = _english(month, day or 0, country)
    if key == "d6" and match["sep6"] == "/" and ad.language in _FRACTIONS:
        return None
    possible = 1 <= month <= 12 and (day is None or day == LAST_DAY or 1 <= day <= 31) and (year is None or 1990 <= year <= 2069)
    if not possible or (day_name and day == 0) or (day == -1):
        return None
    return FoundDate(match.start(), match.end(), year, month, day)


def _english(month: int, day: int, country: str | None) -> tuple[int, int]:
    """Month and day of "03/04": the second number is the day in the US, or where it cannot be a month."""
    if month > 12 or (country == "US" and day <= 12):
        return day, month
    return (month, day) if day > 12 or country is not None or day == month else (0, 0)


def _day_in_month(match: re.Match[str], ad: Advertisement, word: str, year: int | None) -> int | None:
    """The day that "end of" or "mid" before a month means; None for the month alone, -1 where the word is no month here."""
    if year is None and word in _WORDS_TOO and ad.language == "en" and not ad.text[match.start()].isupper():
        return -1
    before = ad.folded[max(match.start() - 14, 0) : match.start()]
    return LAST_DAY if _LATE.search(before) else 15 if _MIDDLE.search(before) else None


def posted_on(posting: Posting | None) -> date | None:
    """The day from which dates without a year are counted: when the posting was published, else last changed."""
    if posting is None:
        return None
    return posting.date_posted or (None if posting.date_modified is None else posting.date_modified.date())


def country_of(posting: Posting | None) -> str | None:
    """The one country of the posting's places; None where they name none or several."""
    countries = {place.country for place in posting.job_locations if place.country} if posting is not None else set()
    return countries.pop() if len(countries) == 1 else None


def day_of(found: FoundDate, posted: date | None) -> date | None:
    """The day meant; without a written year the first one from 31 days before `posted` on, and None where that is not known.

    A day that has just gone by stands in texts that are published again; nobody names a day eleven months ahead without its year.
    """
    if found.year is not None:
        return found.on(found.year)
    if posted is None:
        return None
    earliest = posted - _JUST_GONE
    days = (day for year in range(earliest.year, earliest.year + 9) if (day := found.on(year)) is not None)
    if found.day is None:  # a month alone: the posting's own month is still meant
        earliest = earliest.replace(day=1)
    return next((day for day in days if day >= earliest), None)
