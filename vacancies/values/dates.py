"""Dates as boards write them: ISO, RFC 822, epoch seconds and milliseconds, day-first, naive, with months in a dozen languages."""

from __future__ import annotations

import re
import warnings
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Final

from dateutil import parser as date_parser

from vacancies.values.month_names import with_english_months

_EARLIEST: Final = 1990
_LATEST: Final = 2100
_EPOCH_MILLISECONDS: Final = 10**11  # as seconds this is the year 5138, as milliseconds March 1973
_ISO: Final = re.compile(
    r"^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ]+(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,:]\d+)?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2}|[+-]\d{2})?$", re.I
)
_DAY_FIRST: Final = re.compile(r"^(\d{1,2})\s*[./-]\s*(\d{1,2})\s*[./-]\s*(\d{4})\b(.*)$")
_BASIC_ISO: Final = re.compile(r"^(?:19|20)\d{6}$")
_NUMBER: Final = re.compile(r"^\d{9,13}(?:\.\d+)?$")
_YEAR_FIRST: Final = re.compile(r"^\d{4}\D")
_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_TRAILING_PART: Final = re.compile(r"(\d{2}:\d{2}:\d{2})[:.]\d+")  # NEOGOV writes 05:00:00:0
_MAX_CHARACTERS: Final = 64


def read_date(value: object) -> date | None:
    """Read a calendar date, as the board's own clock shows it (no change of zone); None for what is not one whole, plausible date.

    Of `03/04/2026` the day comes first, unless the second number is above 12; relative texts ("30+ days ago") are not dates.
    """
    found = _read(value)
    return found.date() if isinstance(found, datetime) else found


def read_datetime(value: object) -> datetime | None:
    """Read a point in time, in UTC; a time without a zone is taken as UTC, a date as its midnight. None as in `read_date`."""
    found = _read(value)
    if found is None:
        return None
    if not isinstance(found, datetime):
        return datetime(found.year, found.month, found.day, tzinfo=UTC)
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def _read(value: object) -> date | datetime | None:
    if isinstance(value, bool):
        return None
    found: date | datetime | None = None
    if isinstance(value, date):
        found = value
    elif isinstance(value, int | float):
        found = _from_epoch(float(value))
    elif isinstance(value, str) and len(value) <= _MAX_CHARACTERS:
        found = _from_text(" ".join(value.split()))
    return found if found is not None and _EARLIEST <= found.year <= _LATEST else None


def _from_text(text: str) -> date | datetime | None:
    if _BASIC_ISO.match(text):
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    if _NUMBER.match(text):
        return _from_epoch(float(text))
    try:
        return _from_iso(text) or _from_day_first(text) or _from_words(text)
    except (ValueError, OverflowError):
        return None


def _from_epoch(number: float) -> datetime | None:
    seconds = number / 1000 if abs(number) >= _EPOCH_MILLISECONDS else number
    try:
        return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    except (OverflowError, ValueError):
        return None


def _from_iso(text: str) -> datetime | None:
    match = _ISO.match(text)
    if match is None:
        return None
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    if hour == 24:  # ISO 8601's end of day
        hour, minute, second = 23, 59, 59
    return datetime(year, month, day, hour, minute, second, tzinfo=_zone(match[7]))


def _zone(text: str | None) -> timezone | None:
    if not text:
        return None
    if text.upper() in {"Z", "UTC", "GMT"}:
        return UTC
    digits = text[1:].replace(":", "")
    offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:] or 0))
    return timezone(-offset if text[0] == "-" else offset)


def _from_day_first(text: str) -> date | None:
    match = _DAY_FIRST.match(text)
    if match is None:
        return None
    first, second, year = int(match[1]), int(match[2]), int(match[3])
    return date(year, first, second) if second > 12 else date(year, second, first)


def _from_words(text: str) -> datetime | None:
    if not _YEAR.search(text):
        return None
    text = _TRAILING_PART.sub(r"\1", text)
    if "," in text[:6]:
        try:
            return parsedate_to_datetime(text)
        except (ValueError, TypeError):
            pass  # not RFC 822 in every part: read it freely
    text = with_english_months(text)
    is_day_first = not _YEAR_FIRST.match(text)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", date_parser.UnknownTimezoneWarning)
        found = [date_parser.parse(text, dayfirst=is_day_first, default=datetime(2000, *default)) for default in ((1, 1), (2, 2))]  # noqa: DTZ001
    return found[0] if found[0] == found[1] else None  # a part that is not written was filled from the default
