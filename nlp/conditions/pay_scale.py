"""How much pay is plausible for an hour, a month or a year, and which currency a country or a language has."""

from __future__ import annotations

from typing import Final

from vacancies.posting import SalaryPeriod

# What one euro is worth, roughly: only to judge whether an amount can be pay for an hour, a month or a year.
SCALE: Final = {
    "CZK": 25, "PLN": 4, "SEK": 10, "NOK": 10, "DKK": 7.5, "HUF": 400, "INR": 80, "AMD": 400, "RON": 5, "PHP": 60,
    "ZAR": 20, "HKD": 8, "AED": 4, "SAR": 4, "MYR": 5,
    "THB": 38, "MXN": 20, "BRL": 6, "JPY": 160, "ILS": 4, "UAH": 45, "BGN": 2, "ISK": 150, "PKR": 300, "KES": 140, "NGN": 1700,
}  # fmt: skip
PLAUSIBLE: Final = {
    SalaryPeriod.HOUR: (2, 400),
    SalaryPeriod.DAY: (15, 3_000),
    SalaryPeriod.WEEK: (50, 9_000),
    SalaryPeriod.MONTH: (80, 40_000),
    SalaryPeriod.YEAR: (2_000, 2_000_000),
}
COUNTRY_CURRENCY: Final = {
    "GB": "GBP", "US": "USD", "CH": "CHF", "LI": "CHF", "CZ": "CZK", "PL": "PLN", "SE": "SEK", "NO": "NOK", "DK": "DKK", "HU": "HUF",
    "IN": "INR",
    "PH": "PHP", "ZA": "ZAR", "HK": "HKD", "AE": "AED", "SA": "SAR", "MY": "MYR", "TH": "THB", "MX": "MXN", "BR": "BRL", "JP": "JPY",
    "IL": "ILS", "UA": "UAH", "BG": "BGN", "IS": "ISK", "PK": "PKR", "KE": "KES", "NG": "NGN", "SG": "SGD",
    "CA": "CAD", "AU": "AUD", "NZ": "NZD", "RO": "RON", "AM": "AMD",
    **dict.fromkeys(("AT", "BE", "CY", "DE", "EE", "ES", "FI", "FR", "GR", "HR", "IE", "IT", "LT", "LU", "LV", "MT", "NL"), "EUR"),
    **dict.fromkeys(("PT", "SI", "SK"), "EUR"),
}  # fmt: skip
LANGUAGE_CURRENCY: Final = {"de": "EUR", "fr": "EUR", "nl": "EUR", "es": "EUR", "pl": "PLN", "cs": "CZK", "sv": "SEK", "en": "USD"}
