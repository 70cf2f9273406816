"""Written cases for what no labelled data covers: place, deadline, start, seniority, shifts, negated skills, in eight languages.

Each line of `cases/<name>.jsonl` is one case. A case with `miss` is known to be read wrongly, and says why.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

from nlp.advertisement import Advertisement
from nlp.conditions.deadline import read_deadline
from nlp.conditions.industry import read_industry
from nlp.conditions.seniority import read_seniority
from nlp.conditions.shifts import read_shifts
from nlp.conditions.source import ConditionSource
from nlp.conditions.start import read_start
from nlp.place_lookup import KnownLocations, read_location
from nlp.reading import read_postings
from nlp.text_places import read_text_place
from taxonomies.place_index import Place, PlaceIndex
from taxonomies.region_outline import RegionOutline
from taxonomies.regions import Regions
from vacancies.enriched import DateValue, RegionReading, TextValue
from vacancies.posting import JobLocation, Posting

Make = Callable[..., Posting]
Case = dict[str, Any]

CASES = Path(__file__).parent / "cases"
LANGUAGES = {"en", "de", "fr", "nl", "es", "sv", "pl", "cs"}
POSTED = date(2026, 2, 1)

# name, NUTS 3, latitude, longitude, inhabitants
PLACES = (
    ("Leipzig", "DED51", 51.34, 12.37, 600_000), ("Frankfurt am Main", "DE712", 50.11, 8.68, 750_000),
    ("Hamburg", "DE600", 53.55, 9.99, 1_800_000),
    ("Leeds", "UKE42", 53.80, -1.55, 500_000), ("London", "UKI32", 51.51, -0.13, 9_000_000), ("Boston", "UKF30", 52.97, -0.02, 35_000),
    ("Newport", "UKL21", 51.58, -2.99, 130_000), ("Newport", "UKJ34", 50.70, -1.29, 26_000), ("Lyon", "FRK26", 45.75, 4.85, 520_000),
    ("Nantes", "FRG01", 47.22, -1.55, 320_000), ("Paris", "FR101", 48.86, 2.35, 2_100_000), ("Utrecht", "NL310", 52.09, 5.12, 360_000),
    ("Eindhoven", "NL414", 51.44, 5.48, 240_000), ("Tilburg", "NL412", 51.56, 5.09, 220_000), ("Amsterdam", "NL329", 52.37, 4.90, 900_000),
    ("Gent", "BE234", 51.05, 3.72, 260_000), ("Sevilla", "ES618", 37.39, -5.98, 680_000), ("Madrid", "ES300", 40.42, -3.70, 3_200_000),
    ("Barcelona", "ES511", 41.39, 2.17, 1_600_000), ("Göteborg", "SE232", 57.71, 11.97, 600_000), ("Malmö", "SE224", 55.60, 13.00, 350_000),
    ("Stockholm", "SE110", 59.33, 18.07, 980_000), ("Warszawa", "PL911", 52.23, 21.01, 1_800_000),
    ("Kraków", "PL213", 50.06, 19.94, 780_000),
    ("Wrocław", "PL514", 51.11, 17.04, 640_000), ("Brno", "CZ064", 49.20, 16.61, 380_000), ("Ostrava", "CZ080", 49.83, 18.28, 280_000),
    ("Praha", "CZ010", 50.09, 14.42, 1_300_000), ("Łódź", "PL711", 51.77, 19.47, 770_000), ("Katowice", "PL22A", 50.26, 19.03, 310_000),
    ("Bielsko-Biała", "PL225", 49.82, 19.04, 170_000), ("Gdańsk", "PL633", 54.35, 18.65, 580_000),
    ("Gdynia", "PL633", 54.52, 18.53, 250_000),
    ("Zielona Góra", "PL432", 51.94, 15.51, 120_000), ("Częstochowa", "PL224", 50.80, 19.12, 250_000),
    ("Nowy Sącz", "PL218", 49.62, 20.70, 84_000), ("Białystok", "PL841", 53.13, 23.16, 290_000),
    ("Sosnowiec", "PL22B", 50.29, 19.10, 230_000),
    ("Plzeň", "CZ032", 49.75, 13.38, 160_000), ("Olomouc", "CZ071", 49.60, 17.25, 100_000),
    ("Hradec Králové", "CZ052", 50.21, 15.83, 95_000),
    ("České Budějovice", "CZ031", 48.97, 14.47, 96_000), ("Hlinsko", "CZ053", 49.76, 15.91, 10_000),
    ("Liberec", "CZ051", 50.77, 15.06, 98_000),
    ("Ústí nad Labem", "CZ042", 50.66, 14.04, 94_000), ("Zlín", "CZ072", 49.23, 17.67, 79_000),
    ("Karlovy Vary", "CZ041", 50.23, 12.87, 51_000),
    ("Pardubice", "CZ053", 50.04, 15.78, 88_000), ("Köln", "DEA23", 50.93, 6.95, 960_000), ("München", "DE212", 48.14, 11.58, 1_500_000),
    ("Bremen", "DE501", 53.08, 8.81, 550_000), ("Wieden", "DE132", 47.84, 7.88, 578), ("Wien", "AT130", 48.21, 16.37, 1_690_000),
    ("Milano", "ITC4C", 45.46, 9.19, 1_370_000), ("Bruxelles", "BE100", 50.85, 4.35, 1_020_000),
    ("København", "DK011", 55.68, 12.57, 1_150_000),
    ("Orléans", "FRB06", 47.90, 1.90, 110_000), ("Le Havre", "FRD22", 49.49, 0.11, 190_000), ("Borås", "SE232", 57.72, 12.94, 71_000),
)  # fmt: skip
OTHER_NAMES = {
    "Köln": ("Kolonia", "Keulen", "Cologne"), "München": ("Monachium", "Mnichov", "Munich", "Múnich"),
    "Wien": ("Wiedeń", "Vídeň", "Vienna"),
    "Milano": ("Mailand", "Milan", "Mediolan"), "Bruxelles": ("Brussel", "Bruselas", "Brussels"), "London": ("Londyn", "Londen", "Londres"),
    "København": ("Köpenhamn", "Kopenhagen"), "Praha": ("Praag", "Prag", "Prague"), "Warszawa": ("Warschau", "Warsaw"),
}  # fmt: skip
REGIONS = {
    "DE": "Deutschland", "DE2": "Bayern", "UK": "United Kingdom", "UKJ": "South East (England)", "UKJ2": "Surrey, East and West Sussex",
    "UKJ25": "West Surrey", "UKJ26": "East Surrey", "UKL": "Wales", "ES": "España", "SE": "Sverige", "PL": "Polska",
    "PL2": "Makroregion południowy",
    "PL22": "Śląskie", "CZ": "Česko", "CZ010": "Hlavní město Praha", "CZ06": "Jihovýchod", "CZ064": "Jihomoravský kraj",
    "FR": "France", "NL": "Nederland",
    "NL32": "Noord-Holland", "BE": "België",
}  # fmt: skip


def cases(name: str) -> list[Any]:
    rows: list[Case] = [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    return [
        pytest.param(row, id=f"{row['lang']}{at}", marks=[pytest.mark.xfail(reason=row["miss"], strict=True)] if "miss" in row else [])
        for at, row in enumerate(rows)
    ]


def source_of(case: Case) -> ConditionSource:
    fields: dict[str, Any] = {"date_posted": case.get("posted", POSTED), "job_start_date": case.get("field")}
    if "valid_through" in case:
        fields["valid_through"] = case["valid_through"]
    if "country" in case:
        fields["job_locations"] = (JobLocation(country=case["country"]),)
    title, text = case.get("title", ""), case["text"]
    posting = Posting(posting_id="0" * 32, board="test", title=title, description_text=text, content_hash="0", parser="test/1", **fields)
    return ConditionSource(
        ad=Advertisement(text, (), case["lang"]), title=Advertisement(title, (), case["lang"]), posting=posting, zones=()
    )


def words_of(source: ConditionSource, value: TextValue | DateValue) -> str:
    """The words that a value names as its evidence."""
    evidence, posting = value.evidence, source.posting
    texts = {"description_text": source.ad.text, "title": source.title.text, "job_start_date": posting and posting.job_start_date}
    return (texts.get(evidence.field) or "")[evidence.start : evidence.end]


@pytest.mark.parametrize("name", ["place", "deadline", "start", "seniority", "shifts", "negated_skill"])
def test_each_condition_has_cases_in_all_languages(name: str) -> None:
    rows = [json.loads(line) for line in (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    assert len(rows) >= 40
    assert {row["lang"] for row in rows} == LANGUAGES


@pytest.mark.parametrize("case", cases("deadline"))
def test_deadline(case: Case) -> None:
    source = source_of(case)
    read = read_deadline(source)
    assert (None if read is None or read.value is None else read.value.isoformat()) == case["expected"]
    assert read is None or read.evidence.field == "valid_through" or any(c.isdigit() for c in words_of(source, read)) or "ä" in case["text"]


@pytest.mark.parametrize("case", cases("start"))
def test_start(case: Case) -> None:
    source = source_of(case)
    read = read_start(source)
    stated = None if read is None else "immediate" if read.immediate else read.value and read.value.isoformat()
    assert stated == case["expected"]
    assert read is None or words_of(source, read).strip()


@pytest.mark.parametrize("case", cases("seniority"))
def test_seniority(case: Case) -> None:
    source = source_of(case)
    read = read_seniority(source)
    assert (read and read.value) == case["expected"]
    assert read is None or words_of(source, read).strip()


@pytest.mark.parametrize("case", cases("shifts"))
def test_shifts(case: Case) -> None:
    source = source_of(case)
    read = read_shifts(source)
    assert sorted(value.value for value in read) == case["expected"]
    assert all(words_of(source, value).strip() for value in read)


@pytest.fixture(scope="module")
def places() -> Regions:
    """A gazetteer of a few towns in the eight languages' countries; those of other countries are GeoNames'."""
    iso = {"UK": "GB"}
    towns = [
        Place(name, iso.get(nuts[:2], nuts[:2]), nuts, north, east, people, alternative_names=OTHER_NAMES.get(name, ()))
        for name, nuts, north, east, people in PLACES
    ]
    names = {code: name for _, nuts, *_ in PLACES for code, name in ((nuts, f"{nuts} region"),)} | REGIONS
    return Regions("2021", True, {c: RegionOutline(c, n, len(c) - 2, c[:2]) for c, n in names.items()}, PlaceIndex.build(towns))


@pytest.mark.parametrize("case", cases("place"))
def test_place(places: Regions, case: Case) -> None:
    read = place_of(places, case)
    assert (None if read is None else read.nuts or read.country) == case["expected"]
    if "near" in case:
        assert read is not None
        assert (read.latitude, read.longitude) == pytest.approx(case["near"], abs=0.5)
    if read is not None and read.evidence.field == "description_text":
        assert case["text"][read.evidence.start : read.evidence.end].strip()


def place_of(places: Regions, case: Case) -> RegionReading | None:
    location = JobLocation(**case["location"]) if "location" in case else None
    stated = None if location is None else read_location(places, location)
    if stated is not None and stated.evidence.rule != "country":
        return stated
    ad = Advertisement(case["text"], (), case["lang"])
    return read_text_place(KnownLocations(places), ad, case.get("title"), country=stated and stated.country) or stated


@pytest.mark.parametrize("case", cases("negated_skill"))
def test_negated_skill(pipeline: Language, make_posting: Make, case: Case) -> None:
    reading = next(read_postings(pipeline, [make_posting(case["text"], language=case["lang"])]))
    assert {mention.status.value for mention in reading.skills if mention.text == case["skill"]} == {case["expected"]}


@pytest.mark.parametrize(
    ("industry", "code"),
    [
        ("78.20Z", "78.20"), ("78", "78"), ("J62.01", "62.01"), ("NACE 62.01", "62.01"), ("NAF: 6201Z", "62.01"), ("SNI 62010", "62.01"),
        ("78 - Travail temporaire", "78"), ("NACE Rev. 2: J", "J"), ("Forestry and logging", "02"),
        ("Forstwirtschaft und Holzeinschlag", "02"),
        ("Information Technology", None), ("24/7 Services", None), ("00.1", None), ("10 employees", None), ("3D printing", None),
        ("", None),
    ],
)  # fmt: skip
def test_industry(make_posting: Make, industry: str, code: str | None) -> None:
    ad = Advertisement("x", (), "en")
    read = read_industry(ConditionSource(ad=ad, title=ad, posting=make_posting("x", industry=industry), zones=()))
    assert (read and read.value) == code


LARGE = {
    "names": "Start: Deadline: Apply by do bis " * 62_500, "digits": "1." * 1_000_000, "one word": "x" * 2_000_000,
    "places": "Location: Arbeitsort: in " * 84_000,
}  # fmt: skip
WILD = {
    "empty": "", "one word": "Koch", "tags": "<p><b></b></p>", "mojibake": "MecÃ¡nico, incorporaciÃ³n inmediatÃ¤ 31/13/2026",
    "right to left": "نبحث عن طباخ في برلين ابتداء من ١ مايو", "CJK": "募集：調理師 勤務地：東京 2026年5月1日", "emoji": "👩‍🍳🔥📍 🕒",
    "lone numbers": "99.99.9999 00/00 31.02.2026",
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", None])
@pytest.mark.parametrize("text", WILD.values(), ids=WILD.keys())
def test_wild_input_states_nothing(places: Regions, text: str, language: str | None) -> None:
    assert_states_nothing(places, text, language)


@pytest.mark.parametrize("text", LARGE.values(), ids=LARGE.keys())
def test_two_megabytes_state_nothing(places: Regions, text: str) -> None:
    assert_states_nothing(places, text, "en")


def assert_states_nothing(places: Regions, text: str, language: str | None) -> None:
    source = source_of({"text": text, "title": text[:500], "lang": language})
    assert read_deadline(source) is None
    assert read_seniority(source) is None
    assert read_shifts(source) == ()
    start = read_start(source)
    assert start is None or start.immediate
    assert read_text_place(KnownLocations(places), source.ad, source.title.text) is None
