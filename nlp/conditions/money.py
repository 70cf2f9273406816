"""Amounts of money in a text: single numbers and ranges with their currencies, in the number formats of many countries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

# Begins with a plain class of digits, so that the search skips from digit to digit.
_NUMBER: Final = (
    r"[0-9](?:[0-9]{0,2}(?:[.,'’ \u00a0\u202f\u2009][0-9]{3})+(?![0-9])(?:[.,][0-9]{1,2}(?![0-9]))?|[0-9]{0,8}(?:[.,][0-9]{1,2}(?![0-9]))?)"
)
_SIGN: Final = (
    r"€|£|\$|eur(?:os?|ů|o's)?\b|usd\b|gbp\b|chf\b|sfr\b|fr\.|kč|kc\b|czk\b|kcs\b|korun\w*|zł(?:ot\w+)?|zl\b|pln\b|kr\b|kr\.|kron\w+"
    r"|sek\b|nok\b|dkk\b"
    r"|php\b|₱|zar\b|hkd\b|aed\b|sar\b|myr\b|thb\b|mxn\b|brl\b|jpy\b|ils\b|₪|uah\b|bgn\b|isk\b|pkr\b|kes\b|ngn\b"
    r"|cad\b|aud\b|nzd\b|sgd\b|inr\b|₹|huf\b|ron\b|\blei\b|amd\b|drams?\b|pounds?\b|dollars?\b"
)
_GLUED: Final = _SIGN.replace(r"\b", r"(?![^\W\d_])")  # the number may follow at once: "PHP23,500"
_KILO: Final = (
    r"k(?![^\W_])|k(?=€|\$|eur\b|usd|chf|pln|gbp)|tis\.?(?!\w)|tys\.?(?!\w)|tsd\.?(?!\w)|t(?=€)|thousand\b|mille\b|mil(?=\s(?:€|eur))"
)
_AFTER: Final = r"(?:,[-–—=]+|\.[-–—]+)?(?:\+?\s?(?P<k{n}>" + _KILO + r"))?(?:\s{{0,2}}(?P<c{n}>" + _SIGN + r")(?![0-9]))?"
_PER: Final = r"(?:\s?(?:/\s?[^\W\d]+\.?|(?:per|par|pro|an|je|por|za)\s[^\W\d]+\.?|br[^\W\d]*\.?|gross|net[^\W\d]*))?"
_TO: Final = (
    r"\s{0,2}(?:[-–—−~]{1,2}|/|\b(?:to|bis|à|a|až|do|tot|till|y|e|et|and|und|en|och|i|hasta|al|upp till|bis zu|up to|jusqu'à)\b)\s{0,2}"
)
_AMOUNTS: Final = re.compile(
    rf"(?P<n1>{_NUMBER})(?!\d)" + _AFTER.format(n=1)
    + rf"(?:{_PER}(?:{_TO}"
    rf"|(?P<gap>[ \u00a0](?=[€£$])))(?:\w{{0,3}}?(?P<before>{_GLUED})\s?)?(?P<n2>{_NUMBER})(?!\d)" + _AFTER.format(n=2) + r")?",
    re.IGNORECASE,
)  # fmt: skip
_BEFORE: Final = re.compile(rf"(?:(?<![^\W\d_])(?:us|ca|au|nz|a|c|s)?|(?=[€£$₹]))(?:{_SIGN})\s{{0,2}}$", re.IGNORECASE)
_DOLLARS: Final = {"ca": "CAD", "c": "CAD", "au": "AUD", "a": "AUD", "nz": "NZD", "s": "SGD"}
_CODES: Final = (
    ("€", "EUR"), ("eur", "EUR"), ("£", "GBP"), ("pound", "GBP"), ("chf", "CHF"), ("sfr", "CHF"), ("fr.", "CHF"), ("kč", "CZK"),
    ("kc", "CZK"),
    ("korun", "CZK"), ("zł", "PLN"), ("zl", "PLN"), ("₹", "INR"), ("dram", "AMD"), ("lei", "RON"),
    ("₱", "PHP"), ("₪", "ILS"), ("$", "USD"), ("dollar", "USD"),
)  # fmt: skip


_MORE_KILO: Final = re.compile(r"\+\s?k", re.IGNORECASE)
_PRICED: Final = re.compile(r"\d[,.][-–—=]")
_DECIMAL: Final = re.compile(r"[.,](\d{1,2})$")
_GROUPS: Final = {ord(mark): None for mark in " .,'’\u00a0\u202f\u2009"}
_INSIDE: Final = (".", ",")


class Money(NamedTuple):
    """An amount, or a range of two, with the currency where it stands beside them; [start, end) holds all of that."""

    start: int
    end: int
    low: float
    high: float
    currency: str | None  # ISO 4217, or "KR" for crowns of a Nordic country
    is_range: bool
    has_kilo: bool
    is_open: bool = False  # a range whose upper end is masked ("4 000 - 00 111"), or "400+k"
    is_priced: bool = False  # the dash of prices stands behind ("9520,-")


def money_in(text: str) -> Iterator[Money]:
    """All numbers of a text that may be money, by start; also those without currency, which only their context can tell."""
    for match in _AMOUNTS.finditer(text):
        start = match.start()
        if text[start - 1 : start] in _INSIDE and text[max(0, start - 2) : start - 1].isdigit():
            continue  # the end of a version, date or phone number
        low, high = number(match["n1"]), number(match["n2"] or match["n1"])
        kilo_low, kilo_high = match["k1"] is not None, match["k2"] is not None
        before = _BEFORE.search(text, max(0, start - 8), start)
        sign = match["c1"] or match["before"] or match["c2"]
        currency = currency_code(before[0]) if before else None if sign is None else currency_code(sign)
        named = (match["c1"] or match["c2"] or "").upper()
        if currency == "USD" and named in _DOLLARS.values():  # "$140k CAD"
            currency = named
        end, is_range = match.end(), match["n2"] is not None
        if match["gap"] and (before is None or low >= high):  # two amounts beside each other
            end, is_range, high = match.start("gap"), False, low
        if is_open := is_range and match["n2"].startswith("00"):
            is_range, high = False, low
        if not is_range:
            low = high = low * 1000 if kilo_low else low
        else:
            high = high * 1000 if kilo_high else high
            low = low * 1000 if kilo_low or (kilo_high and low < 1000) or (low < 1000 <= high and low * 100 < high) else low
        yield Money(
            start=before.start() if before else start,
            end=end,
            low=low,
            high=high,
            currency=currency,
            is_range=is_range,
            has_kilo=kilo_low or kilo_high,
            is_open=is_open or _MORE_KILO.search(match[0]) is not None,
            is_priced=_PRICED.search(match[0]) is not None,
        )


def number(written: str) -> float:
    """The value of a number as written: "1 234,50", "1.234", "1'234.5"."""
    if written.isdigit():
        return float(written)
    decimal = _DECIMAL.search(written)
    whole = written[: decimal.start()] if decimal else written
    return float(whole.translate(_GROUPS) + (f".{decimal[1]}" if decimal else ""))


def currency_code(sign: str) -> str:
    """The ISO 4217 code of a sign or word; "KR" for crowns that the country must tell."""
    word = sign.strip().lower()
    if word.endswith("$") and word[:-1] in _DOLLARS:
        return _DOLLARS[word[:-1]]
    known = next((code for start, code in _CODES if start in word), None)
    if known is not None:
        return known
    return "KR" if word.startswith("kr") else word.upper()
