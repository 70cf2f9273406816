"""The parsers on answers recorded from real boards."""

from __future__ import annotations

import json
import os
from collections.abc import Collection
from pathlib import Path

import pytest

from crawlers.page_parsers import (
    adzuna,
    arbeitnow,
    feed_xml,
    greenhouse,
    hackernews,
    himalayas,
    jobicy,
    jobposting_page,
    jobtech,
    reed,
    remoteok,
    remotive,
    themuse,
)
from crawlers.page_parsers.page_reading import PageParser, PageReading
from crawlers.registry import spider_for
from vacancies.posting_draft import draft_to_posting

FOLDER = os.environ.get("LABOURSCOPE_REFERENCE_DATA")
PAGE = jobposting_page.parse


def _comments(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read the thread's comments, which their publisher keeps in a list of his own."""
    return hackernews.parse(json.dumps({"children": json.loads(body)["jobs"]}).encode(), url)


WWR = spider_for("weworkremotely").reader().parse
pytestmark = [pytest.mark.reference, pytest.mark.skipif(not FOLDER, reason="LABOURSCOPE_REFERENCE_DATA is not set")]


@pytest.mark.parametrize(
    ("parser", "name", "postings", "first"),
    [
        (greenhouse.parse, "greenhouse/jobs_content_true_amplitude.json", 2, ("8636903002", "Amplitude", "GB", "2026-07-16", None)),
        (jobtech.parse, "jobtech_se/search_response_85hits.json", 85, ("30016621", "REGION SÖRMLAND", "SE", "2025-09-11", None)),
        (
            PAGE,
            "html_pages/cvkeskus_detail.jsonld_graph.desc_trimmed.html",
            1,
            (None, "Bolt Technology OÜ", "EE", "2026-08-26", None),
        ),
        (PAGE, "html_pages/example_reed_ad.html", 1, (None, "NonStop Consulting Ltd", "GB", "2020-11-09", 52000.0)),
        (WWR, "weworkremotely/remote-programming-jobs.desc_trimmed.rss", 1, (None, "Toptal", None, "2026-09-10", None)),
        (feed_xml.parse, "neogov/jobs_rss.sanitised.xml", 2, ("410001", None, None, "2026-08-19", 135000.0)),
        (feed_xml.parse, "teamtailor/jobs_upcloud.rss", 1, ("d8938509-ff5a-4755-a5f7-5f89a0ac791e", None, "FI", "2026-09-04", None)),
        (adzuna.parse, "adzuna/search_us_2018.json", 2, ("770024743", "Springboard Auto", "US", "2018-03-01", None)),
        (
            arbeitnow.parse,
            "arbeitnow/job-board-api.desc_trimmed.json",
            2,
            ("senior-python-engineer-platform-libraries-munchen-363975", "Unitelabs", None, "2026-09-07", None),
        ),
        (
            himalayas.parse,
            "himalayas/jobs_api.desc_trimmed.json",
            1,
            ("https://himalayas.app/companies/abridge/jobs/it-operations-specialist", "abridge", "US", "2026-09-26", 100000.0),
        ),
        (jobicy.parse, "jobicy/remote-jobs.desc_trimmed.json", 2, ("152625", "Housecall Pro", "PL", "2026-09-06", 5300.0)),
        (reed.parse, "reed/job_detail_41416247.json", 1, ("41416247", "Investigo", None, "2020-11-20", 38000.0)),
        (remoteok.parse, "remoteok/api.desc_trimmed.json", 2, ("1137431", "Mercier Consultancy Group", None, "2026-09-24", None)),
        (remotive.parse, "remotive/remote-jobs.desc_trimmed.json", 1, ("2091141", "KoboToolbox", "US", "2026-09-18", 90000.0)),
        (themuse.parse, "themuse/job_2021.contents_trimmed.json", 1, ("6747012", "Paychex", None, "2021-09-03", None)),
        (_comments, "hackernews/whoishiring_10.json", 10, ("48027869", None, None, "2026-05-05", 150000.0)),
    ],
)
def test_recorded_answer(parser: PageParser, name: str, postings: int, first: tuple[object, ...]) -> None:
    reading = parser((Path(str(FOLDER)) / "boards" / name).read_bytes(), "https://board.example/page")
    assert (len(reading.drafts), reading.rejected) == (postings, ())
    read = [draft_to_posting(draft, board="board", parser="test/1") for draft in reading.drafts]
    assert len({posting.posting_id for posting in read}) == postings
    assert all(posting.title and posting.description_text and posting.url for posting in read)
    one = read[0]
    country = one.job_locations[0].country if one.job_locations else None
    low = one.base_salary.min_value if one.base_salary else None
    native_id = one.native_id if first[0] is not None else None
    assert (native_id, one.hiring_organization, country, str(one.date_posted), low) == first
