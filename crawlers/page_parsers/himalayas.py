"""Himalayas' API: `GET /jobs/api?limit=&cursor=` answers a page of advertisements and the cursor of the next one.

https://himalayas.app/api; times are epoch seconds, an advertisement's `guid` is its address, no stated place means anywhere.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from crawlers.page_parsers.page_reading import Collected, PageReading, json_records, record_fields, required_id
from vacancies.job_place import places_from_list
from vacancies.posting import OccupationalCategory
from vacancies.posting_draft import PostingDraft
from vacancies.values.salaries import make_salary, read_amount
from vacancies.values.words import number, word, words_of

VERSION: Final = "1"


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read every job of the page; raises RecordInvalid as `json_records` does."""
    answer, jobs = json_records(body, "jobs")
    found = Collected()
    for job in jobs:
        native_id = word(job.get("guid")) if isinstance(job, Mapping) else None
        found.take(job, lambda record: _draft(record_fields(record), found), native_id=native_id)
    total = number(answer.get("totalCount"))
    return found.reading(stated_total=int(total) if total is not None else None, next_page=word(answer.get("nextCursor")))


def _draft(job: Mapping[str, object], found: Collected) -> PostingDraft:
    description = job.get("description")
    low, high = (read_amount(job.get(name)) for name in ("minSalary", "maxSalary"))
    labels = dict.fromkeys(words_of([job.get("categories"), job.get("parentCategories")]))
    return PostingDraft(
        native_id=required_id(job, "guid"),
        url=word(job.get("guid")) if str(job.get("guid")).startswith("http") else word(job.get("applicationLink")),
        title=word(job.get("title")),
        hiring_organization=word(job.get("companyName")),
        description=description if isinstance(description, str) else "",
        date_posted=found.day("date_posted", job.get("pubDate")),
        valid_through=found.day("valid_through", job.get("expiryDate")),
        employment_type=found.employment_types(word(job.get("employmentType"))),
        job_locations=places_from_list(words_of(job.get("locationRestrictions"))),
        telecommute=True,
        base_salary=make_salary(low, high, currency=word(job.get("currency")), period=word(job.get("salaryPeriod"))),
        occupational_categories=tuple(OccupationalCategory(scheme="board", label=label) for label in labels),
    )
