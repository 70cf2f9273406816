"""Pinpoint careers sites: `GET /postings.json` answers the whole board, with the texts in four parts under headings of their own.

https://developers.pinpointhq.com. Pay that the employer hides is in the answer all the same, marked by `compensation_visible`; the
employer's name is not. An unknown site is answered by 404.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final
from urllib.parse import urljoin

from crawlers.page_parsers.page_reading import Collected, PageReading, inner_object, json_records, record_fields, required_id
from vacancies.error import RecordInvalid
from vacancies.html_text import html_from_sections
from vacancies.job_place import make_place, place_from_words
from vacancies.posting import BaseSalary, JobLocation, OccupationalCategory
from vacancies.posting_draft import PostingDraft
from vacancies.values.salaries import make_salary, read_amount, salary_from_text
from vacancies.values.words import first_word, word
from vacancies.values.workplaces import read_workplace

VERSION: Final = "1"
_SECTIONS: Final = ("description", "key_responsibilities", "skills_knowledge_expertise", "benefits")


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read every posting of the board; raises RecordInvalid (`broken_json`, `unexpected_shape`)."""
    _, postings = json_records(body, "data")
    found = Collected()
    for posting in postings:
        native_id = word(posting.get("id")) if isinstance(posting, Mapping) else None
        found.take(posting, lambda record: _draft(record_fields(record), url, countries, found), native_id=native_id)
    return found.reading()


def _draft(posting: Mapping[str, object], url: str, countries: Collection[str], found: Collected) -> PostingDraft:
    native_id, title, description = required_id(posting), word(posting.get("title")), html_from_sections(_sections(posting))
    if title is None and not description:
        raise RecordInvalid("no_text", "the posting has neither a title nor a text")
    address = word(posting.get("url")) or word(posting.get("path"))
    return PostingDraft(
        native_id=native_id,
        url=urljoin(url, address) if address else None,
        title=title,
        description=description,
        description_is_html=True,
        valid_through=found.day("valid_through", posting.get("deadline_at")),
        employment_type=found.employment_types(first_word(posting.get("employment_type_text"), posting.get("employment_type"))),
        job_locations=tuple(_places(inner_object(posting, "location"), countries)),
        telecommute=read_workplace(first_word(posting.get("workplace_type"), posting.get("workplace_type_text"))),
        base_salary=_salary(posting),
        occupational_categories=tuple(_categories(posting)),
    )


def _sections(posting: Mapping[str, object]) -> Iterator[tuple[str | None, str]]:
    for key in _SECTIONS:
        if isinstance(text := posting.get(key), str):
            yield word(posting.get(f"{key}_header")), text


def _places(location: Mapping[str, object], countries: Collection[str]) -> Iterator[JobLocation]:
    """Yield the place, which has a name of its own ("United States", "Atlanta, GA") and on newer boards a city and a province."""
    name, city = word(location.get("name")), word(location.get("city"))
    named = place_from_words(name, countries=countries)
    if city is None:
        if named is not None:
            yield named
        return
    place = make_place(
        text=name if name != city else None,
        locality=city,
        region=word(location.get("province")),
        postal_code=word(location.get("postal_code")),
        country=word(location.get("country")) or (named.country if named else None),
    )
    if place is not None:
        yield place


def _salary(posting: Mapping[str, object]) -> BaseSalary | None:
    if posting.get("compensation_visible") is False:
        return None
    words = word(posting.get("compensation"))
    salary = make_salary(
        read_amount(posting.get("compensation_minimum")),
        read_amount(posting.get("compensation_maximum")),
        currency=word(posting.get("compensation_currency")),
        period=word(posting.get("compensation_frequency")),
    )
    return salary.model_copy(update={"text": words}) if salary else salary_from_text(words or "")


def _categories(posting: Mapping[str, object]) -> Iterator[OccupationalCategory]:
    job = inner_object(posting, "job")
    labels = [word(inner_object(record, key).get("name")) for key in ("department", "division") for record in (job, posting)]
    for label in dict.fromkeys(filter(None, labels)):
        yield OccupationalCategory(scheme="board", label=label)
