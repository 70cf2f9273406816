"""Adzuna's API: `GET /v1/api/jobs/{country}/search/{page}` answers a page of hits, with an excerpt of each text only.

https://developer.adzuna.com/docs/search; hits are marked with <strong> in texts, a predicted salary is Adzuna's and none of the
advertisement's, and the address that leads on carries the asker's application id.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from crawlers.page_parsers.page_reading import Collected, PageReading, inner_object, json_records, record_fields, required_id
from vacancies.job_place import make_place
from vacancies.posting import BaseSalary, JobLocation, OccupationalCategory
from vacancies.posting_draft import PostingDraft
from vacancies.values.countries import read_country
from vacancies.values.salaries import make_salary, read_amount
from vacancies.values.words import number, word, words_of

VERSION: Final = "1"
_MARKS: Final = re.compile(r"</?strong>", re.IGNORECASE)
_NO_CATEGORY: Final = "unknown"


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read every hit of the page; raises RecordInvalid as `json_records` does."""
    answer, hits = json_records(body, "results")
    found = Collected()
    for hit in hits:
        native_id = word(hit.get("id")) if isinstance(hit, Mapping) else None
        found.take(hit, lambda record: _draft(record_fields(record), found), native_id=native_id)
    total = number(answer.get("count"))
    return found.reading(stated_total=int(total) if total is not None else None)


def _draft(hit: Mapping[str, object], found: Collected) -> PostingDraft:
    place = _place(hit)
    title, description = word(hit.get("title")), hit.get("description")
    return PostingDraft(
        native_id=required_id(hit),
        url=_address(word(hit.get("redirect_url"))),
        title=_MARKS.sub("", title) if title else None,
        hiring_organization=word(inner_object(hit, "company").get("display_name")),
        description=_MARKS.sub("", description) if isinstance(description, str) else "",
        description_is_excerpt=True,
        date_posted=found.day("date_posted", hit.get("created")),
        employment_type=found.employment_types(word(hit.get("contract_time")), word(hit.get("contract_type"))),
        job_locations=(place,) if place else (),
        base_salary=_salary(hit),
        occupational_categories=tuple(_categories(hit)),
    )


def _place(hit: Mapping[str, object]) -> JobLocation | None:
    """Read the tree of areas, country first; what stands below the country is a region, the last of several the place itself."""
    location = inner_object(hit, "location")
    area = words_of(location.get("area"))
    country = area[0] if area and read_country(area[0]) else None
    below = area[1:] if country else area
    return make_place(
        text=word(location.get("display_name")),
        locality=below[-1] if len(below) > 1 else None,
        region=below[0] if below else None,
        country=country,
        latitude=number(hit.get("latitude")),
        longitude=number(hit.get("longitude")),
    )


def _salary(hit: Mapping[str, object]) -> BaseSalary | None:
    if word(hit.get("salary_is_predicted")) == "1":
        return None
    low, high = (read_amount(hit.get(name)) for name in ("salary_min", "salary_max"))
    return make_salary(low, high)


def _categories(hit: Mapping[str, object]) -> Iterator[OccupationalCategory]:
    category = inner_object(hit, "category")
    code, label = word(category.get("tag")), word(category.get("label"))
    if (code or label) and code != _NO_CATEGORY:
        yield OccupationalCategory(scheme="Adzuna category", code=code, label=label)


def _address(url: str | None) -> str | None:
    """Leave out the query, which holds the asker's id and a signature that is another one at each crawl."""
    return urlunsplit(urlsplit(url)._replace(query="", fragment="")) if url else None
