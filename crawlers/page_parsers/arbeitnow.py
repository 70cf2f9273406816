"""Arbeitnow's job board API: `GET /api/job-board-api?page=` answers 250 advertisements, and the address of the next page.

https://www.arbeitnow.com/blog/job-board-api; `created_at` is in epoch seconds, `job_types` mixes hours, terms and career levels.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from crawlers.page_parsers.page_reading import Collected, PageReading, inner_object, json_records, record_fields, required_id
from vacancies.job_place import place_from_words
from vacancies.posting import OccupationalCategory
from vacancies.posting_draft import PostingDraft
from vacancies.values.words import word, words_of

VERSION: Final = "1"
_LEVELS: Final = (
    "experience",
    "experienced",
    "entry",
    "student",
    "manager",
    "executive",
    "berufserfahren",
    "berufseinstieg",
    "führung",
    "senior",
)


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read every advertisement of the page; raises RecordInvalid as `json_records` does."""
    answer, jobs = json_records(body, "data")
    found = Collected()
    for job in jobs:
        native_id = word(job.get("slug")) if isinstance(job, Mapping) else None
        found.take(job, lambda record: _draft(record_fields(record), countries, found), native_id=native_id)
    return found.reading(next_page=word(inner_object(answer, "links").get("next")))


def _draft(job: Mapping[str, object], countries: Collection[str], found: Collected) -> PostingDraft:
    place = place_from_words(word(job.get("location")), countries=countries)
    remote, description = job.get("remote"), job.get("description")
    kinds = [kind for kind in words_of(job.get("job_types")) if not any(level in kind.casefold() for level in _LEVELS)]
    return PostingDraft(
        native_id=required_id(job, "slug"),
        url=word(job.get("url")),
        title=word(job.get("title")),
        hiring_organization=word(job.get("company_name")),
        description=description if isinstance(description, str) else "",
        date_posted=found.day("date_posted", job.get("created_at")),
        employment_type=found.employment_types(*kinds),
        job_locations=(place,) if place else (),
        telecommute=remote if isinstance(remote, bool) else None,
        occupational_categories=tuple(OccupationalCategory(scheme="tag", label=tag) for tag in words_of(job.get("tags"))),
    )
