"""Salaries: schema.org MonetaryAmount in the forms boards write it, and plain words such as "€ 3.150 - € 4.310 per maand"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from vacancies.posting import BaseSalary, SalaryPeriod

_PERIODS: Final = {
    SalaryPeriod.HOUR: r"HOUR|HUR|hours?|hourly|p\.?h|stunde|std|stündlich|heure|horaire|uur|timme|timmen|hora|ora|godzin\w*|hod\w*",
    SalaryPeriod.DAY: r"DAY|days?|daily|tag|täglich|jour|journalier|dag|día|giorno|dzień|den",
    SalaryPeriod.WEEK: r"WEEK|WEE|weeks?|weekly|woche|wöchentlich|semaine|vecka|semana|settimana|tydzień|týden",
    SalaryPeriod.MONTH: r"MONTH|MON|months?|monthly|p\.?m|monat|monatlich|mtl|mois|mensuel|maand|månad|mån|mes|mese|miesi\w+|měs\w*",
    SalaryPeriod.YEAR: r"YEAR|ANN|years?|yearly|annum|annual|annually|p\.?a|jahr|jährlich|an(?!\s+hour)|annuel|jaar|år|año|anno|rok\w*",
}
_PERIOD_PATTERNS: Final = {
    period: re.compile(rf"(?<![^\W\d_])(?:{words})(?![^\W\d_])", re.IGNORECASE) for period, words in _PERIODS.items()
}
_OTHER_PERIODS: Final = re.compile(r"(?<![^\W\d_])(?:bi|semi|twice)[-\s]?(?:week|month|year|annual)\w*|fortnight\w*", re.IGNORECASE)
_SYMBOLS: Final = {"€": "EUR", "$": "USD", "£": "GBP", "zł": "PLN", "kč": "CZK", "fr.": "CHF", "kr": "SEK", "euro": "EUR", "euros": "EUR"}
_CODE: Final = re.compile(r"(?<![A-Z])(EUR|USD|GBP|CHF|SEK|NOK|DKK|PLN|CZK|HUF|RON|BGN|CAD|AUD|INR)(?![A-Z])")
_NUMBER: Final = re.compile(
    r"(?<![\w.,])\d{1,3}(?:[.,'\u2019\u00a0\u202f ]\d{3})+(?:[.,]\d{1,2})?(?!\d)|(?<![\w.,])\d+(?:[.,]\d{1,4})?(?!\d)"
)
_INSTALMENTS: Final = re.compile(r"(?:\bsur|\bx|×|\bauf|\bover)\s*1[2-4](?:[.,]\d+)?\s*(?:mois|monat\w*|months?|maanden)?\b", re.IGNORECASE)
_THOUSANDS: Final = re.compile(r"(?<![\w.,])(\d{1,3}(?:[.,]\d)?)\s?[kK](?![^\W\d_])")
_CURRENCY_CODE: Final = re.compile(r"^[A-Z]{3}$")
_MAX_TEXT: Final = 400


def read_salary(value: object, *, currency: str | None = None) -> BaseSalary | None:
    """Read schema.org baseSalary: a MonetaryAmount (its value a number, text or QuantitativeValue), a number, words, or a list of them.

    Amounts of 0 mean "not stated", a maximum below the minimum changes places with it. None when nothing is stated.
    """
    if isinstance(value, list | tuple):
        return next(filter(None, (read_salary(item, currency=currency) for item in value)), None)
    if isinstance(value, Mapping):
        return _from_mapping(value, currency)
    if isinstance(value, str):
        return salary_from_text(value, currency=currency)
    amount = read_amount(value)
    return make_salary(amount, amount, currency=currency)


def make_salary(
    low: float | None, high: float | None, *, currency: str | None = None, period: str | None = None, text: str | None = None
) -> BaseSalary | None:
    """Make a BaseSalary of the parts that are stated; None when there is neither an amount nor a text."""
    low, high = low or None, high or None
    if low is not None and high is not None and high < low:
        low, high = high, low
    if low is None and high is None and not text:
        return None
    return BaseSalary(min_value=low, max_value=high, currency=read_currency(currency), period=read_period(period), text=text)


def read_amount(value: object) -> float | None:
    """Read one amount from a number or its text ("52000.0000", "3.150", "38 000,50"); None when it is none or negative."""
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value) if 0 <= value < 1e9 else None
    if not isinstance(value, str):
        return None
    match = _NUMBER.search(value)
    return _number(match[0]) if match else None


def read_currency(text: str | None) -> str | None:
    """Read an ISO 4217 code from a code or sign."""
    if not text:
        return None
    word = text.strip()
    return word.upper() if _CURRENCY_CODE.match(word.upper()) else _SYMBOLS.get(word.casefold())


def read_period(text: str | None) -> SalaryPeriod | None:
    """Read the period a salary is paid for; of several words the one that comes first counts. Half months and two weeks are none."""
    if not text:
        return None
    text = _OTHER_PERIODS.sub(" ", text)
    found = [(match.start(), period) for period, pattern in _PERIOD_PATTERNS.items() if (match := pattern.search(text))]
    return min(found)[1] if found else None


def salary_from_text(text: str, *, currency: str | None = None) -> BaseSalary | None:
    """Read a salary field written in words; the words are kept. Amounts count only where a currency or period makes sure what they are.

    None for words without a letter or digit, and for amounts of 0.
    """
    words = " ".join(text.split())[:_MAX_TEXT]
    if not any(map(str.isalnum, words)):
        return None
    stated = _currency_in(words) or currency
    bare = _THOUSANDS.sub(lambda match: f"{float(match[1].replace(',', '.')) * 1000:.0f}", _INSTALMENTS.sub(" ", words))
    period = read_period(_NUMBER.sub(" ", bare))
    numbers = [number for match in _NUMBER.finditer(bare) if (number := _number(match[0])) is not None]
    is_plain = not re.sub(r"[\d\s.,'–—-]", "", words)
    if not 1 <= len(numbers) <= 2 or not (stated or period or is_plain):
        return BaseSalary(text=words)
    if not any(numbers):
        return None
    salary = make_salary(numbers[0], numbers[-1], currency=stated, text=words)
    return salary.model_copy(update={"period": period}) if salary else None


def _from_mapping(value: Mapping[str, object], currency: str | None) -> BaseSalary | None:
    stated = value.get("currency") or value.get("salaryCurrency") or value.get("currencyCode")
    currency = stated if isinstance(stated, str) else currency
    inner = value.get("value")
    if isinstance(inner, list | tuple):
        inner = inner[0] if inner else None
    amounts = inner if isinstance(inner, Mapping) else value
    period = next(
        (unit for source in (amounts, value) for key in ("unitText", "unitCode") if isinstance(unit := source.get(key), str)), None
    )
    low, high = read_amount(amounts.get("minValue")), read_amount(amounts.get("maxValue"))
    if not low and not high:
        exact = amounts.get("value")
        if isinstance(exact, str) and _NUMBER.fullmatch(exact.strip()) is None:
            words = salary_from_text(exact, currency=currency)
            return words.model_copy(update={"period": words.period or read_period(period)}) if words else None
        low = high = read_amount(exact)
    return make_salary(low, high, currency=currency, period=period)


def _currency_in(words: str) -> str | None:
    code = _CODE.search(words)
    if code:
        return code[1]
    lowered = words.casefold()
    return next((name for sign, name in _SYMBOLS.items() if re.search(rf"(?<![a-z]){re.escape(sign)}(?![a-z])", lowered)), None)


def _number(text: str) -> float | None:
    digits = re.sub(r"['\u2019\u00a0\u202f ]", "", text)
    groups = re.split(r"[.,]", digits)
    is_grouped = len(groups) > 1 and len(groups[0]) <= 3 and all(len(group) == 3 for group in groups[1:]) and groups[0] != "0"
    if is_grouped:
        digits = "".join(groups)
    elif len(groups) > 1:
        digits = "".join(groups[:-1]) + "." + groups[-1]
    number = float(digits)
    return number if number < 1e9 else None
