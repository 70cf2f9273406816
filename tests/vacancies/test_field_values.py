"""Dates, countries, employment types and salaries, as boards write them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacancies.job_place import place_from_words, place_of_site, read_places
from vacancies.values.countries import read_country
from vacancies.values.dates import read_date, read_datetime
from vacancies.values.employment import read_employment_types
from vacancies.values.salaries import read_amount, read_period, read_salary
from vacancies.values.workplaces import read_workplace


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2026-08-26", date(2026, 8, 26)),
        ("20260826", date(2026, 8, 26)),
        ("2026-08-26T00:32:09+03:00", date(2026, 8, 26)),  # the board's own day, not UTC's
        ("2026-08-26T24:00:00Z", date(2026, 8, 26)),
        ("2020-12-21T23:55:00.0000000", date(2020, 12, 21)),
        ("2026-08-05 09:41:37 UTC", date(2026, 8, 5)),
        ("Wed, 19 Aug 2026 23:10:38 GMT", date(2026, 8, 19)),
        ("Wed, 19 Aug 2026 05:00:00:0", date(2026, 8, 19)),
        ("16 January 2004, 13:00", date(2004, 1, 16)),
        ("25.12.2026", date(2026, 12, 25)),
        ("03/04/2026", date(2026, 4, 3)),
        ("12/25/2026", date(2026, 12, 25)),
        ("2026/09/01", date(2026, 9, 1)),
        ("2026/9/1 10:00:00", date(2026, 9, 1)),
        ("2026-09-01 10:00:00 AM", date(2026, 9, 1)),
        ("2026年9月1日", date(2026, 9, 1)),
        ("mar., 01 sept. 2026 10:00:00 +0200", date(2026, 9, 1)),
        ("Di, 01 Sep 2026 10:00:00 +0200", date(2026, 9, 1)),
        ("1. März 2026", date(2026, 3, 1)),
        ("5 de agosto de 2026", date(2026, 8, 5)),
        ("12 okt 2026", date(2026, 10, 12)),
        ("1 września 2026", date(2026, 9, 1)),
        ("31 février 2026", None),
        (1757582757157, date(2025, 9, 11)),
        (1757582757, date(2025, 9, 11)),
        ("1757582757", date(2025, 9, 11)),
        (date(2026, 1, 2), date(2026, 1, 2)),
        ("Posted 30+ Days Ago", None),
        ("January 2004", None),
        ("2026", None),
        ("2026-02-30", None),
        ("0001-01-01T00:00:00", None),
        ("", None),
        (None, None),
        (True, None),
        (float("nan"), None),
    ],
)
def test_dates(value: object, expected: date | None) -> None:
    assert read_date(value) == expected


def test_a_naive_time_is_taken_as_utc_and_a_zoned_one_is_brought_there() -> None:
    assert read_datetime("2025-09-25T23:59:59") == datetime(2025, 9, 25, 23, 59, 59, tzinfo=UTC)
    assert read_datetime("Fri, 04 Sep 2026 14:50:13 +0300") == datetime(2026, 9, 4, 11, 50, 13, tzinfo=UTC)


@given(st.one_of(st.text(max_size=80), st.integers(), st.floats(), st.none(), st.lists(st.text())))
def test_no_value_breaks_a_reader(value: object) -> None:
    assert read_date(value) is None or isinstance(read_date(value), date)
    read_salary(value)
    read_country(value)
    read_places(value)
    if isinstance(value, str):
        read_employment_types([value])
        place_from_words(value)


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("DE", "DE"),
        ("deu", "DE"),
        ("Deutschland", "DE"),
        ("UK", "GB"),
        ("Pays-Bas", "NL"),
        ("Sverige", "SE"),
        ("NO", "NO"),
        ("Atlantis", None),
    ],
)
def test_countries(value: str, code: str | None) -> None:
    assert read_country(value) == code


@pytest.mark.parametrize(
    ("words", "locality", "country"),
    [
        ("London, UK", "London", "GB"),
        ("Munich, Bavaria, Germany", "Munich", "DE"),
        ("Atlanta, Georgia", "Atlanta", None),  # the country, or the state?
        ("San Francisco, CA", "San Francisco", None),
        ("Berlin, DE", "Berlin", "DE"),
        ("Valletta, MT", "Valletta", "MT"),
        ("Austin, TX, USA", "Austin", "US"),
        ("Wilmington, DE, USA", "Wilmington", "US"),
        ("Germany", None, "DE"),
        ("Remote", None, None),
        ("Remote, United Kingdom", None, "GB"),
    ],
)
def test_places_in_words(words: str, locality: str | None, country: str | None) -> None:
    place = place_from_words(words)
    assert place is not None
    assert (place.locality, place.country, place.text) == (locality, country, words)


@pytest.mark.parametrize(
    ("words", "countries", "country"),
    [
        ("Berlin, DE", ("DE",), "DE"),
        ("Berlin, DE", ("FR", "US", "DE"), "DE"),
        ("Wilmington, DE", ("US",), "US"),
        ("Baltimore, MD", ("DE", "US"), "US"),
        ("Valletta, MT", ("DE",), "MT"),
        ("Toronto, CA", ("CA",), "CA"),
        ("San Francisco, CA", ("DE",), None),
        ("San Francisco, CA", ("US",), "US"),
        ("Tbilisi, Georgia", ("GE",), "GE"),
        ("Atlanta, Georgia", ("US",), "US"),
        ("Lyon, France", ("US",), "FR"),
        ("Lyon", ("FR",), None),
    ],
)
def test_the_board_s_countries_settle_what_may_be_a_state(words: str, countries: tuple[str, ...], country: str | None) -> None:
    place = place_from_words(words, countries=countries)
    assert place is not None
    assert place.country == country
    assert [found.country for found in read_places({"address": words}, countries=countries)] == [country]


@pytest.mark.parametrize(
    ("values", "types", "unread"),
    [
        (["FULL_TIME"], ("FULL_TIME",), ()),
        (["Permanent, full-time"], ("PERMANENT", "FULL_TIME"), ()),
        (["full-time permanent"], ("FULL_TIME", "PERMANENT"), ()),
        (["Vollzeit oder Teilzeit"], ("FULL_TIME", "PART_TIME"), ()),
        (["https://schema.org/FullTime"], ("FULL_TIME",), ()),
        (["CDI"], ("PERMANENT",), ()),
        (["Salaried, full-time", "HOURLY_PT"], ("FULL_TIME", "PART_TIME"), ()),
        (["Contrat à durée indéterminée (CDI)"], ("PERMANENT",), ()),
        (["unbefristet"], ("PERMANENT",), ()),
        (["vast dienstverband"], ("PERMANENT",), ()),
        (["indefinido"], ("PERMANENT",), ()),
        (["stała"], ("PERMANENT",), ()),
        (["na dobu neurčitou"], ("PERMANENT",), ()),
        (["tillsvidare"], ("PERMANENT",), ()),
        (["befristet"], ("TEMPORARY",), ()),
        (["regular", "Vanlig anställning"], (), ()),
        (["fulltime_fixed_term"], ("FULL_TIME", "TEMPORARY"), ()),
        (["Permanent - Full Time"], ("PERMANENT", "FULL_TIME"), ()),
        (["Full-time employee"], ("FULL_TIME",), ()),
        (["Regular Full-Time Intern position"], ("FULL_TIME", "INTERN"), ()),
        (["Fixed-term contract"], ("TEMPORARY",), ()),
        (["Salaried, FT"], ("FULL_TIME",), ()),
        (["Full stack"], (), ("Full stack",)),
        (["full-or-part-time"], ("FULL_TIME", "PART_TIME"), ()),
        (["full"], ("FULL_TIME",), ()),
        (["working_student"], ("OTHER",), ()),
        (["FULL_TIME", "full time", "Schichtdienst"], ("FULL_TIME",), ("Schichtdienst",)),
    ],
)
def test_employment_types(values: list[str], types: tuple[str, ...], unread: tuple[str, ...]) -> None:
    assert read_employment_types(values) == (types, unread)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"currency": "EUR", "value": {"minValue": 3100, "maxValue": 3600, "unitText": "MONTH"}}, (3100, 3600, "EUR", "MONTH")),
        ({"currency": "EUR", "value": 2000, "unitText": "MONTH"}, (2000, 2000, "EUR", "MONTH")),
        ({"currency": "€", "value": {"value": "14.50", "unitText": "HUR"}}, (14.5, 14.5, "EUR", "HOUR")),
        (
            {"currency": "GBP", "value": {"minValue": "55000.0000", "maxValue": "52000.0000", "unitText": "YEAR"}},
            (52000, 55000, "GBP", "YEAR"),
        ),
        ({"currency": "EUR", "value": {"value": "45.000 - 50.000"}, "unitText": "YEAR"}, (45000, 50000, "EUR", "YEAR")),
        ([{"minValue": 0, "maxValue": 0}, {"minValue": 12, "maxValue": 13, "unitText": "HOUR"}], (12, 13, None, "HOUR")),
        ("€ 3.150 - € 4.310 per maand", (3150, 4310, "EUR", "MONTH")),
        ("Annuel de 23026,00 Euros à 28026,00 Euros sur 12 mois", (23026, 28026, "EUR", "YEAR")),
        ("25k - 30k per annum", (25000, 30000, None, "YEAR")),
        ("18,50 € brutto pro Stunde", (18.5, 18.5, "EUR", "HOUR")),
        ("CHF 5'200 im Monat", (5200, 5200, "CHF", "MONTH")),
        ("Competitive", (None, None, None, None)),
        ("Lohngruppe 7, 13 Monatsgehälter", (None, None, None, None)),
    ],
)
def test_salaries(value: object, expected: tuple[object, ...]) -> None:
    salary = read_salary(value)
    assert salary is not None
    assert (salary.min_value, salary.max_value, salary.currency, salary.period) == expected


@pytest.mark.parametrize(
    "value", [0, "-", "", "0", "0 € - 0 € / Jahr", None, {}, {"currency": "EUR"}, {"value": {"minValue": 0, "maxValue": 0}}, True]
)
def test_no_salary_stated(value: object) -> None:
    assert read_salary(value) is None


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("52000.0000", 52000),
        ("52000.000", 52000),  # thousands stand in groups of three from the first group on
        ("1500.500", 1500.5),
        ("1.500.500", 1500500),
        ("3.150", 3150),
        ("38 000,50", 38000.5),
        ("0.5", 0.5),
        (-3, None),
        ("-", None),
    ],
)
def test_amounts(text: object, amount: float | None) -> None:
    assert read_amount(text) == amount


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("per-year-salary", "YEAR"),
        ("per-hour-wage", "HOUR"),
        ("$25 an hour", "HOUR"),  # "an" alone is French for a year
        ("25 € par an", "YEAR"),
        ("1 MONTH", "MONTH"),
        ("bi-weekly-salary", None),
        ("semi-month-salary", None),
        ("one-time", None),
        ("NONE", None),
    ],
)
def test_periods(text: str, period: str | None) -> None:
    assert read_period(text) == period


@pytest.mark.parametrize(
    ("text", "is_remote"),
    [
        ("Remote", True),
        ("TELECOMMUTE", True),
        ("fully", True),
        ("OnSite", False),
        ("on-site", False),
        ("on_site", False),
        ("hybrid", None),
        ("Hybrid - Remote", None),
        ("Office - Flexible", None),
        ("Partially remote", None),
        ("Not remote", None),
        ("unspecified", None),
        ("", None),
        (None, None),
    ],
)
def test_workplaces(text: str | None, is_remote: bool | None) -> None:
    assert read_workplace(text) is is_remote


@pytest.mark.parametrize(
    ("name", "stated", "country"),
    [
        ("Australia - Sydney", None, "AU"),
        ("Harbour Office, Denmark", None, "DK"),
        ("US, CA, Santa Clara", None, "US"),
        ("Sydney", "AU", "AU"),
        ("Remote - Netherlands", None, "NL"),
        ("Remote (Germany)", None, "DE"),
        ("DE", None, None),
        ("CA - San Diego", None, None),
        ("Georgia - Atlanta", None, None),
        ("Munich", None, None),
        ("Stoke-on-Trent", None, None),
    ],
)
def test_places_by_the_employer_s_names(name: str, stated: str | None, country: str | None) -> None:
    place = place_of_site(name, country=stated)
    assert place is not None
    assert (place.text, place.locality, place.country) == (name, None, country)
