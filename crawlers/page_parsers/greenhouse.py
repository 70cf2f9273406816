"""Greenhouse job board API: `GET /v1/boards/{token}/jobs?content=true` answers the whole board.

https://developers.greenhouse.io/job-board.html; `content` is HTML that is escaped once more.
"""

from __future__ import annotations

import html
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from crawlers.page_parsers.page_reading import Collected, PageReading, inner_object, json_records, record_fields
from vacancies.error import RecordInvalid
from vacancies.job_place import place_from_words
from vacancies.posting import BaseSalary, JobLocation, OccupationalCategory
from vacancies.posting_draft import PostingDraft
from vacancies.values.dates import read_date, read_datetime
from vacancies.values.employment import read_employment_types
from vacancies.values.salaries import make_salary, read_amount
from vacancies.values.words import each, number, read_language, word

VERSION: Final = "2"
_EMPLOYMENT_FIELDS: Final = ("employment type", "job type", "contract type", "time type")


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read every job of the board; raises RecordInvalid (`broken_json`, `unexpected_shape`)."""
    answer, jobs = json_records(body, "jobs")
    found = Collected()
    for job in jobs:
        native_id = word(job.get("id")) if isinstance(job, Mapping) else None
        found.take(job, lambda record: _draft(record_fields(record), countries, found), native_id=native_id)
    total = number(inner_object(answer, "meta").get("total"))
    return found.reading(stated_total=int(total) if total is not None else None)


def _draft(job: Mapping[str, object], countries: Collection[str], found: Collected) -> PostingDraft:
    native_id = word(job.get("id"))
    content = job.get("content")
    title = word(job.get("title"))
    if native_id is None:
        raise RecordInvalid("no_identity", "the job has no id")
    if title is None and not content:
        raise RecordInvalid("no_text", "the job has neither a title nor a content")
    places = tuple(_places(job, countries))
    return PostingDraft(
        native_id=native_id,
        url=word(job.get("absolute_url")),
        title=title,
        hiring_organization=word(job.get("company_name")),
        description=html.unescape(content) if isinstance(content, str) else "",
        description_is_html=True,
        language=read_language(word(job.get("language"))),
        date_posted=read_date(job.get("first_published")),
        date_modified=read_datetime(job.get("updated_at")),
        valid_through=read_date(job.get("application_deadline")),
        employment_type=_employment_types(job, found),
        job_locations=places,
        telecommute=True if any("remote" in (place.text or "").casefold() for place in places) else None,
        base_salary=_salary(job),
        occupational_categories=tuple(
            OccupationalCategory(scheme="board", code=word(entry.get("id")), label=name)
            for entry in each(job.get("departments"))
            if isinstance(entry, Mapping) and (name := word(entry.get("name")))
        ),
    )


def _places(job: Mapping[str, object], countries: Collection[str]) -> Iterator[JobLocation]:
    """Yield the stated location, its country from the office that is named like it."""
    named = word(inner_object(job, "location").get("name"))
    offices = [office for office in each(job.get("offices")) if isinstance(office, Mapping)]
    for words in (named or "").split(";"):
        place = place_from_words(words, countries=countries)
        if place is None:
            continue
        if place.country is None:
            fuller = (place_from_words(word(office.get("location")), countries=countries) for office in offices if _is_like(office, words))
            country = next((office_place.country for office_place in fuller if office_place and office_place.country), None)
            place = place.model_copy(update={"country": country})
        yield place


def _is_like(office: Mapping[str, object], words: str) -> bool:
    first = words.split(",", maxsplit=1)[0].strip().casefold()
    return first in (word(office.get("name")) or "").casefold() or first in (word(office.get("location")) or "").casefold()


def _employment_types(job: Mapping[str, object], found: Collected) -> tuple[str, ...]:
    values = [
        text
        for entry in each(job.get("metadata"))
        if isinstance(entry, Mapping) and (word(entry.get("name")) or "").casefold() in _EMPLOYMENT_FIELDS
        for text in map(word, each(entry.get("value")))
        if text
    ]
    types, unread = read_employment_types(values)
    for text in unread:
        found.note_unread("employment_type", text)
    return types


def _salary(job: Mapping[str, object]) -> BaseSalary | None:
    """Read `pay_input_ranges` (sent with pay_transparency=true): amounts are in cents, the title says the period."""
    for entry in each(job.get("pay_input_ranges")):
        if isinstance(entry, Mapping):
            low, high = (read_amount(entry.get(key)) for key in ("min_cents", "max_cents"))
            return make_salary(
                low / 100 if low else None,
                high / 100 if high else None,
                currency=word(entry.get("currency_type")),
                period=word(entry.get("title")),
            )
    return None
