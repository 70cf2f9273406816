"""Which of a posting's fields each platform gives, as its recorded answers show; and what the platforms say of themselves."""

from __future__ import annotations

import inspect
import json
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from crawlers.recorded_answers import recorded_folders
from crawlers.registry import platforms
from crawlers.spiders.board_spider import BoardSpider
from crawlers.spiders.feed_spider import FeedSpider
from crawlers.spiders.job_page_spider import JobPageSpider
from crawlers.spiders.json_api_spider import JsonApiSpider
from crawlers.spiders.query_splitting import SplitSearchSpider
from vacancies.yaml_loading import load_yaml

FIELDS: Final = (
    "native_id", "url", "title", "hiring_organization", "description_text", "language", "date_posted", "date_modified", "valid_through",
    "job_start_date", "employment_type", "work_hours", "job_locations", "telecommute", "base_salary", "industry",
    "occupational_categories", "skills", "total_job_openings",
)  # fmt: skip
"""The fields of a posting that a board may state."""


class PlatformCoverage(NamedTuple):
    """A platform: what it says of itself, and in how many of its recorded postings each field is filled."""

    platform: str
    about: str
    verified: str  # "recorded", "in part", "unverified" or "-"
    listing: str
    credentials: tuple[str, ...]
    postings: int
    filled: Mapping[str, int]


def coverage(recorded: Path) -> list[PlatformCoverage]:
    """Describe every platform, by name, from its class and the folders of recorded answers under a folder."""
    postings: dict[str, list[Mapping[str, object]]] = {}
    for folder in recorded_folders(recorded):
        row = load_yaml((folder / "row.yaml").read_text("utf-8"))
        name = str(row["platform"]) if isinstance(row, dict) else folder.name
        postings.setdefault(name, []).extend(json.loads((folder / "expected.json").read_text("utf-8")))
    return [_of(name, spider, postings.get(name, [])) for name, spider in platforms().items()]


def _of(name: str, spider: type[BoardSpider], postings: list[Mapping[str, object]]) -> PlatformCoverage:
    module = inspect.getmodule(spider)
    text = inspect.cleandoc(module.__doc__ or "") if module else ""
    filled = Counter(field for posting in postings for field in FIELDS if posting.get(field) not in (None, "", []))
    about = " ".join(text.partition("\n\n")[0].split())
    return PlatformCoverage(name, about, _verified(text), _listing(spider), spider.needed_credentials, len(postings), filled)


def _verified(text: str) -> str:
    words = text.lower()
    if "unverified" in words:
        return "in part" if "recorded" in words.replace("no recorded", "") else "unverified"
    return "recorded" if "recorded" in words else "-"


def _listing(spider: type[BoardSpider]) -> str:
    """Say how a platform's listing is gone through, and where it ends."""
    said = []
    if issubclass(spider, JobPageSpider):
        said.append("sitemap or listing pages, then a page each")
    elif issubclass(spider, FeedSpider):
        said.append("one feed")
    elif issubclass(spider, SplitSearchSpider):
        said.append(f"pages of {spider.page_size}, split by query where a search has more than {spider.cap:,} hits")
    elif issubclass(spider, JsonApiSpider) and spider.paging is not None:
        paging = spider.paging
        said.append(f"pages of {paging.page_size}" + (f", at most {paging.largest_offset:,} records" if paging.largest_offset else ""))
    elif spider.next_step is not BoardSpider.next_step or spider.first_steps is not BoardSpider.first_steps:
        said.append("page after page")
    else:
        said.append("one answer, or as its pages lead on")
    if not spider.names_all_open:
        said.append("the newest only")
    return "; ".join(said)
