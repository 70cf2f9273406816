"""The parsers on answers recorded from real boards."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from crawlers.page_parsers import feed_xml, greenhouse, jobposting_page, jobtech
from crawlers.page_parsers.page_reading import PageParser
from crawlers.registry import spider_for
from vacancies.posting_draft import draft_to_posting

FOLDER = os.environ.get("LABOURSCOPE_REFERENCE_DATA")
PAGE = jobposting_page.parse
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
