"""Answers recorded from real boards of eleven recruiting platforms, read to the last value that they state.

Lists without texts name the pages that hold them; their records have the same fields as those, so they are read as such here.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from crawlers.page_parsers import bamboohr, eightfold, icims, jobvite, neogov, oracle_orc, paylocity, phenom, pinpoint, rippling
from crawlers.page_parsers.page_reading import PageParser

FOLDER = Path(os.environ.get("LABOURSCOPE_REFERENCE_DATA", ".")) / "boards"
pytestmark = [
    pytest.mark.reference,
    pytest.mark.skipif(not os.environ.get("LABOURSCOPE_REFERENCE_DATA"), reason="LABOURSCOPE_REFERENCE_DATA is not set"),
]

BAMBOOHR = "https://acme.bamboohr.com/careers/list"
RIPPLING = "https://api.rippling.com/platform/api/ats/v1/board/acme/jobs"
ORACLE = (
    "https://a.fa.us2.oraclecloud.com/hcmRestApi/resources/latest/recruitingCEJobRequisitions?finder=findReqs;siteNumber=CX_1,limit=100"
)
EIGHTFOLD = "https://albemarle.eightfold.ai/api/apply/v2/jobs?domain=albemarle.com"
PAYLOCITY = "https://recruiting.paylocity.com/recruiting/jobs/All/guid"
DETAILS = ORACLE.partition("?")[0].replace("Requisitions", "RequisitionDetails")
ORACLE_SITE = "https://a.fa.us2.oraclecloud.com/hcmUI/CandidateExperience/en/sites/CX_1/job"


@pytest.mark.parametrize(
    ("parser", "name", "url", "total", "links"),
    [
        (
            bamboohr.parse,
            "bamboohr/careers_list.sanitised.json",
            BAMBOOHR,
            3,
            ["https://acme.bamboohr.com/careers/86/detail", "https://acme.bamboohr.com/careers/87/detail"],
        ),
        (rippling.parse, "rippling/jobs.sanitised.json", RIPPLING, None, [f"{RIPPLING}/2f0674e6-f01f-4ecd-b459-e947241c211f"]),
        (
            oracle_orc.parse,
            "oracle_orc/requisitions.trimmed.json",
            ORACLE,
            None,
            [f"{DETAILS}?expand=all&onlyData=true&finder=ById;Id=%22{native_id}%22,siteNumber=CX_1" for native_id in ("25587", "26876")],
        ),
        (
            eightfold.parse,
            "eightfold/apply_v2_jobs.trimmed.json",
            EIGHTFOLD,
            None,
            [
                f"https://albemarle.eightfold.ai/api/apply/v2/jobs/{native_id}?domain=albemarle.com"
                for native_id in ("1099555326551", "1099555208188")
            ],
        ),
        (
            phenom.parse,
            "phenom/search-results.trimmed.html",
            "https://careers.phenom.example/global/en/search-results?from=0",
            52,
            [f"https://careers.phenom.example/global/en/job/PHENA0059P{number}EXTERNALENGLOBAL" for number in ("104461", "104504")],
        ),
        (
            icims.parse,
            "icims/search.trimmed.html",
            "https://careers-wipfli.icims.com/jobs/search?ss=1&in_iframe=1&pr=0",
            None,
            [
                f"https://careers-wipfli.icims.com/jobs/{job}/job?in_iframe=1"
                for job in ("8214/payroll-tax-specialist", "8212/payroll-support-specialist")
            ],
        ),
        (
            jobvite.parse,
            "jobvite/search.trimmed.html",
            "https://jobs.jobvite.com/feedingamerica/search",
            None,
            [f"https://jobs.jobvite.com/feedingamerica/job/{native_id}" for native_id in ("octxAfww", "ohAzAfwK")],
        ),
        (
            paylocity.parse,
            "paylocity/all.trimmed.html",
            PAYLOCITY,
            None,
            [f"https://recruiting.paylocity.com/Recruiting/Jobs/Details/{native_id}" for native_id in ("4141169", "4401262")],
        ),
    ],
)
def test_recorded_lists_name_every_posting(parser: PageParser, name: str, url: str, total: int | None, links: list[str]) -> None:
    reading = parser((FOLDER / name).read_bytes(), url)
    assert [link.url for link in reading.details] == links
    assert (reading.stated_total, reading.drafts, reading.rejected, reading.unread, reading.next_page) == (total, (), (), (), None)


def _read(parser: PageParser, records: list[object], urls: list[str]) -> list[dict[str, object]]:
    found = []
    for record, url in zip(records, urls, strict=True):
        reading = parser(json.dumps(record).encode(), url)
        assert (len(reading.drafts), reading.rejected, reading.unread) == (1, (), ())
        found.append(_fields(reading.drafts[0].model_dump(mode="json", exclude_defaults=True)))
    return found


def _fields(draft: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in draft.items() if key != "description_is_html"}


def _json(name: str) -> object:
    return json.loads((FOLDER / name).read_bytes())


def _labels(*labels: str) -> list[dict[str, str]]:
    return [{"scheme": "board", "label": label} for label in labels]


def test_bamboohr() -> None:
    answer = _json("bamboohr/careers_list.sanitised.json")
    assert isinstance(answer, dict)
    records: list[object] = [{"result": {"jobOpening": record}} for record in answer["result"]]
    place = {"locality": "Fort Lauderdale", "region": "Florida"}
    assert _read(bamboohr.parse, records, [f"https://acme.bamboohr.com/careers/{number}/detail" for number in (86, 87)]) == [
        {
            "native_id": "86",
            "url": "https://acme.bamboohr.com/careers/86",
            "title": "Nurse Paralegal",
            "employment_type": ["FULL_TIME"],
            "job_locations": [place],
            "occupational_categories": _labels("Legal"),
        },
        {
            "native_id": "87",
            "url": "https://acme.bamboohr.com/careers/87",
            "title": "Marketing & Social Media Intern",
            "employment_type": ["INTERN"],
            "job_locations": [place],
            "occupational_categories": _labels("Marketing"),
        },
    ]


def test_rippling() -> None:
    records = _json("rippling/jobs.sanitised.json")
    assert isinstance(records, list)
    both = {
        "native_id": "2f0674e6-f01f-4ecd-b459-e947241c211f",
        "url": "https://ats.acme.com/acme/jobs/2f0674e6-f01f-4ecd-b459-e947241c211f",
        "title": "Account Executive - Accountants Channel (East Coast)",
        "occupational_categories": _labels("Sales"),
    }
    assert _read(rippling.parse, records, [f"{RIPPLING}/1"] * 2) == [
        both | {"job_locations": [{"text": "Remote (New Jersey, US)", "country": "US"}], "telecommute": True},
        both | {"job_locations": [{"text": "New York, NY", "locality": "New York"}]},
    ]


def test_oracle() -> None:
    answer = _json("oracle_orc/requisitions.trimmed.json")
    assert isinstance(answer, dict)
    records = [*answer["items"][0]["requisitionList"], _json("oracle_orc/requisition_detail.sanitised.json")]
    leader = {"title": "Technology and Communications Sector Leader"}
    cities = ["SAN FRANCISCO, CA", "HOUSTON, TX", "ATLANTA, GA", "MIAMI, FL", "IRVINE, CA"]
    assert _read(oracle_orc.parse, records, [ORACLE] * 3) == [
        {
            "native_id": "25587",
            "url": f"{ORACLE_SITE}/25587",
            "title": "Bridge Inspector",
            "date_posted": "2026-08-07",
            "job_locations": [{"text": "PERTH, WESTERN AUSTRALIA, Australia", "locality": "PERTH", "country": "AU"}],
        },
        leader
        | {
            "native_id": "26876",
            "url": f"{ORACLE_SITE}/26876",
            "date_posted": "2026-08-07",
            "job_locations": [{"text": f"{city}, United States", "locality": city.partition(",")[0], "country": "US"} for city in cities],
        },
        leader
        | {
            "native_id": "2026001760",
            "url": f"{ORACLE_SITE}/2026001760",
            "description": "<p>Lead enterprise systems delivery.</p>"
            "<h3>Responsibilities</h3><ul><li>Own the implementation roadmap.</li></ul>"
            "<h3>Qualifications</h3><p>Five years of CRM delivery experience.</p>",
            "date_posted": "2026-08-19",
            "job_locations": [{"text": "Atlanta, GA", "locality": "Atlanta", "country": "US"}],
        },
    ]


def test_eightfold() -> None:
    answer = _json("eightfold/apply_v2_jobs.trimmed.json")
    assert isinstance(answer, dict)

    def place(name: str) -> dict[str, str]:
        return {"text": f"{name}, United States of America", "locality": name.partition(",")[0], "country": "US"}

    assert _read(eightfold.parse, answer["positions"], [EIGHTFOLD] * 2) == [
        {
            "native_id": "1099555326551",
            "url": "https://albemarle.eightfold.ai/careers/job/1099555326551",
            "title": "Supply Planner, Bromine S&OP",
            "date_posted": "2026-08-04",
            "job_locations": [place("Charlotte, North Carolina"), place("Magnolia, Arkansas")],
            "occupational_categories": _labels("Supply Chain"),
        },
        {
            "native_id": "1099555208188",
            "url": "https://albemarle.eightfold.ai/careers/job/1099555208188",
            "title": "Director, Media Relations and U.S. Public Affairs",
            "date_posted": "2026-07-24",
            "job_locations": [place("Charlotte, North Carolina"), place("Kings Mountain, North Carolina")],
            "occupational_categories": _labels("Policy, Government, and Public Affairs"),
        },
    ]


def test_paylocity_with_texts_in_its_list() -> None:
    body = (FOLDER / "paylocity/all.trimmed.html").read_bytes().replace(b'"Description":""', b'"Description":"Work."')
    reading = paylocity.parse(body, PAYLOCITY)
    both = {"hiring_organization": "North Carolina Advanced Energy Corporation", "description": "Work."}
    raleigh = {"locality": "Raleigh", "region": "NC", "country": "US"}
    pages = "https://recruiting.paylocity.com/Recruiting/Jobs/Details"
    assert (reading.details, reading.unread, reading.rejected) == ((), (), ())
    assert [_fields(draft.model_dump(mode="json", exclude_defaults=True)) for draft in reading.drafts] == [
        both
        | {
            "native_id": "4141169",
            "url": f"{pages}/4141169",
            "title": "Engineer/Associate Engineer, Power Systems",
            "date_posted": "2026-08-08",
            "job_locations": [raleigh | {"postal_code": "27607-5084"}],
        },
        both
        | {
            "native_id": "4401262",
            "url": f"{pages}/4401262",
            "title": "Administrative Assistant (Hybrid)",
            "date_posted": "2026-08-07",
            "job_locations": [raleigh | {"postal_code": "27607"}],
        },
    ]


def test_pinpoint() -> None:
    reading = pinpoint.parse((FOLDER / "pinpoint/postings.sanitised.json").read_bytes(), "https://acme.pinpointhq.com/postings.json")
    assert (reading.unread, reading.rejected) == ((), ())
    assert [_fields(draft.model_dump(mode="json", exclude_defaults=True)) for draft in reading.drafts] == [
        {
            "native_id": "post-001",
            "url": "https://acme.pinpointhq.com/en/postings/post-001",
            "title": "Enterprise Applications Architect",
            "description": "<p>Lead the enterprise applications roadmap.</p>"
            "<h3>What you will do</h3><ul><li>Own architecture decisions.</li></ul>"
            "<h3>What you bring</h3><p>Experience with CRM platforms.</p>"
            "<h3>Benefits</h3><p>Medical and retirement plans.</p>",
            "valid_through": "2026-08-28",
            "job_locations": [{"text": "United States", "country": "US"}],
            "telecommute": True,
            "base_salary": {
                "min_value": 135000,
                "max_value": 198000,
                "currency": "USD",
                "period": "YEAR",
                "text": "$135,000 - $198,000 / year",
            },
            "occupational_categories": _labels("Technology"),
        },
        {
            "native_id": "post-002",
            "url": "https://acme.pinpointhq.com/postings/post-002",
            "title": "CRM Program Consultant",
            "description": "<p>Deliver a fixed-term CRM program.</p><p>Coordinate delivery teams.</p><p>Program leadership experience.</p>",
            "job_locations": [{"text": "Atlanta, GA", "locality": "Atlanta"}],
            "base_salary": {"min_value": 70, "max_value": 90, "currency": "USD", "period": "HOUR", "text": "$70 - $90 / hour"},
            "occupational_categories": _labels("Consulting"),
        },
    ]


def test_neogov() -> None:
    reading = neogov.parse((FOLDER / "neogov/jobs_rss.sanitised.xml").read_bytes(), "https://www.governmentjobs.com/feed")
    assert (reading.unread, reading.rejected, reading.gap) == ((), (), None)
    read = [_fields(draft.model_dump(mode="json", exclude_defaults=True)) for draft in reading.drafts]
    texts = [str(fields.pop("description")) for fields in read]
    pages = "https://www.governmentjobs.com/careers/exampleagency/jobs"
    assert read == [
        {
            "native_id": "410001",
            "url": f"{pages}/410001",
            "title": "Enterprise Applications Manager",
            "hiring_organization": "Example Public Agency",
            "date_posted": "2026-08-19",
            "valid_through": "2026-09-20",
            "job_locations": [{"text": "Atlanta, Georgia", "locality": "Atlanta"}],
            "base_salary": {"min_value": 135000, "max_value": 175000, "currency": "USD", "period": "YEAR"},
            "occupational_categories": _labels("Information Technology"),
        },
        {
            "native_id": "410002",
            "url": f"{pages}/410002",
            "title": "CRM Project Consultant",
            "hiring_organization": "Example Public Agency",
            "date_posted": "2026-08-18",
            "job_locations": [{"text": "Remote"}],
            "telecommute": True,
            "base_salary": {"min_value": 65, "max_value": 85, "currency": "USD", "period": "HOUR"},
            "occupational_categories": _labels("Project Management"),
        },
    ]
    parts = ["portfolio.", "Duties", "governance.", "Qualifications", "leadership.", "Supplemental information", "required."]
    assert [texts[0].index(part) for part in parts] == sorted(texts[0].index(part) for part in parts)
    assert "CRM implementation." in texts[1]
    assert "CRM delivery experience." in texts[1]
