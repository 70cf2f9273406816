"""Paylocity job boards: `GET /recruiting/jobs/All/{guid}` is a page whose script holds the list, `/Recruiting/Jobs/Details/{id}` a job.

There is no documentation for the public. The list's descriptions are empty on most boards: those jobs' pages state a JobPosting, whose
description is HTML that is escaped once more. "Hybrid" and "Remote" stand where a site's name should. An unknown guid is answered by 200
and a page without a list.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import partial
from typing import Final
from urllib.parse import urljoin, urlsplit

from crawlers.page_parsers.page_of_posting import read_page
from crawlers.page_parsers.page_reading import (
    Collected,
    DetailLink,
    PageReading,
    inner_object,
    listed_draft,
    record_fields,
    records_of,
    required_id,
)
from crawlers.page_parsers.script_data import assigned_object
from vacancies.job_place import make_place, place_from_words
from vacancies.posting import JobLocation, OccupationalCategory
from vacancies.posting_draft import PostingDraft
from vacancies.values.words import word
from vacancies.values.workplaces import read_workplace

VERSION: Final = "2"
_DETAILS: Final = re.compile(r"/jobs/details/(\d+)", re.IGNORECASE)


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read the list, to links where it holds no text, or one job's page; jobs for the employer's own people are given as withdrawn.

    Raises RecordInvalid (`unexpected_shape`, `broken_json`, `no_jobposting`).
    """
    detail = _DETAILS.search(urlsplit(url).path)
    if detail:
        return read_page(body, url, native_id=detail[1], countries=countries)
    data, jobs = records_of(assigned_object(body, "window.pageData"), "Jobs")
    employer = word(data.get("ModuleTitle"))
    found = Collected()
    links = []
    internal = []
    for job in jobs:
        native_id = word(job.get("JobId")) if isinstance(job, Mapping) else None
        if isinstance(job, Mapping) and native_id and job.get("IsInternal") is True:
            internal.append(native_id)
        elif isinstance(job, Mapping) and native_id and not word(job.get("Description")):
            listed = listed_draft(job, partial(_draft, url=url, employer=employer, countries=countries))
            links.append(DetailLink(_page(url, native_id), listed=listed))
        else:
            found.take(
                job,
                lambda record: _draft(record_fields(record), found, url=url, employer=employer, countries=countries),
                native_id=native_id,
            )
    return found.reading(details=links, withdrawn=tuple(internal))


def _page(url: str, native_id: str) -> str:
    return urljoin(url, f"/Recruiting/Jobs/Details/{native_id}")


def _draft(job: Mapping[str, object], found: Collected, *, url: str, employer: str | None, countries: Collection[str]) -> PostingDraft:
    native_id, place, description = required_id(job, "JobId"), _place(job, countries), job.get("Description")
    department = word(job.get("HiringDepartment"))
    return PostingDraft(
        native_id=native_id,
        url=_page(url, native_id),
        title=word(job.get("JobTitle")),
        hiring_organization=employer,
        description=description if isinstance(description, str) else "",
        date_posted=found.day("date_posted", job.get("PublishedDate")),
        job_locations=(place,) if place else (),
        telecommute=True if job.get("IsRemote") is True or read_workplace(word(job.get("LocationName"))) else None,
        occupational_categories=(OccupationalCategory(scheme="board", label=department),) if department else (),
    )


def _place(job: Mapping[str, object], countries: Collection[str]) -> JobLocation | None:
    """Read the place where the board shows it to applicants; the site's name stands in for one without a city."""
    place = inner_object(job, "JobLocation")
    if job.get("ShouldDisplayLocation") is False:
        return None
    if word(place.get("City")) is None:
        return place_from_words(word(job.get("LocationName")), countries=countries)
    return make_place(
        locality=word(place.get("City")),
        region=word(place.get("State")),
        postal_code=word(place.get("Zip")),
        country=word(place.get("Country")),
    )
