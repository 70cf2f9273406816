from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language

from nlp.components.places import read_location
from nlp.reading import read_postings
from taxonomies.regions import Regions
from vacancies.enriched import EnrichedPosting
from vacancies.posting import JobLocation, Posting

Make = Callable[..., Posting]


def read(pipeline: Language, posting: Posting) -> EnrichedPosting:
    return next(read_postings(pipeline, [posting]))


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


def test_an_ambiguous_place_keeps_candidates_and_the_sure_level(regions: Regions) -> None:
    ambiguous = [
        (place, found)
        for place in ("Frankfurt", "Neustadt", "Halle", "Münster", "Springfield", "Santiago", "Valencia", "Haarlem", "Saint-Denis")
        if (found := read_location(regions, JobLocation(locality=place))) is not None and found.evidence.rule == "place:ambiguous"
    ]
    for place, found in ambiguous:
        assert found.score <= 0.5, place
        assert len(found.nuts or "") < 5, place


def test_several_locations_each_once(pipeline: Language, make_posting: Make) -> None:
    leipzig = JobLocation(locality="Leipzig", country="DE")
    posting = make_posting("x", job_locations=(leipzig, leipzig, JobLocation(locality="Berlin", country="DE")))
    assert [region.nuts for region in read(pipeline, posting).regions] == ["DED51", "DE300"]


def test_a_place_line_in_the_text_counts_when_the_board_names_none(pipeline: Language, make_posting: Make) -> None:
    text = "Wir suchen Verstärkung.\nArbeitsort: Leipzig\nDie Bezahlung ist gut."
    (region,) = read(pipeline, make_posting(text, language="de")).regions
    assert region.nuts == "DED51"
    assert text[region.evidence.start : region.evidence.end] == "Leipzig"
