"""Workday careers sites: `POST /wday/cxs/{tenant}/{site}/jobs` lists, 20 at a time; `GET /wday/cxs/{tenant}/{site}/job/...` holds the text.

There is no documentation for the public. The list says "Posted 30+ Days Ago", which is no date: `startDate` of the detail is the day of
posting. The stated total ends at 2,000, is right on the first page only, and behind it postings are repeated. An unknown tenant or site is
answered by 404 or 422. The name of a question (behind "#" in its address) says which page of which slice it asks for.
"""

from __future__ import annotations

import re
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
from crawlers.page_parsers.workday_slices import PAGE_SIZE, Question
from vacancies.error import RecordInvalid
from vacancies.job_place import place_of_site
from vacancies.posting import JobLocation
from vacancies.posting_draft import PostingDraft
from vacancies.values.words import each, number, word
from vacancies.values.workplaces import read_workplace

VERSION: Final = "2"
_COUNTED: Final = re.compile(r"\d+ \w+")


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read a page of the list to links, or one posting; raises RecordInvalid (`broken_json`, `unexpected_shape`).

    `next_page` is the name of the next question of the same slice.
    """
    answer = json_answer(body)
    if isinstance(answer, Mapping) and "jobPostingInfo" in answer:
        return _posting(answer, url)
    answer, postings = json_records(body, "jobPostings")
    question = Question.of_name(urlsplit(url).fragment)
    found = Collected()
    links = []
    for posting in postings:
        path = word(posting.get("externalPath")) if isinstance(posting, Mapping) else None
        if path:
            links.append(DetailLink(_detail_address(url, path), listed=listed_draft(posting, _listed)))
        elif posting:  # {} stands where a posting was withdrawn a moment ago
            found.reject("no_identity", "the posting in the list has no externalPath", posting)
    total = question.total or int(number(answer.get("total")) or 0) or None  # later pages may state 0
    following = question.offset + len(postings)
    goes_on = following < total if total else len(postings) >= PAGE_SIZE
    return found.reading(
        details=links,
        stated_total=total,
        gap=f"the site states {total} postings, but gives none from {following} on" if goes_on and not postings else None,
        next_page=question._replace(offset=following, total=total).name if goes_on and postings else None,
    )


def _listed(posting: Mapping[str, object], found: Collected) -> PostingDraft:
    """Read a posting of the list; "2 Locations" is no place, "Posted 30+ Days Ago" no date."""
    words = word(posting.get("locationsText"))
    place = None if words is None or _COUNTED.fullmatch(words) else place_of_site(words)
    return PostingDraft(
        title=word(posting.get("title")),
        employment_type=found.employment_types(word(posting.get("timeType"))),
        job_locations=(place,) if place else (),
        telecommute=read_workplace(word(posting.get("remoteType"))),
    )


def _detail_address(url: str, path: str) -> str:
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, parts.path.rstrip("/").removesuffix("/jobs") + path, "", ""))


def _posting(answer: Mapping[str, object], url: str) -> PageReading:
    info = inner_object(answer, "jobPostingInfo")
    native_id = word(info.get("id"))
    if native_id and info.get("posted") is False:
        return PageReading(withdrawn=(native_id,))
    found = Collected()
    found.take(answer, lambda record: _draft(record_fields(record), found), url=url, native_id=native_id)
    return found.reading()


def _draft(answer: Mapping[str, object], found: Collected) -> PostingDraft:
    info = inner_object(answer, "jobPostingInfo")
    description = info.get("jobDescription")
    if not info:
        raise RecordInvalid("unexpected_shape", "expected jobPostingInfo to be an object with the posting's fields")
    return PostingDraft(
        native_id=required_id(info),
        url=word(info.get("externalUrl")),
        title=word(info.get("title")),
        hiring_organization=word(inner_object(answer, "hiringOrganization").get("name")),
        description=description if isinstance(description, str) else "",
        description_is_html=True,
        date_posted=found.day("date_posted", info.get("startDate")),
        valid_through=found.day("valid_through", info.get("endDate")),
        employment_type=found.employment_types(word(info.get("timeType"))),
        job_locations=tuple(dict.fromkeys(_places(info))),
        telecommute=read_workplace(word(info.get("remoteType"))),
    )


def _places(info: Mapping[str, object]) -> Iterator[JobLocation]:
    """Yield the main place with the stated country, and the others, whose country only their names may tell."""
    required = inner_object(inner_object(info, "jobRequisitionLocation"), "country")
    country = word(required.get("alpha2Code")) or word(inner_object(info, "country").get("descriptor"))
    main = place_of_site(word(info.get("location")), country=country)
    others = (place_of_site(word(name)) for name in each(info.get("additionalLocations")))
    yield from filter(None, (main, *others))
