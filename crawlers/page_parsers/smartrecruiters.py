"""SmartRecruiters posting API: `GET /v1/companies/{company}/postings` lists, `GET .../postings/{id}` holds the text.

https://developers.smartrecruiters.com/docs/posting-api; the employment type's id says "permanent" where its label says "Full-time", so the
label counts; terms of contract may stand among a company's own fields; the country is a code in small letters.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from crawlers.page_parsers.page_reading import (
    Collected,
    DetailLink,
    PageReading,
    inner_object,
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
from vacancies.values.words import each, number, read_language, word

VERSION: Final = "2"
_SECTIONS: Final = ("companyDescription", "jobDescription", "qualifications", "additionalInformation")
_CONTRACT_FIELDS: Final = frozenset({"contract", "contract type", "type of contract", "employment type"})


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read a page of the list to links, or one posting; raises RecordInvalid (`broken_json`, `unexpected_shape`)."""
    answer = json_answer(body)
    if isinstance(answer, Mapping) and "content" not in answer and "id" in answer:
        return _posting(answer, url)
    answer, postings = json_records(body, "content")
    found = Collected()
    links = []
    for posting in postings:
        native_id = word(posting.get("id")) if isinstance(posting, Mapping) else None
        if native_id:
            links.append(DetailLink(_detail_address(url, native_id), listed=listed_draft(posting, _draft)))
        else:
            found.reject("no_identity", "the posting in the list has no id", posting)
    total = number(answer.get("totalFound"))
    return found.reading(details=links, stated_total=int(total) if total is not None else None)


def _detail_address(url: str, native_id: str) -> str:
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, f"{parts.path.rstrip('/')}/{native_id}", "", ""))


def _posting(answer: Mapping[str, object], url: str) -> PageReading:
    native_id = word(answer.get("id"))
    if answer.get("active") is False and native_id:
        return PageReading(withdrawn=(native_id,))
    found = Collected()
    found.take(answer, lambda record: _draft(record_fields(record), found), url=url, native_id=native_id)
    return found.reading()


def _draft(posting: Mapping[str, object], found: Collected) -> PostingDraft:
    place = _place(inner_object(posting, "location"))
    contract = [
        word(entry.get("valueLabel"))
        for entry in each(posting.get("customField"))
        if isinstance(entry, Mapping) and (word(entry.get("fieldLabel")) or "").casefold() in _CONTRACT_FIELDS
    ]
    return PostingDraft(
        native_id=required_id(posting),
        url=word(posting.get("postingUrl")) or _page(posting),
        title=word(posting.get("name")),
        hiring_organization=word(inner_object(posting, "company").get("name")),
        description=html_from_sections(_sections(posting)),
        description_is_html=True,
        language=read_language(word(inner_object(posting, "language").get("code"))),
        date_posted=found.day("date_posted", posting.get("releasedDate")),
        employment_type=found.employment_types(_label(posting, "typeOfEmployment"), *contract),
        job_locations=(place,) if place else (),
        telecommute=_telecommute(inner_object(posting, "location")),
        industry=_label(posting, "industry"),
        occupational_categories=tuple(_categories(posting)),
    )


def _page(posting: Mapping[str, object]) -> str | None:
    """Make the address of the posting's page, which needs the company's identifier."""
    company = word(inner_object(posting, "company").get("identifier"))
    return f"https://jobs.smartrecruiters.com/{company}/{required_id(posting)}" if company else None


def _label(posting: Mapping[str, object], key: str) -> str | None:
    return word(inner_object(posting, key).get("label"))


def _sections(posting: Mapping[str, object]) -> Iterator[tuple[str | None, str]]:
    sections = inner_object(inner_object(posting, "jobAd"), "sections")
    for key in _SECTIONS:
        section = inner_object(sections, key)
        if isinstance(text := section.get("text"), str):
            yield word(section.get("title")), text


def _place(location: Mapping[str, object]) -> JobLocation | None:
    return make_place(
        text=word(location.get("fullLocation")),
        locality=word(location.get("city")),
        region=word(location.get("region")),
        postal_code=word(location.get("postalCode")),
        country=word(location.get("country")),
        latitude=number(location.get("latitude")),
        longitude=number(location.get("longitude")),
    )


def _telecommute(location: Mapping[str, object]) -> bool | None:
    """Read the two marks; only both together say that the work is on site."""
    if location.get("hybrid") is True:
        return None
    if location.get("remote") is True:
        return True
    return False if location.get("remote") is False and location.get("hybrid") is False else None


def _categories(posting: Mapping[str, object]) -> Iterator[OccupationalCategory]:
    for key, scheme in (("department", "board"), ("function", "SmartRecruiters function")):
        if label := _label(posting, key):
            yield OccupationalCategory(scheme=scheme, code=word(inner_object(posting, key).get("id")), label=label)
