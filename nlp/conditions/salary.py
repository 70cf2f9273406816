"""The salary: the board's field, else the amounts of the text that its words show to be pay; both on a yearly footing too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from nlp.advertisement import Advertisement
from nlp.conditions.money import Money, money_in
from nlp.conditions.pay_scale import COUNTRY_CURRENCY, LANGUAGE_CURRENCY, PLAUSIBLE, SCALE
from nlp.conditions.pay_words import (
    AND_MORE,
    BASIS,
    FROM,
    GROWS,
    NOT_PAY,
    NOT_PAY_AFTER,
    OTHERS_PAY,
    PAY,
    PERIOD,
    PERIOD_BEFORE,
    UP_TO,
)
from nlp.conditions.source import ConditionSource
from vacancies.enriched import Evidence, SalaryReading
from vacancies.posting import BaseSalary, Posting, SalaryPeriod

# Periods in a year of full-time work. 1,720 hours: the standard annual working time of Regulation (EU) 2021/1060, Article 55(2);
# 215 days: the annual productive days of the Commission's model grant agreements for Horizon Europe.
PERIODS_PER_YEAR: Final = {
    SalaryPeriod.HOUR: 1720,
    SalaryPeriod.DAY: 215,
    SalaryPeriod.WEEK: 52,
    SalaryPeriod.MONTH: 12,
    SalaryPeriod.YEAR: 1,
}
_READ_CHARACTERS: Final = 200_000  # longer texts are no advertisements; what follows is not searched for amounts
_MOST_NUMBERS: Final = 1_000  # advertisements name fewer
_BEFORE: Final = 80
_NEAR: Final = 32
_AFTER: Final = 48
_NAME_REST: Final = 16  # characters between a word of pay and the colon of its name: "stawka godzinowa:"
_BESIDE: Final = 60  # characters between two bands of one sentence
_SENTENCE_ENDS: Final = ("\n", ". ", ";")
_STEMS: Final = (
    "salar", "salai", "wage", "pay", "paid", "compens", "remuner", "earn", "rate", "base", "stipend", "gehalt",
    "lohn", "löhn", "verdien", "vergüt",
    "entgelt", "honorar",
    "salär", "bezüge", "besoldung", "dotier", "fixum", "bezahl", "entlohn", "einkommen", "inkomen", "ingresos", "compensac", "timpenning",
    "widelk", "wynagradz", "uposazen", "ohodnoc", "vydel",
    "taux", "smic", "gratif", "fixe", "loon", "beloning", "vergoeding", "tarief", "sueldo", "retribuc", "banda", "lön", "arvode",
    "wynagr", "pensj", "stawk", "zarob", "plac", "mzd", "plat", "hrub",
)  # fmt: skip
_TRIGGERS: Final = ("€", "£", "$", "eur", "gbp", "usd", "chf", "kc", "czk", "zl", "pln", "kr", "sek", "brut", "netto", *_STEMS)
_NO_AMOUNT: Final = re.compile(
    r"\s?(?:%|h\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\b|hours?\b|uur\b|std\b|stunden|heures|horas|hodin|godz"
    r"|timmar|days?\b|years?\b|jahre|ans\b|jaar|x\b|e\b|th\b|\.?\d|[)\s]*\*\*)"
)


class _Found(NamedTuple):
    """An amount that the words around it show to be pay."""

    money: Money
    period: SalaryPeriod
    is_said: bool  # the period is said, not told by the size


def read_salary(source: ConditionSource) -> SalaryReading | None:
    """The board's salary, else the first that the text states; None where none is stated.

    Where the text names no period or no currency, the amount's size, the country or the language tell them, at a lower score.
    """
    stated = None if source.posting is None else of_field(source.posting.base_salary)
    return stated or of_text(source.ad, source.posting)


def of_field(stated: BaseSalary | None) -> SalaryReading | None:
    """The board's salary with its yearly equivalents: amount x periods in a year, gross and full time as stated; None without amounts.

    A single amount is both minimum and maximum; amounts in the wrong order are exchanged; zero counts as not stated. Without a period
    there is no yearly equivalent: it is not guessed from the size.
    """
    if stated is None:
        return None
    low = stated.min_value or stated.max_value
    high = stated.max_value or stated.min_value
    if low is None or high is None or high <= 0:
        return None
    low, high = min(low, high), max(low, high)
    evidence = Evidence(field="base_salary", rule="board_field")
    return _reading(low, high, stated.currency, stated.period, basis=None, score=1.0, evidence=evidence)


def of_text(ad: Advertisement, posting: Posting | None) -> SalaryReading | None:
    """The salary that a text states; `posting` tells the country where the text names no currency."""
    folded = ad.folded[:_READ_CHARACTERS]
    if not any(trigger in folded for trigger in _TRIGGERS):
        return None
    home = _home_currency(posting, ad.language)
    judged = (_judged(folded, money, home) for money in islice(money_in(ad.text[:_READ_CHARACTERS]), _MOST_NUMBERS))
    every = (found for found in judged if found is not None)
    first = next(every, None)
    return None if first is None else _of_found(folded, _with_other_bands(folded, first, every), home)


def _with_other_bands(folded: str, first: _Found, others: Iterator[_Found]) -> _Found:
    """The range from the lowest to the highest of the bands that one sentence names ("... for level 4, and ... for level 5")."""
    whole, end = first, first.money.end
    for other in others if first.money.is_range else ():
        between, money = folded[end : other.money.start], other.money
        alike = money.is_range and (money.currency, other.period) == (first.money.currency, first.period)
        if not alike or len(between) > _BESIDE or any(mark in between for mark in _SENTENCE_ENDS):
            break
        low, high = min(whole.money.low, money.low), max(whole.money.high, money.high)
        whole, end = whole._replace(money=whole.money._replace(low=low, high=high)), money.end
    return whole


def _judged(folded: str, money: Money, home: str | None) -> _Found | None:
    """What speaks for pay: a word of pay in front, a period, gross or net, a range, thousands, a currency."""
    before, after = _before(folded, money.start), folded[money.end : money.end + _AFTER].split("\n", 1)[0]
    lead = _last(PAY, before) if any(stem in before for stem in _STEMS) else None
    if money.currency is None and not _may_lack_currency(money, before, after, lead):
        return None
    if NOT_PAY_AFTER.match(after) and not _is_named(money, before, lead):
        return None
    if OTHERS_PAY.search(folded, max(0, money.start - 160), money.start):
        return None
    against = _last(NOT_PAY, before[-45:])
    if against is not None and (lead is None or len(before) - lead.end() > len(before[-45:]) - against.end()):
        return None
    said = _said_period(before, after, lead)
    scale = SCALE.get(_currency(money, home) or "", 1)
    currency = _currency(money, home)
    scale = SCALE.get(currency or "", 1)
    by_size = _by_size(money, currency, scale)
    period = said if said is not None and _fits(money, said, scale) else by_size
    if period is None or not _fits(money, period, scale) or (period is SalaryPeriod.HOUR and said is not period and money.currency is None):
        return None
    points = (
        (money.currency is not None or money.is_priced)
        + (lead is not None and _is_open(money, before))
        + money.is_range
        + money.has_kilo
        + 2 * (said is period)
        + _has_basis(before, after)
    )
    points += 3 * _is_bare_gross(money, after, scale)
    points += (2 if len(before) - lead.end() > _NEAR else 3) if lead is not None else 2 * (PAY.match(after.lstrip()) is not None)
    is_plain = money.currency is not None and (period is by_size or lead is not None)
    needed = 3 if (is_plain and (said is period or money.has_kilo)) or (lead is not None and money.has_kilo) else 4
    return _Found(money, period, said is period) if points >= needed else None


def _is_open(money: Money, before: str) -> bool:
    """Whether the words leave one end of an amount open, as they do of pay: "Gehalt ab", "earn up to"."""
    return money.currency is not None and (FROM.search(before) is not None or UP_TO.search(before) is not None)


def _before(folded: str, start: int) -> str:
    """The words in front of an amount: those of its line, or of the line above where it stands alone in its own."""
    window = folded[max(0, start - _BEFORE) : start]
    line = window.rfind("\n")
    if line < 0:
        return window
    return window[line + 1 :] if any(map(str.isalnum, window[line + 1 :])) else window.rstrip().rsplit("\n", 1)[-1]


def _last(pattern: re.Pattern[str], window: str) -> re.Match[str] | None:
    found = None
    for found in pattern.finditer(window):  # noqa: B007 the last one counts
        pass
    return found


def _may_lack_currency(money: Money, before: str, after: str, lead: re.Match[str] | None) -> bool:
    if not money.has_kilo and (_NO_AMOUNT.match(after) or 1900 <= money.low <= 2100):
        return False
    if lead is not None:
        return len(before) - lead.end() <= _NEAR or money.has_kilo
    return (money.is_range and money.has_kilo and PAY.search(after[:24]) is not None) or _is_bare_gross(money, after, 1)


def _is_bare_gross(money: Money, after: str, scale: float) -> bool:
    """Whether an amount of a month's size has only "gross" or "net" behind it, as Polish advertisements write: "3075 brutto"."""
    return money.currency is None and money.low >= 400 * scale and BASIS.match(after.lstrip()) is not None


