"""Salaries read out of texts: number formats and words of eight languages, and amounts that are no pay."""

from __future__ import annotations

import pytest

from nlp.advertisement import Advertisement
from nlp.conditions.money import money_in, number
from nlp.conditions.salary import read_salary
from nlp.conditions.source import ConditionSource
from vacancies.enriched import SalaryReading
from vacancies.posting import BaseSalary, JobLocation, Posting, SalaryPeriod


def source(text: str, language: str, *, country: str | None = None, stated: BaseSalary | None = None) -> ConditionSource:
    places = (JobLocation(country=country),) if country else ()
    posting = Posting(
        posting_id="0" * 32,
        board="test",
        content_hash="0",
        parser="test/1",
        description_text=text,
        job_locations=places,
        base_salary=stated,
    )
    return ConditionSource(ad=Advertisement(text, (), language), title=Advertisement("", (), language), posting=posting, zones=())


def read(text: str, language: str, **fields: str) -> SalaryReading | None:
    return read_salary(source(text, language, **fields))


STATED = [
    ("Mzda: 22.000Kč hrubého", "cs", (22000, 22000, "CZK", "MONTH")),
    ("Nabízíme: mzda od 28 000,- Kč do 35 000,- Kč měsíčně", "cs", (28000, 35000, "CZK", "MONTH")),
    ("Hodinová mzda 150,- Kč/hod.", "cs", (150, 150, "CZK", "HOUR")),
    ("Rémunération : 45 000 € brut annuel", "fr", (45000, 45000, "EUR", "YEAR")),
    ("Salaire : 30-35K€ selon profil", "fr", (30000, 35000, "EUR", "YEAR")),
    ("Taux horaire au SMIC : 11,07 €", "fr", (11.07, 11.07, "EUR", "HOUR")),
    ("Salaire mensuel de 1 900 € à 2 100 € net", "fr", (1900, 2100, "EUR", "MONTH")),
    ("Salary: £30k - £35k per annum", "en", (30000, 35000, "GBP", "YEAR")),
    ("Pay range $120,500.00 - $160,000.00", "en", (120500, 160000, "USD", "YEAR")),
    ("We pay $18.50 an hour", "en", (18.5, 18.5, "USD", "HOUR")),
    ("Salary up to €65,000", "en", (None, 65000, "EUR", "YEAR")),
    ("Salary from £28,000 per year", "en", (28000, None, "GBP", "YEAR")),
    ("Backend Engineer | Berlin | €80k-€100k + equity", "en", (80000, 100000, "EUR", "YEAR")),
    ("Jahresgehalt: CHF 90'000", "de", (90000, 90000, "CHF", "YEAR")),
    ("Gehalt: 50-60k pro Jahr", "de", (50000, 60000, "EUR", "YEAR")),
    ("Das Mindestgehalt beträgt EUR 2.800,- brutto pro Monat, Bereitschaft zur Überzahlung", "de", (2800, None, "EUR", "MONTH")),
    ("Stundenlohn 14,50 €", "de", (14.5, 14.5, "EUR", "HOUR")),
    ("Salaris vanaf 3.500 euro bruto per maand", "nl", (3500, None, "EUR", "MONTH")),
    ("Je verdient tussen € 2.800,- en € 3.600,- bruto per maand", "nl", (2800, 3600, "EUR", "MONTH")),
    ("een stagevergoeding van 300 per maand", "nl", (300, 300, "EUR", "MONTH")),
    ("Salario: entre 22.000 y 27.000 brutos anuales", "es", (22000, 27000, "EUR", "YEAR")),
    ("Salario: 9 €/hora brutos + incentivos", "es", (9, 9, "EUR", "HOUR")),
    ("Wynagrodzenie: 25,50 zł brutto/h", "pl", (25.5, 25.5, "PLN", "HOUR")),
    ("Wynagrodzenie brutto: od 4 300 PLN", "pl", (4300, None, "PLN", "MONTH")),
    ("Zarobki 2600/2800 euro netto", "pl", (2600, 2800, "EUR", "MONTH")),
    ("Lön: 32 000 - 36 000 kr/mån", "sv", (32000, 36000, "SEK", "MONTH")),
    ("Timlön på 140,50 kr per timme", "sv", (140.5, 140.5, "SEK", "HOUR")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "language", "expected"), STATED, ids=[text for text, _, _ in STATED])
def test_stated(text: str, language: str, expected: tuple[object, ...]) -> None:
    salary = read(text, language)
    assert salary is not None
    assert (salary.min_value, salary.max_value, salary.currency, salary.period) == expected
    start, end = salary.evidence.start, salary.evidence.end
    assert start is not None
    assert any(map(str.isdigit, text[start:end]))


