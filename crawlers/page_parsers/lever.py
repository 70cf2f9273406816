"""Lever postings API: `GET /v0/postings/{site}?mode=json` answers the whole board as a bare list.

https://github.com/lever/postings-api; `createdAt` is in milliseconds, the text comes in parts (description, lists, additional), the
employer's name is not in the answer, and neither is a date of the last change. An unknown site is answered by 404 with
`{"ok": false, ...}`, a site without postings by 200 and `[]`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from crawlers.page_parsers.page_reading import Collected, PageReading, inner_object, json_list, record_fields, required_id
from vacancies.html_text import html_from_sections
from vacancies.job_place import place_from_words
from vacancies.posting import BaseSalary, JobLocation, OccupationalCategory
from vacancies.posting_draft import PostingDraft
from vacancies.values.countries import read_country
from vacancies.values.salaries import make_salary, read_amount
from vacancies.values.words import each, word, words_of
from vacancies.values.workplaces import read_workplace

VERSION: Final = "1"


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read every posting of the board; raises RecordInvalid (`broken_json`, `unexpected_shape`)."""
    found = Collected()
    for job in json_list(body):
        native_id = word(job.get("id")) if isinstance(job, Mapping) else None
        found.take(job, lambda record: _draft(record_fields(record), countries, found), native_id=native_id)
    return found.reading()


def _draft(job: Mapping[str, object], countries: Collection[str], found: Collected) -> PostingDraft:
    categories = inner_object(job, "categories")
    return PostingDraft(
        native_id=required_id(job),
        url=word(job.get("hostedUrl")),
        title=word(job.get("text")),
        description=html_from_sections(_sections(job)),
        description_is_html=True,
        date_posted=found.day("date_posted", job.get("createdAt")),
        employment_type=found.employment_types(word(categories.get("commitment"))),
        job_locations=tuple(dict.fromkeys(_places(categories, word(job.get("country")), countries))),
        telecommute=read_workplace(word(job.get("workplaceType"))),
        base_salary=_salary(inner_object(job, "salaryRange")),
        occupational_categories=tuple(
            OccupationalCategory(scheme="board", label=label) for key in ("department", "team") if (label := word(categories.get(key)))
        ),
    )


def _sections(job: Mapping[str, object]) -> Iterator[tuple[str | None, str]]:
    """Yield the parts of the text in the order in which Lever's own page shows them."""
    whole = _text(job, "description")
    yield from ((None, part) for part in ([whole] if whole else [_text(job, "opening"), _text(job, "descriptionBody")]))
    for part in each(job.get("lists")):
        if isinstance(part, Mapping) and isinstance(content := part.get("content"), str) and content.strip():
            yield word(part.get("text")), f"<ul>{content}</ul>"
    yield None, _text(job, "salaryDescription")
    yield None, _text(job, "additional")


def _text(job: Mapping[str, object], key: str) -> str:
    styled, plain = job.get(key), job.get(f"{key}Plain")
    return next((text for text in (styled, plain) if isinstance(text, str) and text.strip()), "")


def _places(categories: Mapping[str, object], country: str | None, countries: Collection[str]) -> Iterator[JobLocation]:
    """Yield the locations; the posting's country is that of the main location, and tells a state of the USA from a country."""
    main = word(categories.get("location"))
    code = read_country(country)
    known = {*countries, code} if code else set(countries)
    for name in dict.fromkeys(filter(None, (main, *words_of(categories.get("allLocations"))))):
        is_main = name == main and code is not None
        place = place_from_words(name, country=code if is_main else None, countries=[code] if is_main and code else known)
        if place is not None:
            yield place


def _salary(stated: Mapping[str, object]) -> BaseSalary | None:
    low, high = read_amount(stated.get("min")), read_amount(stated.get("max"))
    return make_salary(low, high, currency=word(stated.get("currency")), period=word(stated.get("interval")))
