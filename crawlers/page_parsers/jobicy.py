"""Jobicy's API: `GET /api/v2/remote-jobs?count=&geo=` answers the newest advertisements (100 at most), so older ones may be open too.

https://jobicy.com/jobs-rss-feed; `jobGeo` lists countries or regions with commas.
"""

from __future__ import annotations

import html
from collections.abc import Collection, Mapping
from typing import Final

from crawlers.page_parsers.page_reading import Collected, PageReading, json_records, record_fields, required_id
from vacancies.job_place import places_from_list
from vacancies.posting import BaseSalary, OccupationalCategory
from vacancies.posting_draft import PostingDraft
from vacancies.values.salaries import make_salary, read_amount
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
    description = job.get("jobDescription")
    return PostingDraft(
        native_id=required_id(job),
        url=word(job.get("url")),
        title=_plain(job.get("jobTitle")),
        hiring_organization=_plain(job.get("companyName")),
        description=description if isinstance(description, str) else "",
        date_posted=found.day("date_posted", job.get("pubDate")),
        employment_type=found.employment_types(*words_of(job.get("jobType"))),
        job_locations=places_from_list((_plain(job.get("jobGeo")) or "").split(",")),
        telecommute=True,
        base_salary=_salary(job),
        occupational_categories=tuple(
            OccupationalCategory(scheme="board", label=html.unescape(label)) for label in words_of(job.get("jobIndustry"))
        ),
    )


def _salary(job: Mapping[str, object]) -> BaseSalary | None:
    """Read the amounts; older answers name them `annualSalaryMin` and `annualSalaryMax`."""
    low, high = (read_amount(job.get(name)) for name in ("salaryMin", "salaryMax"))
    period = word(job.get("salaryPeriod"))
    if not low and not high:
        low, high = (read_amount(job.get(name)) for name in ("annualSalaryMin", "annualSalaryMax"))
        period = "year"
    return make_salary(low, high, currency=word(job.get("salaryCurrency")), period=period)


def _plain(value: object) -> str | None:
    """Give a text that the service has escaped for HTML as it was."""
    text = word(value)
    return html.unescape(text) if text else None
