"""The salary: the board's field, else the amounts of the text that its words show to be pay; both on a yearly footing too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from nlp.advertisement import Advertisement
from nlp.conditions.money import Money, money_in
from nlp.conditions.pay_context import AFTER, NEAR, PAY_STEMS, PayContext, after_amount, before_amount, last_match
from nlp.conditions.pay_scale import COUNTRY_CURRENCY, LANGUAGE_CURRENCY, PLAUSIBLE, SCALE
from nlp.conditions.pay_words import AND_MORE, BASIS, FROM, GROWS, NOT_PAY, PAY, PERIOD, UP_TO
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
_LEAST_NET: Final = 0.55  # of gross pay
_ALIKE: Final = 2.0  # times as much a year, at most
_BESIDE: Final = 60  # characters between two bands of one sentence
_SENTENCE_ENDS: Final = ("\n", ". ", ";")
_TRIGGERS: Final = (
    *("€", "£", "$"), *(f"{digit}k" for digit in range(10)),
    *("eur", "gbp", "usd", "chf", "kc", "czk", "zl", "pln", "kr", "sek", "brut", "netto"), *PAY_STEMS,
)  # fmt: skip
# The other end of a range whose ends have their own units: "od 12 EUR/h do 13 EUR/h".
_REACHING: Final = re.compile(r"[\s/.,-]{0,4}(?:up to|az do|bis zu|upp till|do ok\.|do|to|bis|tot|till|a|hasta|az) ?$")


class _Found(NamedTuple):
    """An amount that the words around it show to be pay."""

    money: Money
    period: SalaryPeriod
    is_said: bool  # the period is said, not told by the size


def read_salary(source: ConditionSource) -> SalaryReading | None:
    """The board's salary, else the first that the text states; None where none is stated. Together where the board's is a bare amount.

    Where the text names no period or no currency, the amount's size, the country or the language tell them, at a lower score.
    """
    stated = None if source.posting is None else of_field(source.posting.base_salary)
    if stated is not None and stated.currency is not None and stated.period is not None:
        return stated
    said = of_text(source.ad, source.posting)
    return (stated or said) if stated is None or said is None else _completed(stated, said)


def _completed(stated: SalaryReading, said: SalaryReading) -> SalaryReading:
    """The board's amounts with the currency and the period that the text says of one of them, or of net pay beside gross pay.

    Boards that take pay as a number alone leave it to the text what the number means. A bare amount in whose place the text states other
    pay of like size is left; one that has nothing to do with what the text states stays bare.
    """
    low, high, own = stated.min_value, stated.max_value, said.min_value or said.max_value
    if low is None or high is None or own is None or said.period is None:
        return stated
    if stated.period not in (None, said.period) or (stated.currency or said.currency) != said.currency:
        return stated
    scale, said_year = SCALE.get(said.currency or "", 1), own * PERIODS_PER_YEAR[SalaryPeriod(said.period)]
    may_mean = [each for each in SalaryPeriod if PLAUSIBLE[each][0] * scale <= low <= high <= PLAUSIBLE[each][1] * scale]
    if {low, high} & {said.min_value, said.max_value}:
        if low == high and None in (said.min_value, said.max_value):
            return said  # "from 25 000": the board's one amount is an end only
        period = SalaryPeriod(said.period)
        return _told(stated, said, period, basis=said.basis) if period in may_mean else stated
    if said.basis == "net":
        gross = (each for each in may_mean if _LEAST_NET * low <= said_year / PERIODS_PER_YEAR[each] < high)
        if (period_of_gross := next(gross, None)) is not None:
            return _told(stated, said, period_of_gross, basis=None)
    is_bare = stated.currency is None and stated.period is None
    is_alike = any(low / _ALIKE <= said_year / PERIODS_PER_YEAR[each] <= high * _ALIKE for each in may_mean)
    return said if is_bare and is_alike else stated


def _told(stated: SalaryReading, said: SalaryReading, period: SalaryPeriod, *, basis: str | None) -> SalaryReading:
    evidence = Evidence(field="base_salary", rule="board_field:text")
    return _reading(stated.min_value, stated.max_value, said.currency, period, basis=basis, score=said.score, evidence=evidence)


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
    """What speaks for pay: a word of pay in front, a period, gross or net, a range, thousands, a currency, a place of its own."""
    around = PayContext.of(folded, money)
    said, lead = around.said_period, around.lead
    if not around.may_be_pay(said):
        return None
    currency = _currency(money, home)
    scale = SCALE.get(currency or "", 1)
    by_size = _by_size(money, currency, scale)
    period = said if said is not None and _fits(money, said, scale) else by_size
    if period is None or not _fits(money, period, scale) or (period is SalaryPeriod.HOUR and said is not period and money.currency is None):
        return None
    points = (
        (money.currency is not None or money.is_priced)
        + (lead is not None and around.leaves_an_end_open)
        + money.is_range
        + money.has_kilo
        + 2 * (said is period)
        + around.has_basis
        + 2 * (period is SalaryPeriod.YEAR and around.is_item)
        + 3 * around.is_bare_gross(scale)
    )
    points += (2 if around.lead_distance > NEAR else 3) if lead is not None else 2 * (PAY.match(around.after.lstrip()) is not None)
    is_plain = money.currency is not None and (period is by_size or lead is not None)
    needed = 3 if (is_plain and (said is period or money.has_kilo)) or (lead is not None and money.has_kilo) else 4
    return _Found(money, period, said is period) if points >= needed else None


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
    before, after = before_amount(folded, money.start), after_amount(folded, money.end)
    low, high = _ends(money, before, after)
    if low == high and low is not None and found.is_said:
        high = max(low, _grown(folded, money, low))
    if low is not None and high is None:
        high = _reached(folded, money, low)
    basis = BASIS.search(after[:NEAR]) or last_match(BASIS, before[-NEAR:])
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


def _reached(folded: str, money: Money, low: float) -> float | None:
    """The other end of "from ... to ..." where each end has its own unit, in the same currency; None where it stays open."""
    for other in money_in(folded[money.end : money.end + AFTER]):
        between = folded[money.end : money.end + other.start]
        is_end = _REACHING.fullmatch(BASIS.sub("", PERIOD.sub("", between))) is not None
        return other.high if is_end and other.currency == money.currency and low < other.high <= 3 * low else None
    return None


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