def _is_named(money: Money, before: str, lead: re.Match[str] | None) -> bool:
    """Whether the pay's own name stands right before an amount with a currency: what follows in a text without lines is the next item."""
    rest = "" if lead is None else before[lead.end() :].rstrip()
    return money.currency is not None and rest.endswith(":") and len(rest) <= _NAME_REST


def _said_period(before: str, after: str, lead: re.Match[str] | None) -> SalaryPeriod | None:
    behind = PERIOD.search(after)
    if behind is not None and behind.lastgroup and not any(map(str.isdigit, after[: behind.start()])) and behind.start() <= _NEAR:
        return SalaryPeriod(behind.lastgroup)
    if lead is None:
        return None
    ahead = _last(PERIOD_BEFORE, before[max(0, lead.start() - 16) :])
    return None if ahead is None or ahead.lastgroup is None else SalaryPeriod(ahead.lastgroup)


def _fits(money: Money, period: SalaryPeriod, scale: float) -> bool:
    least, most = PLAUSIBLE[period]
    return least * scale <= money.low <= money.high <= most * scale


def _by_size(money: Money, currency: str | None, scale: float) -> SalaryPeriod | None:
    """The period that an amount's size tells; None between the sizes of an hour's and a month's pay."""
    size = money.high / scale
    if size < 95:
        return SalaryPeriod.HOUR
    if size < 150:
        return None
    return SalaryPeriod.MONTH if size < (18_000 if currency == "CHF" else 10_000) else SalaryPeriod.YEAR


