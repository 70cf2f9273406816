"""Rippling job boards: `GET /platform/api/ats/v1/board/{board}/jobs` lists, `GET .../jobs/{uuid}` holds the text.

There is no documentation for the public. The list is bare, and names a job once per place; its pages hold no JobPosting. Places are written
"Remote (New Jersey, US)", "Hybrid (Denver, CO, US)" or "New York, NY"; pay is stated per place. An unknown board is answered by 404, or by
`{"error_code": ...}`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import partial
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from crawlers.page_parsers.page_reading import (
    Collected,
    DetailLink,
    PageReading,
    inner_object,
    json_answer,
    json_list,
    listed_draft,
    record_fields,
    required_id,
)
from vacancies.error import RecordInvalid
from vacancies.html_text import html_from_sections
from vacancies.job_place import make_place, place_from_words, place_of_site
from vacancies.posting import BaseSalary, JobLocation, OccupationalCategory
from vacancies.posting_draft import PostingDraft
from vacancies.values.salaries import make_salary, read_amount
from vacancies.values.words import each, word, words_of
from vacancies.values.workplaces import read_workplace

VERSION: Final = "2"
_WITH_PLACE: Final = re.compile(r"^[^(]+\((?P<place>[^()]+)\)$")


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read the list to links, or one job; raises RecordInvalid (`broken_json`, `unexpected_shape`)."""
    answer = json_answer(body)
    if isinstance(answer, Mapping) and "uuid" in answer:
        return _job(answer, url, countries)
    found = Collected()
    listed: dict[str, list[PostingDraft]] = {}
    for job in json_list(body):
        native_id = word(job.get("uuid")) if isinstance(job, Mapping) else None
        if native_id:
            draft = listed_draft(job, partial(_draft, countries=countries))
            listed.setdefault(_detail_address(url, native_id), []).extend([draft] if draft else [])
        else:
            found.reject("no_identity", "the job in the list has no uuid", job)
    return found.reading(details=[DetailLink(address, listed=_of_all_places(drafts)) for address, drafts in listed.items()])


def _of_all_places(drafts: Sequence[PostingDraft]) -> PostingDraft | None:
    """Merge what the list states of one job once per place; None for nothing."""
    found = Collected(drafts=[*drafts])
    found.one_per_id()
    return found.drafts[0] if found.drafts else None


def _detail_address(url: str, native_id: str) -> str:
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, f"{parts.path.rstrip('/')}/{native_id}", "", ""))


def _job(job: Mapping[str, object], url: str, countries: Collection[str]) -> PageReading:
    native_id = word(job.get("uuid"))
    if native_id and job.get("unlistedFromSearch") is True:
        return PageReading(withdrawn=(native_id,))
    found = Collected()
    found.take(job, lambda record: _draft(record_fields(record), found, countries=countries), url=url, native_id=native_id)
    return found.reading()


def _draft(job: Mapping[str, object], found: Collected, *, countries: Collection[str]) -> PostingDraft:
    title, description = word(job.get("name")), html_from_sections(_sections(job))
    if title is None and not description:
        raise RecordInvalid("no_text", "the job has neither a name nor a description")
    labels = list(dict.fromkeys(words_of(job.get("workLocations") or inner_object(job, "workLocation").get("label"))))
    kind = inner_object(job, "employmentType")
    department = inner_object(job, "department")
    departments = (word(department.get("name") or department.get("label")), word(department.get("base_department")))
    return PostingDraft(
        native_id=required_id(job, "uuid"),
        url=word(job.get("url")),
        title=title,
        hiring_organization=word(job.get("companyName")),
        description=description,
        description_is_html=True,
        date_posted=found.day("date_posted", job.get("createdOn")),
        employment_type=found.employment_types(word(kind.get("id")) or word(kind.get("label"))),
        job_locations=tuple(dict.fromkeys(filter(None, (_place(label, countries) for label in labels)))),
        telecommute=True if labels and all(read_workplace(label.partition("(")[0]) for label in labels) else None,
        base_salary=_salary(job, found),
        occupational_categories=tuple(
            OccupationalCategory(scheme="board", label=label) for label in dict.fromkeys(filter(None, departments))
        ),
    )


def _sections(job: Mapping[str, object]) -> Iterator[tuple[str | None, str]]:
    """Yield the company's text, the job's, and any further ones."""
    description = job.get("description")
    if isinstance(description, str):
        yield None, description
    elif isinstance(description, Mapping):
        ordered = {**dict.fromkeys(("company", "role"), ""), **description}
        yield from ((None, text) for text in ordered.values() if isinstance(text, str))


def _place(label: str, countries: Collection[str]) -> JobLocation | None:
    """Read a place's label; of two words in brackets the first may be a city or a state, so only the country is read out of them."""
    inner = _WITH_PLACE.match(label)
    if inner is None:
        return place_from_words(label, countries=countries)
    parts = [part.strip() for part in inner["place"].split(",")]
    if len(parts) == 3:
        return make_place(text=label, locality=parts[0], region=parts[1], country=parts[2])
    return place_of_site(label)


def _salary(job: Mapping[str, object], found: Collected) -> BaseSalary | None:
    """Read the pay of all places as one range; pay in another currency or for another period than the first is noted and left out."""
    ranges = [entry for entry in each(job.get("payRangeDetails")) if isinstance(entry, Mapping)]
    made = [
        make_salary(
            read_amount(entry.get("rangeStart")),
            read_amount(entry.get("rangeEnd")),
            currency=word(entry.get("currency")),
            period=word(entry.get("frequency")),
        )
        for entry in ranges
    ]
    stated = [salary for salary in made if salary is not None]
    if not stated:
        return None
    first = stated[0]
    alike = [salary for salary in stated if (salary.currency, salary.period) == (first.currency, first.period)]
    for salary in stated:
        if salary not in alike:
            found.note_unread("base_salary", f"{salary.min_value}-{salary.max_value} {salary.currency} {salary.period}")
    lows, highs = ([value for salary in alike if (value := getattr(salary, end)) is not None] for end in ("min_value", "max_value"))
    return first.model_copy(update={"min_value": min(lows, default=None), "max_value": max(highs, default=None)})