NO_SALARY = [
    ("Salary: £**** - £**** per annum", "en"),
    ("Competitive rates ranging ****  **** per hour, band 6) **** per hour", "en"),
    ("You manage a €5m budget", "en"),
    ("revenue of $12,000,000 per year", "en"),
    ("401k matching up to 4%", "en"),
    ("Sign-on bonus: $5,000", "en"),
    ("We raised $30M in funding in 2021", "en"),
    ("You earn a referral bonus of £500", "en"),
    ("Call us on 020 7946 0958 about pay", "en"),
    ("Our pay review takes place on 17-18 April 2024", "en"),
    ("Founded in 1998, base in London", "en"),
    ("Umsatz von 3.000 € pro Monat", "de"),
    ("Prämie: 1.000 € netto für Empfehlungen", "de"),
    ("Zuschuss von 50 € im Monat", "de"),
    ("Gutschein 50 € monatlich", "de"),
    ("Prime de parrainage à hauteur de 50 euros", "fr"),
    ("Tickets restaurant de 9 € par jour", "fr"),
    ("Reiskostenvergoeding van € 0,23 per km", "nl"),
    ("Bruto salaris met 13e maand en 25 vakantiedagen", "nl"),
    ("zakwaterowanie (2000 SEK / miesiąc)", "pl"),
    ("premia w wysokości do 300 zł", "pl"),
    ("Příspěvek na dopravu 1 500 Kč měsíčně", "cs"),
    ("Friskvårdsbidrag 5 000 kr per år", "sv"),
    ("Ticket restaurante de 11 € al día", "es"),
    ("100 % tax free", "en"),
    ("", "en"),
    ("شركة ٣٠٠٠ ريال راتب 3000", "ar"),
]


@pytest.mark.parametrize(("text", "language"), NO_SALARY, ids=[text or "empty" for text, _ in NO_SALARY])
def test_no_salary(text: str, language: str) -> None:
    assert read(text, language) is None


def test_the_boards_field_goes_first() -> None:
    stated = BaseSalary(min_value=3000, max_value=3500, currency="EUR", period=SalaryPeriod.MONTH)
    salary = read_salary(source("Gehalt: 2.000 € im Monat", "de", stated=stated))
    assert salary is not None
    assert (salary.min_value, salary.evidence.field) == (3000, "base_salary")


@pytest.mark.parametrize(
    ("stated", "text", "language", "expected"),
    [
        ((21400, 21400), "Mzda 21 400 Kč měsíčně", "cs", (21400, 21400, "CZK", "MONTH")),
        ((130, 150), "Odměna od 130 Kč/hod", "cs", (130, 150, "CZK", "HOUR")),
        ((500, 500), "An internship compensation of EUR 500 per month", "en", (500, 500, "EUR", "MONTH")),
        ((43000, 43000), "Měsíční mzda od 34 000 Kč čistého", "cs", (43000, 43000, "CZK", "MONTH")),  # the board's is gross
        ((18500, 20000), "Mzda 950,- Kč/den", "cs", (950, 950, "CZK", "DAY")),
        ((25, 30000), "Salary: $30,000 per year", "en", (25, 30000, None, None)),  # 25 is no yearly pay
        ((2500, 2500), "Wir bieten ein gutes Gehalt", "de", (2500, 2500, None, None)),
    ],
)
def test_a_bare_amount_of_the_board_is_told_by_the_text(
    stated: tuple[float, float], text: str, language: str, expected: tuple[float, float, str | None, str | None]
) -> None:
    salary = read_salary(source(text, language, stated=BaseSalary(min_value=stated[0], max_value=stated[1])))
    assert salary is not None
    assert (salary.min_value, salary.max_value, salary.currency, salary.period) == expected
    assert (salary.year_min is None) == (salary.period is None)


def test_yearly_equivalents_and_basis() -> None:
    salary = read("Gehalt ab 3.000 € brutto im Monat", "de")
    assert salary is not None
    assert (salary.year_min, salary.year_max, salary.basis) == (36000, None, "gross")


@pytest.mark.parametrize(
    ("text", "language", "country", "currency"),
    [
        ("Salary: 42k", "en", "GB", "GBP"),
        ("Lohn 6500 pro Monat", "de", "CH", "CHF"),
        ("Lön 35 000 kr/mån", "sv", "NO", "NOK"),
        ("Salary $80,000 per year", "en", "CA", "CAD"),
    ],
)
def test_the_country_tells_a_currency_that_is_not_named(text: str, language: str, country: str, currency: str) -> None:
    salary = read(text, language, country=country)
    assert salary is not None
    assert salary.currency == currency


def test_a_period_told_by_the_size_is_less_sure() -> None:
    said, sized = read("Gehalt 3.000 € pro Monat", "de"), read("Gehalt 3.000 €", "de")
    assert said is not None
    assert sized is not None
    assert (said.period, sized.period) == ("MONTH", "MONTH")
    assert sized.score < said.score
    assert sized.evidence.rule == "pay_words:size"


@pytest.mark.parametrize(
    ("written", "value"), [("1 234,50", 1234.5), ("1.234", 1234), ("1'234.5", 1234.5), ("22.000", 22000), ("11.07", 11.07), ("40", 40)]
)
def test_number_formats(written: str, value: float) -> None:
    assert number(written) == value


def test_numbers_inside_others_are_no_amounts() -> None:
    assert [money.low for money in money_in("version 1.2.3; 50")] == [1.2, 50]


@pytest.mark.parametrize(
    "text", ["9" * 2_000_000, "€ 1.111" * 280_000, "Gehalt " * 280_000, "1 - " * 500_000], ids=["9", "€", "Gehalt", "1 -"]
)
def test_two_megabytes_end_soon(text: str) -> None:
    read(text, "de")
