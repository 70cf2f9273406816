"""A Workday board of more than 2,000 postings is asked for in slices."""

from __future__ import annotations

import json

import pytest

from crawlers.page_parsers import workday
from crawlers.page_parsers.workday_slices import Facet, Question, facets_of, postings_counted, split
from crawlers.platforms.workday import list_address

URL = "https://board.example/wday/cxs/acme/External/jobs"


@pytest.mark.parametrize(
    ("name", "answer", "upcoming", "gap"),
    [
        ("offset=0", {"total": 45, "jobPostings": 20}, "offset=20&total=45", False),
        ("offset=20&total=45", {"total": 0, "jobPostings": 20}, "offset=40&total=45", False),
        ("offset=40&total=45", {"total": 0, "jobPostings": 5}, None, False),
        ("offset=40&total=45", {"total": 0, "jobPostings": 0}, None, True),
        ("offset=0&timeType=a%26b", {"total": 21, "jobPostings": 20}, "offset=20&total=21&timeType=a%26b", False),
        ("offset=0", {"jobPostings": 20}, "offset=20", False),
        ("offset=20", {"jobPostings": 3}, None, False),
    ],
)
def test_a_page_of_a_slice_names_the_next(name: str, answer: dict[str, int], upcoming: str | None, gap: bool) -> None:
    postings = [{"externalPath": f"/job/X/J_{number}"} for number in range(answer["jobPostings"])]
    reading = workday.parse(json.dumps(answer | {"jobPostings": postings}).encode(), f"{URL}#{name}")
    assert (reading.next_page, reading.gap is not None) == (upcoming, gap)
    if upcoming:
        assert Question.of_name(upcoming).name == upcoming


PLACES = Facet("locations", {"north": 1500, "south": 1400, "west": 20})
TIME = Facet("timeType", {"full": 2600, "part": 100})
FAMILY = Facet("jobFamilyGroup", {"sales": 1200, "craft": 1500, "none": 0})
HALF = Facet("workerSubType", {"regular": 300, "other": 200})
UNCOUNTED = Facet("hiringCompany", {"a": None, "b": None})


@pytest.mark.parametrize(
    ("facets", "applied", "expected"),
    [
        pytest.param([TIME, FAMILY, PLACES], (), ["sales", "craft"], id="few values, all below the cap"),
        pytest.param([TIME, PLACES], (), ["north", "south", "west"], id="below the cap before few values"),
        pytest.param([TIME, HALF], (), ["full", "part"], id="one that does not hold all postings comes last"),
        pytest.param([TIME], (("timeType", "full"),), [], id="not what is applied already"),
        pytest.param([Facet("timeType", {"full": 2600})], (), [], id="one value splits nothing"),
        pytest.param([UNCOUNTED], (), ["a", "b"], id="values without counts are tried"),
        pytest.param([], (), [], id="no facets"),
    ],
)
def test_a_capped_slice_is_split(facets: list[Facet], applied: tuple[tuple[str, str], ...], expected: list[str]) -> None:
    parts = split(Question(facets=applied), facets)
    assert [part.facets[-1][1] for part in parts] == expected
    assert all(part.facets[:-1] == applied and part.offset == 0 for part in parts)


def test_facets_are_read_out_of_their_groups() -> None:
    inner = {"facetParameter": "locations", "values": [{"id": "a", "count": 2}, {"id": "b"}, {"descriptor": "no id"}]}
    answer = {"facets": [{"facetParameter": "locationMainGroup", "values": [inner]}, {"facetParameter": "timeType", "values": []}, None]}
    assert facets_of(json.dumps(answer).encode()) == (Facet("locations", {"a": 2, "b": None}),)
    assert postings_counted([PLACES, TIME, FAMILY]) == 2700


@pytest.mark.parametrize(
    ("address", "first"),
    [
        ("https://acme.wd3.myworkdayjobs.com/External", "https://acme.wd3.myworkdayjobs.com/wday/cxs/acme/External/jobs"),
        ("https://acme.wd3.myworkdayjobs.com/en-US/External/", "https://acme.wd3.myworkdayjobs.com/wday/cxs/acme/External/jobs"),
        (
            "https://acme.wd3.myworkdayjobs.com/wday/cxs/acme/External/jobs",
            "https://acme.wd3.myworkdayjobs.com/wday/cxs/acme/External/jobs",
        ),
    ],
)
def test_a_workday_site_s_address_leads_to_its_list(address: str, first: str) -> None:
    assert list_address(address) == first
