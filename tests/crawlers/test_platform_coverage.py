"""The table of platforms: every platform is in it, and what it says rests on recorded postings."""

from __future__ import annotations

from pathlib import Path

from crawlers.coverage import FIELDS, coverage
from crawlers.registry import platforms
from vacancies.posting import Posting

FOUND = {one.platform: one for one in coverage(Path(__file__).parent / "recorded")}


def test_every_platform_is_described() -> None:
    assert FOUND.keys() == platforms().keys()
    assert [name for name, one in FOUND.items() if not one.about or "\n" in one.about] == []
    assert {one.verified for one in FOUND.values()} <= {"recorded", "in part", "unverified", "-"}


def test_fields_are_the_postings_own() -> None:
    made_by_us = {"posting_id", "board", "blocks", "content_hash", "capture_sha256", "parser", "description_is_excerpt", "is_guessed"}
    assert set(FIELDS) == set(Posting.model_fields) - made_by_us


def test_figures_are_those_of_the_recorded_postings() -> None:
    feed = FOUND["feedfile"]
    assert (feed.postings, feed.filled["title"], feed.filled["date_posted"], feed.filled["skills"]) == (3, 3, 2, 0)


def test_paging_caps_and_credentials_are_said() -> None:
    assert FOUND["jobtech"].listing == "pages of 100, at most 2,000 records"
    assert "more than 1,150 hits" in FOUND["france_travail"].listing
    assert FOUND["reed"].credentials == ("api_key",)
    assert FOUND["jsonld"].listing.startswith("sitemap or listing pages")
