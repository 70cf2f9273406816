"""Eightfold careers sites: `GET /api/apply/v2/jobs?domain=` lists, 10 at a time, `GET /api/apply/v2/jobs/{id}?domain=` holds the text.

There is no documentation for the public. Newer sites refuse that list (403, "Not authorized for PCSX") and have `/api/pcsx/search` with
`/api/pcsx/position_details`, whose answers stand under `data` and name the fields anew. Times are epoch seconds; the list's texts are
empty. A wrong domain is answered by an empty list.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import Final
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit, urlunsplit

from crawlers.page_parsers.page_reading import (
    Collected,
    DetailLink,
    PageReading,
    inner_object,
    json_answer,
    listed_draft,
    record_fields,
    records_of,
    required_id,
)
from vacancies.error import RecordInvalid
from vacancies.job_place import place_from_words
from vacancies.posting import JobLocation, OccupationalCategory
from vacancies.posting_draft import PostingDraft
from vacancies.values.dates import read_datetime
from vacancies.values.words import each, first_word, number, word, words_of
from vacancies.values.workplaces import read_workplace

VERSION: Final = "2"


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read a page of the list, to links where it holds no text, or one position.

    Raises RecordInvalid (`broken_json`, `unexpected_shape`).
    """
    answer = json_answer(body)
    if isinstance(answer, Mapping) and isinstance(answer.get("data"), Mapping):
        answer = inner_object(answer, "data")
    found = Collected()
    if isinstance(answer, Mapping) and "positions" not in answer and "id" in answer:
        found.take(
            answer,
            lambda record: _draft(record_fields(record), found, url=url, countries=countries),
            url=url,
            native_id=word(answer.get("id")),
        )
        return found.reading()
    answer, positions = records_of(answer, "positions")
    links = []
    for position in positions:
        native_id = word(position.get("id")) if isinstance(position, Mapping) else None
        if isinstance(position, Mapping) and native_id and not _text(position):
            changed = first_word(position.get("t_update"), position.get("updatedTs"))
            links.append(
                DetailLink(_detail_address(url, native_id), changed, listed_draft(position, partial(_draft, url=url, countries=countries)))
            )
        else:
            found.take(position, lambda record: _draft(record_fields(record), found, url=url, countries=countries), native_id=native_id)
    total = number(answer.get("count"))
    return found.reading(details=links, stated_total=int(total) if total is not None else None)


def _detail_address(url: str, native_id: str) -> str:
    parts = urlsplit(url)
    domains = parse_qs(parts.query).get("domain", [])
    domain = {"domain": domains[0]} if domains else {}
    if parts.path.rstrip("/").endswith("/search"):
        path = parts.path.rstrip("/").removesuffix("search") + "position_details"
        return urlunsplit((parts.scheme, parts.netloc, path, urlencode({"position_id": native_id, **domain}), ""))
    return urlunsplit((parts.scheme, parts.netloc, f"{parts.path.rstrip('/')}/{native_id}", urlencode(domain), ""))


def _text(position: Mapping[str, object]) -> str:
    texts = (position.get("job_description"), position.get("jobDescription"))
    return next((text for text in texts if isinstance(text, str) and text.strip()), "")


def _draft(position: Mapping[str, object], found: Collected, *, url: str, countries: Collection[str]) -> PostingDraft:
    native_id, title, description = required_id(position), first_word(position.get("name"), position.get("posting_name")), _text(position)
    if title is None and not description:
        raise RecordInvalid("no_text", "the position has neither a name nor a description")
    page = first_word(position.get("canonicalPositionUrl"), position.get("positionUrl"))
    workplace = first_word(position.get("work_location_option"), position.get("workLocationOption"))
    return PostingDraft(
        native_id=native_id,
        url=urljoin(url, page or f"/careers/job/{native_id}"),
        title=title,
        description=description,
        description_is_html=True,
        date_posted=found.day("date_posted", position.get("t_create") or position.get("postedTs") or position.get("creationTs")),
        date_modified=read_datetime(position.get("t_update") or position.get("updatedTs")),
        job_locations=tuple(dict.fromkeys(_places(position, countries))),
        telecommute=read_workplace(workplace.replace("_", " ")) if workplace else None,
        occupational_categories=tuple(
            OccupationalCategory(scheme="board", label=label) for label in dict.fromkeys(words_of(position.get("department")))
        ),
    )


def _places(position: Mapping[str, object], countries: Collection[str]) -> Iterator[JobLocation]:
    """Yield the places in words; the main one stands among them, or alone."""
    for name in each(position.get("locations") or position.get("location")):
        place = place_from_words(word(name), countries=countries)
        if place is not None:
            yield place
