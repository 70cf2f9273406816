"""Ashby posting API: `GET /posting-api/job-board/{name}?includeCompensation=true` answers the whole board.

https://developers.ashbyhq.com/docs/public-job-posting-api; postings that are not listed can be reached by their address only and are no
postings of the board; `isRemote` is true for hybrid work too; the employer's name is not in the answer. An unknown board is answered by
404, the pages at jobs.ashbyhq.com answer 200 for any name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from crawlers.page_parsers.page_reading import Collected, PageReading, inner_object, json_records, record_fields, required_id
from vacancies.job_place import make_place, place_from_words, place_of_site
from vacancies.posting import BaseSalary, JobLocation, OccupationalCategory
from vacancies.posting_draft import PostingDraft
from vacancies.values.salaries import make_salary, read_amount
from vacancies.values.words import each, word
from vacancies.values.workplaces import read_workplace

VERSION: Final = "1"


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read every listed job; unlisted ones are given as withdrawn. Raises RecordInvalid (`broken_json`, `unexpected_shape`)."""
    _, jobs = json_records(body, "jobs")
    found = Collected()
    unlisted: list[str] = []
    for job in jobs:
        native_id = word(job.get("id")) if isinstance(job, Mapping) else None
        if native_id and isinstance(job, Mapping) and job.get("isListed") is False:
            unlisted.append(native_id)
        else:
            found.take(job, lambda record: _draft(record_fields(record), countries, found), native_id=native_id)
    return found.reading(withdrawn=tuple(unlisted))


def _draft(job: Mapping[str, object], countries: Collection[str], found: Collected) -> PostingDraft:
    text, plain = (value if isinstance(value := job.get(key), str) else "" for key in ("descriptionHtml", "descriptionPlain"))
    categories = dict.fromkeys(filter(None, (word(job.get("department")), word(job.get("team")))))
    return PostingDraft(
        native_id=required_id(job),
        url=word(job.get("jobUrl")),
        title=word(job.get("title")),
        description=text if text.strip() else plain,
        description_is_html=bool(text.strip()),
        date_posted=found.day("date_posted", job.get("publishedAt")),
        employment_type=found.employment_types(word(job.get("employmentType"))),
        job_locations=tuple(dict.fromkeys(_places(job, countries))),
        telecommute=_telecommute(job),
        base_salary=_salary(inner_object(job, "compensation")),
        occupational_categories=tuple(OccupationalCategory(scheme="board", label=label) for label in categories),
    )


def _telecommute(job: Mapping[str, object]) -> bool | None:
    workplace = word(job.get("workplaceType"))
    return read_workplace(workplace) if workplace else (job.get("isRemote") is True or None)


def _places(job: Mapping[str, object], countries: Collection[str]) -> Iterator[JobLocation]:
    for entry in (job, *each(job.get("secondaryLocations"))):
        if not isinstance(entry, Mapping):
            continue
        name = word(entry.get("location"))
        address = inner_object(entry, "address")
        parts = inner_object(address, "postalAddress") or address
        place = make_place(
            text=name,
            locality=word(parts.get("addressLocality")),
            region=word(parts.get("addressRegion")),
            postal_code=word(parts.get("postalCode")),
            country=word(parts.get("addressCountry")),
        )
        if place is not None and place.country is None and place.locality is None:
            place = place_from_words(name, countries=countries) or place
            site = place_of_site(name)
            place = place.model_copy(update={"country": place.country or (site.country if site else None)})
        if place is not None:
            yield place


def _salary(compensation: Mapping[str, object]) -> BaseSalary | None:
    """Read the salary's range over all tiers; equity and bonuses are no salary."""
    for part in each(compensation.get("summaryComponents")):
        if isinstance(part, Mapping) and word(part.get("compensationType")) == "Salary":
            return make_salary(
                read_amount(part.get("minValue")),
                read_amount(part.get("maxValue")),
                currency=word(part.get("currencyCode")),
                period=word(part.get("interval")),
                text=word(compensation.get("scrapeableCompensationSalarySummary")),
            )
    return None