def _has_basis(before: str, after: str) -> bool:
    return BASIS.search(after[:_NEAR]) is not None or BASIS.search(before[-24:]) is not None


def _home_currency(posting: Posting | None, language: str | None) -> str | None:
    countries = () if posting is None else [place.country for place in posting.job_locations if place.country is not None]
    at_place = next((COUNTRY_CURRENCY[country] for country in countries if country in COUNTRY_CURRENCY), None)
    return at_place or LANGUAGE_CURRENCY.get(language or "")


def _currency(money: Money, home: str | None) -> str | None:
    if money.currency == "KR":
        return home if home in ("SEK", "NOK", "DKK") else "SEK"
    if money.currency == "USD" and home in ("CAD", "AUD", "NZD"):
        return home
    return money.currency or home


def _of_found(folded: str, found: _Found, home: str | None) -> SalaryReading:
    money = found.money
    before, after = _before(folded, money.start), folded[money.end : money.end + _AFTER].split("\n", 1)[0]
    low, high = _ends(money, before, after)
    if low == high and low is not None and found.is_said:
        high = max(low, _grown(folded, money, low))
    basis = BASIS.search(after[:_NEAR]) or _last(BASIS, before[-_NEAR:])
    score = 0.95 if found.is_said else 0.85
    score -= 0.1 if money.currency is None else 0.0
    return _reading(
        low,
        high,
        _currency(money, home),
        found.period,
        basis=None if basis is None else basis.lastgroup,
        score=round(score, 3),
        evidence=Evidence(start=money.start, end=money.end, rule="pay_words" if found.is_said else "pay_words:size"),
    )


def _grown(folded: str, money: Money, low: float) -> float:
    """What an amount may rise to by the words behind it, in the same currency and at most three times as much; else the amount."""
    grows = GROWS.match(folded, money.end)
    if grows is None or NOT_PAY.search(grows[0]):
        return low
    for later in money_in(folded[money.end : grows.end() + 12]):
        if later.currency == money.currency and low < later.low <= 3 * low:
            return later.low
    return low


def _ends(money: Money, before: str, after: str) -> tuple[float | None, float | None]:
    """Minimum and maximum: "from" leaves the maximum open, "up to" the minimum; one amount alone is both."""
    if money.is_range:
        return min(money.low, money.high), max(money.low, money.high)
    if money.is_open or FROM.search(before) or AND_MORE.match(after):
        return money.low, None
    if UP_TO.search(before):
        return None, money.high
    return money.low, money.high


def _reading(
    low: float | None,
    high: float | None,
    currency: str | None,
    period: SalaryPeriod | None,
    *,
    basis: str | None,
    score: float,
    evidence: Evidence,
) -> SalaryReading:
    factor = None if period is None else PERIODS_PER_YEAR[period]
    return SalaryReading(
        min_value=low,
        max_value=high,
        currency=currency,
        period=None if period is None else period.value,
        year_min=None if factor is None or low is None else round(low * factor, 2),
        year_max=None if factor is None or high is None else round(high * factor, 2),
        basis=basis,
        score=score,
        evidence=evidence,
    )
