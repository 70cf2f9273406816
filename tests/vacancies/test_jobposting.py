"""schema.org JobPosting to draft, in the forms that boards write."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vacancies.error import RecordInvalid
from vacancies.jobposting import draft_from_jobposting
from vacancies.posting import JobLocation
from vacancies.posting_draft import draft_to_posting

BARE: dict[str, Any] = {"@type": "JobPosting", "title": "Cook", "description": "Cook for guests."}


@pytest.mark.parametrize(
    ("fields", "attribute", "expected"),
    [
        ({"identifier": {"@type": "PropertyValue", "name": "Board", "value": 77}}, "native_id", "77"),
        ({"identifier": [{"@type": "PropertyValue", "value": "a-1"}]}, "native_id", "a-1"),
        ({"identifier": "x9"}, "native_id", "x9"),
        ({"identifier": {"@type": "PropertyValue", "name": "Board"}}, "native_id", None),
        ({"@id": "https://a.example/job/1"}, "url", "https://a.example/job/1"),
        ({"@id": "https://a.example/#/schema/JobPosting/1"}, "url", None),
        ({"url": ["https://a.example/2", "https://a.example/3"]}, "url", "https://a.example/2"),
        ({"title": "Koch &amp; Kellner"}, "title", "Koch & Kellner"),
        ({"title": None, "name": "Cook"}, "title", "Cook"),
        ({"hiringOrganization": "Inn"}, "hiring_organization", "Inn"),
        ({"hiringOrganization": [{"@type": "Organization", "legalName": "Inn Ltd"}]}, "hiring_organization", "Inn Ltd"),
        ({"inLanguage": {"@type": "Language", "name": "de-DE"}}, "language", "de"),
        ({"employmentType": "FULL_TIME, PART_TIME"}, "employment_type", ("FULL_TIME", "PART_TIME")),
        ({"jobLocationType": "TELECOMMUTE"}, "telecommute", True),
        ({"skills": "Excel, SAP; HACCP"}, "skills", ("Excel", "SAP", "HACCP")),
        ({"skills": [{"@type": "DefinedTerm", "name": "Excel"}]}, "skills", ("Excel",)),
        ({"totalJobOpenings": "3"}, "total_job_openings", 3),
        ({"industry": ["Food", {"@type": "DefinedTerm", "name": "Hotels"}]}, "industry", "Food; Hotels"),
        ({"schema:workHours": "40 h"}, "work_hours", "40 h"),
        ({"jobLocation": "Paris, France"}, "job_locations", (JobLocation(text="Paris, France", locality="Paris", country="FR"),)),
        (
            {"jobLocation": [{"@type": "Place", "address": {"addressLocality": "Bonn", "addressCountry": {"name": "Germany"}}}] * 2},
            "job_locations",
            (JobLocation(locality="Bonn", country="DE"),),
        ),
        (
            {"jobLocation": {"geo": {"latitude": "48,1", "longitude": 11.5}, "address": "Munich"}},
            "job_locations",
            (JobLocation(text="Munich", latitude=48.1, longitude=11.5),),
        ),
        (
            {"jobLocationType": "TELECOMMUTE", "applicantLocationRequirements": {"@type": "Country", "name": "Germany"}},
            "job_locations",
            (JobLocation(country="DE", text="Germany"),),
        ),
    ],
)
def test_forms(fields: dict[str, Any], attribute: str, expected: object) -> None:
    assert getattr(draft_from_jobposting({**BARE, **fields}), attribute) == expected


def test_sections_beside_the_description_are_kept_with_their_names() -> None:
    draft = draft_from_jobposting(
        {**BARE, "description": "<p>An inn.</p>", "responsibilities": ["Cook", "Clean & tidy"], "jobBenefits": "Meals"}
    )
    text = draft_to_posting(draft, board="b", parser="t/1").description_text
    assert text == "An inn.\n\nResponsibilities\n\nCook\nClean & tidy\n\nBenefits\n\nMeals"


def test_stated_values_that_cannot_be_read_are_told() -> None:
    told: list[tuple[str, str]] = []
    draft = draft_from_jobposting(
        {**BARE, "datePosted": "soon", "employmentType": ["FULL_TIME", "shifty"], "totalJobOpenings": "many"},
        on_unread=lambda field, value: told.append((field, value)),
    )
    assert draft.date_posted is None
    assert told == [("date_posted", "soon"), ("employment_type", "shifty"), ("total_job_openings", "many")]


@pytest.mark.parametrize(
    ("obj", "reason"),
    [
        ({"@type": "JobPosting"}, "no_text"),
        ({"@type": "JobPosting", "title": " ", "description": ""}, "no_text"),
        ({"@type": "Event", "title": "Fair"}, "not_jobposting"),
    ],
)
def test_records_that_are_no_advertisement(obj: dict[str, Any], reason: str) -> None:
    with pytest.raises(RecordInvalid) as error:
        draft_from_jobposting(obj)
    assert error.value.reason == reason


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["@type", "@id", "name", "value", "address"]), inner, max_size=3)
    ),
    max_leaves=8,
)
NAMES = (
    "title description identifier url hiringOrganization jobLocation baseSalary skills employmentType datePosted occupationalCategory",
    "totalJobOpenings industry inLanguage responsibilities jobLocationType validThrough",
)
names = st.sampled_from(" ".join(NAMES).split())


@given(st.dictionaries(names, json_values, max_size=8))
def test_wild_objects_are_read_or_refused_by_name(obj: dict[str, Any]) -> None:
    with suppress(RecordInvalid):  # and nothing else
        draft_to_posting(draft_from_jobposting(obj), board="b", parser="t/1")
