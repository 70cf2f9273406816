"""The Muse's API: `GET /api/public/jobs?page=` answers a page of advertisements with the number of pages.

https://www.themuse.com/developers/api/v2; "Flexible / Remote" among the locations is no place.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from crawlers.page_parsers.page_reading import Collected, PageReading, inner_object, json_records, record_fields, required_id
from vacancies.job_place import place_from_words
from vacancies.posting import OccupationalCategory
from vacancies.posting_draft import PostingDraft
from vacancies.values.words import number, word, words_of

VERSION: Final = "1"
_REMOTE: Final = "flexible / remote"


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read every job of the page; `next_page` is the number of the next one. Raises RecordInvalid as `json_records` does."""
    answer, jobs = json_records(body, "results")
    found = Collected()
    for job in jobs:
        native_id = word(job.get("id")) if isinstance(job, Mapping) else None
        found.take(job, lambda record: _draft(record_fields(record), countries, found), native_id=native_id)
    page, pages, total = (number(answer.get(name)) for name in ("page", "page_count", "total"))
    has_next = page is not None and pages is not None and page + 1 < pages
    return found.reading(
        stated_total=int(total) if total is not None else None,
        next_page=str(int(page) + 1) if page is not None and has_next else None,
    )


def _draft(job: Mapping[str, object], countries: Collection[str], found: Collected) -> PostingDraft:
    contents = job.get("contents")
    names = words_of(job.get("locations"))
    places = (place_from_words(name, countries=countries) for name in names if name.casefold() != _REMOTE)
    return PostingDraft(
        native_id=required_id(job),
        url=word(inner_object(job, "refs").get("landing_page")),
        title=word(job.get("name")),
        hiring_organization=word(job.get("company")),
        description=contents if isinstance(contents, str) else "",
        date_posted=found.day("date_posted", job.get("publication_date")),
        job_locations=tuple(dict.fromkeys(filter(None, places))),
        telecommute=True if names and all(name.casefold() == _REMOTE for name in names) else None,
        occupational_categories=tuple(OccupationalCategory(scheme="board", label=label) for label in words_of(job.get("categories"))),
    )
