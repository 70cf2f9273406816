"""Reed's API: `GET /api/1.0/search` names advertisements with cut texts, `GET /api/1.0/jobs/{id}` gives each whole.

https://www.reed.co.uk/developers/jobseeker; dates are day first.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import partial
from typing import Final

from crawlers.page_parsers.page_reading import (
    Collected,
    DetailLink,
    PageReading,
    json_answer,
    json_records,
    listed_draft,
    record_fields,
    required_id,
)
from vacancies.error import RecordInvalid
from vacancies.job_place import place_from_words
from vacancies.posting import BaseSalary
from vacancies.posting_draft import PostingDraft
from vacancies.values.salaries import make_salary, read_amount
from vacancies.values.words import number, word

VERSION: Final = "2"


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read a page of the search, or one advertisement; raises RecordInvalid (`broken_json`, `unexpected_shape`)."""
    answer = json_answer(body)
    found = Collected()
    if isinstance(answer, Mapping) and "jobId" in answer:
        found.take(
            answer, lambda record: _draft(record_fields(record), found, countries=countries), url=url, native_id=word(answer.get("jobId"))
        )
        return found.reading()
    answer, hits = json_records(body, "results")
    details = []
    for hit in hits:
        try:
            job = record_fields(hit)
            listed = listed_draft(job, partial(_draft, countries=countries))
            details.append(DetailLink(f"/api/1.0/jobs/{required_id(job, 'jobId')}", listed=listed))
        except RecordInvalid as error:
            found.reject(error.reason, str(error), hit)
    total = number(answer.get("totalResults"))
    return found.reading(stated_total=int(total) if total is not None else None, details=details)


def _draft(job: Mapping[str, object], found: Collected, *, countries: Collection[str]) -> PostingDraft:
    place = place_from_words(word(job.get("locationName")), countries=countries)
    description = job.get("jobDescription")
    hours = ["full time" if job.get("fullTime") is True else None, "part time" if job.get("partTime") is True else None]
    return PostingDraft(
        native_id=required_id(job, "jobId"),
        url=word(job.get("jobUrl")) or word(job.get("externalUrl")),
        title=word(job.get("jobTitle")),
        hiring_organization=word(job.get("employerName")),
        description=description if isinstance(description, str) else "",
        date_posted=found.day("date_posted", job.get("datePosted")),
        valid_through=found.day("valid_through", job.get("expirationDate")),
        employment_type=found.employment_types(*hours, word(job.get("contractType"))),
        job_locations=(place,) if place else (),
        base_salary=_salary(job),
    )


def _salary(job: Mapping[str, object]) -> BaseSalary | None:
    low, high = (read_amount(job.get(name)) for name in ("minimumSalary", "maximumSalary"))
    return make_salary(low, high, currency=word(job.get("currency")), period=word(job.get("salaryType")), text=word(job.get("salary")))
