"""Workable: the careers widget (`GET /api/v1/widget/accounts/{account}?details=true`, whole board) and the list of its careers pages.

https://help.workable.com/hc/en-us/articles/115012771647; the widget repeats a job once per place. The list
(`POST /api/v3/accounts/{account}/jobs`) holds no texts; those are at `/api/v2/accounts/{account}/jobs/{shortcode}` (unverified: no
recorded answer). An unknown account is answered by 404.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import Final
from urllib.parse import urljoin, urlsplit

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
from vacancies.html_text import html_from_sections
from vacancies.job_place import make_place
from vacancies.posting import JobLocation, OccupationalCategory
from vacancies.posting_draft import PostingDraft
from vacancies.values.words import each, number, read_language, word, words_of
from vacancies.values.workplaces import read_workplace

VERSION: Final = "2"


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read the widget's answer, a page of the list, or one job; raises RecordInvalid (`broken_json`, `unexpected_shape`)."""
    answer = json_answer(body)
    if isinstance(answer, Mapping) and "results" in answer:
        return _list(body, url)
    if isinstance(answer, Mapping) and "shortcode" in answer:
        return _job(answer, url)
    answer, jobs = json_records(body, "jobs")
    employer = word(answer.get("name"))
    found = Collected()
    for job in jobs:
        native_id = word(job.get("shortcode")) if isinstance(job, Mapping) else None
        found.take(job, lambda record: _draft(record_fields(record), found, url=url, employer=employer), native_id=native_id)
    found.one_per_id()
    return found.reading()


def _list(body: bytes, url: str) -> PageReading:
    answer, jobs = json_records(body, "results")
    found = Collected()
    links = []
    details = urlsplit(url).path.replace("/api/v3/", "/api/v2/").rstrip("/")
    for job in jobs:
        shortcode = word(job.get("shortcode")) if isinstance(job, Mapping) else None
        if shortcode:
            links.append(
                DetailLink(urljoin(url, f"{details}/{shortcode}"), listed=listed_draft(job, partial(_draft, url=url, employer=None)))
            )
        else:
            found.reject("no_identity", "the job in the list has no shortcode", job)
    total = number(answer.get("total"))
    return found.reading(details=links, next_page=word(answer.get("nextPage")), stated_total=int(total) if total is not None else None)


def _job(job: Mapping[str, object], url: str) -> PageReading:
    native_id = word(job.get("shortcode"))
    if native_id and (job.get("isInternal") is True or word(job.get("state")) not in {None, "published"}):
        return PageReading(withdrawn=(native_id,))
    found = Collected()
    found.take(job, lambda record: _draft(record, found, url=url, employer=None), url=url, native_id=native_id)
    return found.reading()


def _draft(job: Mapping[str, object], found: Collected, *, url: str, employer: str | None) -> PostingDraft:
    """Read a job of either form; the widget's and the list's names of fields do not overlap where they mean different things."""
    native_id = required_id(job, "shortcode")
    headings = (("description", None), ("requirements", "Requirements"), ("benefits", "Benefits"))
    return PostingDraft(
        native_id=native_id,
        url=word(job.get("url")) or urljoin(url, f"/j/{native_id}"),
        title=word(job.get("title")),
        hiring_organization=employer,
        description=html_from_sections((heading, text) for key, heading in headings if isinstance(text := job.get(key), str)),
        description_is_html=True,
        language=read_language(word(job.get("language"))),
        date_posted=found.day("date_posted", job.get("published_on") or job.get("published") or job.get("created_at")),
        employment_type=found.employment_types(word(job.get("employment_type")), word(job.get("type"))),
        job_locations=tuple(dict.fromkeys(_places(job))),
        telecommute=_telecommute(job),
        industry=word(job.get("industry")),
        occupational_categories=tuple(_categories(job)),
    )


def _telecommute(job: Mapping[str, object]) -> bool | None:
    """Read the workplace; without it only the mark for remote work says something, since hybrid work has no mark."""
    if workplace := word(job.get("workplace")):
        return read_workplace(workplace)
    return True if job.get("telecommuting") is True or job.get("remote") is True else None


def _places(job: Mapping[str, object]) -> Iterator[JobLocation]:
    """Yield the places that are not hidden from applicants; the record's own fields, or its `location`, where it has no list."""
    entries = [entry for entry in each(job.get("locations")) if isinstance(entry, Mapping)]
    main = job.get("location")
    for entry in entries or [main if isinstance(main, Mapping) else job]:
        place = make_place(
            locality=word(entry.get("city")),
            region=word(entry.get("region")) or word(entry.get("state") if entry is job else None),
            country=word(entry.get("countryCode")) or word(entry.get("country")),
        )
        if place is not None and entry.get("hidden") is not True:
            yield place


def _categories(job: Mapping[str, object]) -> Iterator[OccupationalCategory]:
    for label in dict.fromkeys((*words_of(job.get("department")), *words_of(job.get("function")))):
        yield OccupationalCategory(scheme="board", label=label)
