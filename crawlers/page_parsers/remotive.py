"""Remotive's API: `GET /api/remote-jobs` answers all advertisements; each names the countries or regions it is open to.

https://github.com/remotive-com/remote-jobs-api; times carry no zone, salaries are words.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from crawlers.page_parsers.page_reading import Collected, PageReading, json_records, record_fields, required_id
from vacancies.job_place import places_from_list
from vacancies.posting import OccupationalCategory
from vacancies.posting_draft import PostingDraft
from vacancies.values.salaries import salary_from_text
from vacancies.values.words import word, words_of

VERSION: Final = "1"


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read every job; raises RecordInvalid as `json_records` does."""
    _, jobs = json_records(body, "jobs")
    found = Collected()
    for job in jobs:
        native_id = word(job.get("id")) if isinstance(job, Mapping) else None
        found.take(job, lambda record: _draft(record_fields(record), found), native_id=native_id)
    return found.reading()


def _draft(job: Mapping[str, object], found: Collected) -> PostingDraft:
    category, description = word(job.get("category")), job.get("description")
    labels = [("board", label) for label in filter(None, [category])] + [("tag", tag) for tag in words_of(job.get("tags"))]
    return PostingDraft(
        native_id=required_id(job),
        url=word(job.get("url")),
        title=word(job.get("title")),
        hiring_organization=word(job.get("company_name")),
        description=description if isinstance(description, str) else "",
        date_posted=found.day("date_posted", job.get("publication_date")),
        employment_type=found.employment_types(word(job.get("job_type"))),
        job_locations=places_from_list((word(job.get("candidate_required_location")) or "").split(",")),
        telecommute=True,
        base_salary=salary_from_text(word(job.get("salary")) or ""),
        occupational_categories=tuple(OccupationalCategory(scheme=scheme, label=label) for scheme, label in labels),
    )
