"""Recruitee careers site API: `GET /api/offers/` answers the whole board.

https://docs.recruitee.com/reference/offers; times are "2026-08-05 09:41:37 UTC", amounts are texts, requirements stand apart from the
description, `translations` hold the text again in each of the offer's languages. An unknown site is answered by 404.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from crawlers.page_parsers.page_reading import Collected, PageReading, inner_object, json_records, record_fields, required_id
from vacancies.html_text import html_from_sections
from vacancies.job_place import make_place
from vacancies.posting import BaseSalary, JobLocation, OccupationalCategory
from vacancies.posting_draft import PostingDraft
from vacancies.values.dates import read_datetime
from vacancies.values.salaries import make_salary, read_amount
from vacancies.values.words import each, read_language, word

VERSION: Final = "1"


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read every published offer; others are given as withdrawn. Raises RecordInvalid (`broken_json`, `unexpected_shape`)."""
    _, offers = json_records(body, "offers")
    found = Collected()
    unpublished: list[str] = []
    for offer in offers:
        native_id = word(offer.get("id")) if isinstance(offer, Mapping) else None
        if native_id and isinstance(offer, Mapping) and word(offer.get("status")) not in {None, "published"}:
            unpublished.append(native_id)
        else:
            found.take(offer, lambda record: _draft(record_fields(record), found), native_id=native_id)
    return found.reading(withdrawn=tuple(unpublished))


def _draft(offer: Mapping[str, object], found: Collected) -> PostingDraft:
    language, translation = _translation(offer)
    parts = [(None, value) for key in ("description", "requirements") if isinstance(value := offer.get(key) or translation.get(key), str)]
    return PostingDraft(
        native_id=required_id(offer),
        url=word(offer.get("careers_url")),
        title=word(offer.get("title")) or word(translation.get("title")),
        hiring_organization=word(offer.get("company_name")),
        description=html_from_sections(parts),
        description_is_html=True,
        language=read_language(language),
        date_posted=found.day("date_posted", offer.get("published_at")),
        date_modified=read_datetime(offer.get("updated_at")),
        valid_through=found.day("valid_through", offer.get("close_at")),
        employment_type=found.employment_types(word(offer.get("employment_type_code"))),
        work_hours=_work_hours(offer),
        job_locations=tuple(dict.fromkeys(_places(offer))),
        telecommute=_telecommute(offer),
        base_salary=_salary(inner_object(offer, "salary")),
        occupational_categories=tuple(_categories(offer)),
    )


def _translation(offer: Mapping[str, object]) -> tuple[str | None, Mapping[str, object]]:
    """Find the language that the offer itself is written in: the only one, or that whose title it bears."""
    texts = {code: text for code, text in inner_object(offer, "translations").items() if isinstance(text, Mapping)}
    title = word(offer.get("title"))
    fitting = [code for code, text in texts.items() if title is None or word(text.get("title")) == title]
    if len(texts) == 1 or (title is None and texts):
        fitting = list(texts)[:1]
    return (fitting[0], texts[fitting[0]]) if len(fitting) == 1 else (None, {})


def _work_hours(offer: Mapping[str, object]) -> str | None:
    stated = (word(offer.get(f"{end}_hours_per_week")) or word(offer.get(f"{end}_hours")) for end in ("min", "max"))
    hours = list(dict.fromkeys(number for number in stated if number and number != "0"))
    return f"{'-'.join(hours)} hours per week" if hours else None


def _places(offer: Mapping[str, object]) -> Iterator[JobLocation]:
    """Yield the places; the offer's own city stands for offers of before there were several."""
    entries = [entry for entry in each(offer.get("locations")) if isinstance(entry, Mapping)]
    for entry in entries or [offer]:
        name, city = None if entry is offer else word(entry.get("name")), word(entry.get("city"))
        place = make_place(
            text=name if name != city else None,
            locality=city,
            region=word(entry.get("state")) or word(entry.get("state_name")),
            postal_code=word(entry.get("postal_code")),
            country=word(entry.get("country_code")) or word(entry.get("country")),
        )
        if place is not None:
            yield place


def _telecommute(offer: Mapping[str, object]) -> bool | None:
    if offer.get("hybrid") is True:
        return None
    if offer.get("remote") is True:
        return None if offer.get("on_site") is True else True
    return False if offer.get("on_site") is True else None


def _salary(stated: Mapping[str, object]) -> BaseSalary | None:
    low, high = read_amount(stated.get("min")), read_amount(stated.get("max"))
    return make_salary(low, high, currency=word(stated.get("currency")), period=word(stated.get("period")))


def _categories(offer: Mapping[str, object]) -> Iterator[OccupationalCategory]:
    if label := word(offer.get("department")):
        yield OccupationalCategory(scheme="board", label=label)
    if code := word(offer.get("category_code")):
        yield OccupationalCategory(scheme="Recruitee category", code=code)
