"""BambooHR careers sites: `GET /careers/list` names every opening, `GET /careers/{id}/detail` holds the text.

There is no documentation for the public. An opening has a place of the company (`location`) or one written freely (`atsLocation`, remote
work mostly); `locationType` "1" is remote, "2" hybrid, and "0", on site, is what it begins with, so it says nothing. The text's address is
not that of the page. An unknown site is answered by a redirect to www.bamboohr.com, or by an empty list.
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
    inner_object,
    json_answer,
    json_records,
    listed_draft,
    record_fields,
)
from vacancies.error import RecordInvalid
from vacancies.job_place import make_place
from vacancies.posting import JobLocation, OccupationalCategory
from vacancies.posting_draft import PostingDraft
from vacancies.values.salaries import salary_from_text
from vacancies.values.words import number, word

VERSION: Final = "2"
_REMOTE: Final = "1"


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read the list to links, or one opening; raises RecordInvalid (`broken_json`, `unexpected_shape`)."""
    answer = json_answer(body)
    opening = inner_object(inner_object(answer, "result"), "jobOpening") if isinstance(answer, Mapping) else {}
    if opening:
        return _opening(opening, url)
    answer, openings = json_records(body, "result")
    found = Collected()
    links = []
    for record in openings:
        native_id = word(record.get("id")) if isinstance(record, Mapping) else None
        if native_id:
            address = urljoin(url, f"/careers/{native_id}/detail")
            links.append(DetailLink(address, listed=listed_draft(record, partial(_draft, native_id=native_id, url=address))))
        else:
            found.reject("no_identity", "the opening in the list has no id", record)
    total = number(inner_object(answer, "meta").get("totalCount"))
    return found.reading(details=links, stated_total=int(total) if total is not None else None)


def _opening(opening: Mapping[str, object], url: str) -> PageReading:
    native_id = urlsplit(url).path.removesuffix("/detail").rstrip("/").rpartition("/")[2]
    if word(opening.get("jobOpeningStatus")) not in {None, "Open"}:
        return PageReading(withdrawn=(native_id,))
    found = Collected()
    found.take(opening, lambda record: _draft(record_fields(record), found, native_id=native_id, url=url), url=url, native_id=native_id)
    return found.reading()


def _draft(opening: Mapping[str, object], found: Collected, *, native_id: str, url: str) -> PostingDraft:
    title, description = word(opening.get("jobOpeningName")), opening.get("description")
    if title is None and not description:
        raise RecordInvalid("no_text", "the opening has neither a name nor a description")
    department = word(opening.get("departmentLabel"))
    is_remote = opening.get("isRemote") is True or word(opening.get("locationType")) == _REMOTE
    return PostingDraft(
        native_id=native_id,
        url=word(opening.get("jobOpeningShareUrl")) or urljoin(url, f"/careers/{native_id}"),
        title=title,
        description=description if isinstance(description, str) else "",
        description_is_html=True,
        date_posted=found.day("date_posted", opening.get("datePosted")),
        employment_type=found.employment_types(word(opening.get("employmentStatusLabel")) or word(opening.get("employmentType"))),
        job_locations=tuple(dict.fromkeys(_places(opening))),
        telecommute=True if is_remote else None,
        base_salary=salary_from_text(word(opening.get("compensation")) or ""),
        occupational_categories=(OccupationalCategory(scheme="board", label=department),) if department else (),
    )


def _places(opening: Mapping[str, object]) -> Iterator[JobLocation]:
    """Yield the company's place and the one written freely, as far as they are stated."""
    for place in (inner_object(opening, "location"), inner_object(opening, "atsLocation")):
        made = make_place(
            locality=word(place.get("city")),
            region=word(place.get("state")) or word(place.get("province")),
            postal_code=word(place.get("postalCode")),
            country=word(place.get("countryId")) or word(place.get("addressCountry")) or word(place.get("country")),
        )
        if made is not None:
            yield made
