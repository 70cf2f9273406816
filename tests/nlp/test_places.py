from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from spacy.language import Language

from nlp.place_depth import place_depth
from nlp.place_lookup import KnownLocations, read_location
from nlp.reading import read_postings
from taxonomies.place_index import Place, PlaceIndex
from taxonomies.regions import Regions
from vacancies.enriched import EnrichedPosting
from vacancies.posting import JobLocation, Posting

Make = Callable[..., Posting]


def read(pipeline: Language, posting: Posting) -> EnrichedPosting:
    return next(read_postings(pipeline, [posting]))


def test_a_location_is_read_again_as_at_first(regions: Regions) -> None:
    places = KnownLocations(regions)
    for location in (JobLocation(text="Leipzig"), JobLocation(text="nowhere at all")):
        for likely in ((), ("DE",), ("FR",)):
            alone = read_location(regions, location, likely=likely)
            assert [places.read(location, likely=likely) for _ in range(2)] == [alone, alone]


@pytest.mark.parametrize(
    ("location", "nuts"),
    [
        (JobLocation(locality="Leipzig", postal_code="04109", country="DE"), "DED51"),
        (JobLocation(locality="leipzig", country="DE"), "DED51"),
        (JobLocation(text="04109 Leipzig"), "DED51"),
        (JobLocation(text="Amsterdam, Noord-Holland", country="NL"), "NL329"),
        (JobLocation(latitude=51.3397, longitude=12.3731, country="DE"), "DED51"),
        (JobLocation(country="DE"), "DE"),
        (JobLocation(country="FR"), "FR"),
    ],
)
def test_location(regions: Regions, location: JobLocation, nuts: str) -> None:
    reading = read_location(regions, location)
    assert reading is not None
    assert reading.nuts == nuts
    assert reading.nuts_version == regions.version
    assert reading.evidence.field == "job_locations"


@pytest.mark.parametrize(
    "location", [JobLocation(), JobLocation(text="Remote"), JobLocation(locality="Xyzzyville"), JobLocation(text=" , - ")]
)
def test_no_place(regions: Regions, location: JobLocation) -> None:
    assert read_location(regions, location) is None


@pytest.mark.parametrize(
    ("places", "country", "rule", "nuts", "candidates"),
    [
        ((("DE212", 50_000), ("DE21H", 40_000)), "DE", "place:ambiguous", "DE21", ("DE212", "DE21H")),
        ((("DE212", 50_000), ("DE300", 40_000)), "DE", "place:ambiguous", "DE", ("DE212", "DE300")),
        ((("DE212", 50_000), ("FR101", 40_000)), None, "place:ambiguous", None, ("DE212", "FR101")),
        ((("DE212", 1_000_000), ("DE300", 40_000)), "DE", "place:largest", "DE212", ("DE300",)),
    ],
)
def test_an_ambiguous_place_keeps_candidates_and_the_sure_level(
    regions: Regions, places: tuple[tuple[str, int], ...], country: str | None, rule: str, nuts: str | None, candidates: tuple[str, ...]
) -> None:
    named = [Place("Neustadt", code[:2], code, 48.0, 11.0, population) for code, population in places]
    found = read_location(replace(regions, _places=PlaceIndex.build(named)), JobLocation(locality="Neustadt", country=country))
    assert found is not None
    assert (found.evidence.rule, found.nuts, found.candidates) == (rule, nuts, candidates)
    assert found.score <= (0.5 if rule == "place:ambiguous" else 0.7)


def test_several_locations_each_once(pipeline: Language, make_posting: Make) -> None:
    leipzig = JobLocation(locality="Leipzig", country="DE")
    posting = make_posting("x", job_locations=(leipzig, leipzig, JobLocation(locality="Berlin", country="DE")))
    assert [region.nuts for region in read(pipeline, posting).regions] == ["DED51", "DE300"]


def test_a_place_line_in_the_text_counts_when_the_board_names_none(pipeline: Language, make_posting: Make) -> None:
    text = "Wir suchen Verstärkung.\nArbeitsort: Leipzig\nDie Bezahlung ist gut."
    (region,) = read(pipeline, make_posting(text, language="de")).regions
    assert region.nuts == "DED51"
    assert text[region.evidence.start : region.evidence.end] == "Leipzig"


@pytest.mark.parametrize(
    ("locations", "depth"),
    [
        ((), "none"),
        ((JobLocation(locality="Xyzzyville"),), "none"),
        ((JobLocation(country="DE"),), "country only"),
        ((JobLocation(country="JP", locality="Tokyo"),), "outside NUTS"),
        ((JobLocation(country="DE"), JobLocation(country="DE", locality="Leipzig")), "region"),
    ],
)
def test_how_deep_a_place_is_known(regions: Regions, locations: tuple[JobLocation, ...], depth: str) -> None:
    read = [reading for location in locations if (reading := read_location(regions, location)) is not None]
    assert place_depth(read) == depth


@pytest.mark.parametrize(
    ("location", "rule", "nuts", "country"),
    [
        (JobLocation(latitude=35.68, longitude=139.69, locality="Tokyo", country="JP"), "country", None, "JP"),
        (JobLocation(latitude=35.68, longitude=139.69, locality="Xyzzyville"), "coordinates:outside", None, None),
        (JobLocation(latitude=51.35, longitude=12.38, country="DE"), "coordinates:nearest", "DED51", "DE"),
    ],
)
def test_a_position_stays_known_where_no_region_holds_it(
    regions: Regions, location: JobLocation, rule: str, nuts: str | None, country: str | None
) -> None:
    reading = read_location(regions, location)
    assert reading is not None
    assert (reading.evidence.rule, reading.nuts, reading.country) == (rule, nuts, country)
    assert (reading.latitude, reading.longitude) == (location.latitude, location.longitude)
