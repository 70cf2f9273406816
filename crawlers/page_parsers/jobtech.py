"""JobTech (Arbetsförmedlingen): JobSearch answers a page of hits, JobStream a list of advertisements or one per line.

https://jobsearch.api.jobtechdev.se, https://jobstream.api.jobtechdev.se; a removed advertisement of the stream has its id only. Times
carry no zone, coordinates are longitude first, country codes are the service's own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

from crawlers.page_parsers.page_reading import Collected, PageReading, inner_object, json_answer, json_list, json_records, record_fields
from vacancies.error import RecordInvalid
from vacancies.job_place import make_place
from vacancies.posting import BaseSalary, JobLocation, OccupationalCategory
from vacancies.posting_draft import PostingDraft
from vacancies.values.dates import read_date, read_datetime
from vacancies.values.salaries import salary_from_text
from vacancies.values.words import each, number, word

VERSION: Final = "2"
_OCCUPATION_SCHEMES: Final = {"occupation": "JobTech occupation", "occupation_group": "SSYK", "occupation_field": "JobTech field"}


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read every hit of the page; hits marked as removed are given as withdrawn. Raises RecordInvalid as `json_records` does."""
    answer, hits = _hits(body)
    found = Collected()
    withdrawn: list[str] = []
    for hit in hits:
        native_id = word(hit.get("id")) if isinstance(hit, Mapping) else None
        if native_id and isinstance(hit, Mapping) and hit.get("removed") is True:
            withdrawn.append(native_id)
        else:
            found.take(hit, lambda record: _draft(record_fields(record), found), native_id=native_id)
    total = number(inner_object(answer, "total").get("value"))
    return found.reading(withdrawn=tuple(withdrawn), stated_total=int(total) if total is not None else None)


def _hits(body: bytes) -> tuple[Mapping[str, object], list[object]]:
    if body.lstrip().startswith(b"["):
        return {}, json_list(body)
    try:
        return json_records(body, "hits")
    except RecordInvalid:
        lines = body.splitlines()
        first = json_answer(lines[0]) if lines else None
        if not isinstance(first, Mapping) or "id" not in first:
            raise
        return {}, [json_answer(line) for line in lines if line.strip()]


def _draft(hit: Mapping[str, object], found: Collected) -> PostingDraft:
    description = inner_object(hit, "description")
    formatted, plain = (value if isinstance(value := description.get(key), str) else "" for key in ("text_formatted", "text"))
    native_id, title = word(hit.get("id")), word(hit.get("headline"))
    if native_id is None:
        raise RecordInvalid("no_identity", "the hit has no id")
    if title is None and not (formatted or plain).strip():
        raise RecordInvalid("no_text", "the hit has neither a headline nor a text")
    employer = inner_object(hit, "employer")
    place = _place(inner_object(hit, "workplace_address"))
    openings = number(hit.get("number_of_vacancies"))
    return PostingDraft(
        native_id=native_id,
        url=word(hit.get("webpage_url")),
        title=title,
        hiring_organization=word(employer.get("name")) or word(employer.get("workplace")),
        description=formatted or plain,
        date_posted=read_date(hit.get("publication_date")),
        date_modified=read_datetime(hit.get("timestamp")),
        valid_through=read_date(hit.get("application_deadline")) or read_date(hit.get("last_publication_date")),
        job_start_date=word(hit.get("access")),
        employment_type=_employment_types(hit, found),
        work_hours=_work_hours(hit),
        job_locations=(place,) if place else (),
        base_salary=_salary(hit),
        occupational_categories=tuple(_categories(hit)),
        skills=tuple(_skills(hit)),
        total_job_openings=int(openings) if openings is not None and openings >= 0 else None,
    )


def _place(address: Mapping[str, object]) -> JobLocation | None:
    longitude, latitude = [*(number(point) for point in each(address.get("coordinates"))), None, None][:2]
    return make_place(
        locality=word(address.get("city")) or word(address.get("municipality")),
        region=word(address.get("region")),
        postal_code=word(address.get("postcode")),
        country=word(address.get("country")),
        latitude=latitude,
        longitude=longitude,
    )


def _employment_types(hit: Mapping[str, object], found: Collected) -> tuple[str, ...]:
    hours, kind, duration = (word(inner_object(hit, key).get("label")) for key in ("working_hours_type", "employment_type", "duration"))
    is_lasting = duration is None or duration.casefold().startswith("tills")
    return found.employment_types(hours, kind, duration if is_lasting else "tidsbegränsad")


def _work_hours(hit: Mapping[str, object]) -> str | None:
    """Write the scope of work, which the service states in percent of full time."""
    scope = inner_object(hit, "scope_of_work")
    low, high = (number(scope.get(key)) for key in ("min", "max"))
    if low is None or high is None:
        return None
    return f"{low:.0f} %" if low == high else f"{low:.0f}-{high:.0f} %"


def _salary(hit: Mapping[str, object]) -> BaseSalary | None:
    return salary_from_text(word(hit.get("salary_description")) or "")


def _categories(hit: Mapping[str, object]) -> Iterator[OccupationalCategory]:
    for key, scheme in _OCCUPATION_SCHEMES.items():
        for entry in each(hit.get(key)):
            if isinstance(entry, Mapping) and (label := word(entry.get("label"))):
                yield OccupationalCategory(scheme=scheme, code=word(entry.get("legacy_ams_taxonomy_id")), label=label)


def _skills(hit: Mapping[str, object]) -> Iterator[str]:
    for key in ("must_have", "nice_to_have"):
        for entry in each(inner_object(hit, key).get("skills")):
            if label := word(entry.get("label") if isinstance(entry, Mapping) else entry):
                yield label
