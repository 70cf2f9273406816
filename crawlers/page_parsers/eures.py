"""EURES' vacancy search: `POST /eures/api/jv-searchengine/public/jv-search/search` names vacancies, `GET .../jv/id/{id}` gives one whole.

The portal's own interface, not documented by the Commission. Times are epoch milliseconds; the employer may be null, a list of regions
[null]; occupations and skills are ESCO URIs; texts in the search are cut.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final

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
from vacancies.job_place import make_place
from vacancies.posting import JobLocation, OccupationalCategory
from vacancies.posting_draft import PostingDraft
from vacancies.values.dates import read_datetime
from vacancies.values.words import each, number, read_language, word, words_of

VERSION: Final = "2"
_PAGE: Final = "https://europa.eu/eures/portal/jv-se/jv-details/"
_ESCO: Final = "http://data.europa.eu/esco/"
OFFERINGS: Final = {  # HR-XML's codes in words; a direct hire is employment as such
    "directhire": None, "temporary": "temporary", "temporarytohire": "temporary", "contracttohire": "contract", "contract": "contract",
    "internship": "internship", "apprenticeship": "apprenticeship", "seasonal": "seasonal", "oncall": "on call",
    "recruitmentreserve": None, "selfemployed": "freelance", "volunteer": "volunteer",
}  # fmt: skip
SCHEDULES: Final = {"fulltime": "full time", "parttime": "part time", "flextime": None, "any": None}


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read a page of the search, or one vacancy; raises RecordInvalid (`broken_json`, `unexpected_shape`)."""
    answer = record_fields(json_answer(body))
    found = Collected()
    if "jvProfiles" in answer:
        found.take(answer, lambda record: _draft(record_fields(record), found), url=url, native_id=word(answer.get("id")))
        return found.reading()
    answer, hits = records_of(answer, "jvs")
    details = []
    for hit in hits:
        native_id = word(hit.get("id")) if isinstance(hit, Mapping) else None
        if native_id is None or not isinstance(hit, Mapping):
            found.reject("no_identity", "the hit has no 'id'", hit)
        else:
            changed = word(hit.get("lastModificationDate")) or word(hit.get("creationDate"))
            address = f"../jv/id/{native_id}?requestLang={_first_language(hit)}"
            details.append(DetailLink(address, changed, listed_draft(hit, _listed)))
    total = number(answer.get("numberRecords"))
    return found.reading(stated_total=int(total) if total is not None else None, details=details)


def _first_language(hit: Mapping[str, object]) -> str:
    return next((code for code in words_of(hit.get("availableLanguages")) if read_language(code)), "en")


def _listed(hit: Mapping[str, object], found: Collected) -> PostingDraft:
    """Read a hit, whose fields stand beside each other; its regions stand by country."""
    regions = inner_object(hit, "locationMap")
    places = (make_place(region=region, country=country) for country, codes in regions.items() for region in words_of(codes) or ("",))
    openings = number(hit.get("numberOfPosts"))
    return PostingDraft(
        native_id=required_id(hit),
        title=word(hit.get("title")),
        hiring_organization=word(inner_object(hit, "employer").get("name")),
        date_posted=found.day("date_posted", hit.get("creationDate")),
        employment_type=_employment_types(hit, found),
        job_locations=tuple(dict.fromkeys(filter(None, places))),
        occupational_categories=tuple(_occupations(hit)),
        total_job_openings=int(openings) if openings is not None and openings >= 0 else None,
    )


def _draft(vacancy: Mapping[str, object], found: Collected) -> PostingDraft:
    native_id = required_id(vacancy)
    profiles = inner_object(vacancy, "jvProfiles")
    preferred = word(vacancy.get("preferredLanguage"))
    language = preferred if preferred in profiles else next(iter(profiles), None)
    profile = inner_object(profiles, language) if language else {}
    description = profile.get("description")
    openings = number(profile.get("numberOfPosts"))
    return PostingDraft(
        native_id=native_id,
        url=f"{_PAGE}{native_id}",
        title=word(profile.get("title")),
        hiring_organization=word(inner_object(profile, "employer").get("name")),
        description=description if isinstance(description, str) else "",
        language=read_language(language),
        date_posted=found.day("date_posted", vacancy.get("creationDate")),
        date_modified=read_datetime(vacancy.get("lastModificationDate")),
        employment_type=_employment_types(profile, found),
        job_locations=tuple(dict.fromkeys(_places(profile))),
        industry="; ".join(words_of(inner_object(profile, "employer").get("sectorCodes"))) or None,
        occupational_categories=tuple(_occupations(profile)),
        skills=tuple(dict.fromkeys(_skills(profile))),
        total_job_openings=int(openings) if openings is not None and openings >= 0 else None,
    )


def _places(profile: Mapping[str, object]) -> Iterator[JobLocation]:
    for entry in each(profile.get("locations")):
        if isinstance(entry, Mapping):
            region = word(entry.get("region"))
            place = make_place(
                locality=word(entry.get("cityName")),
                region=region.upper() if region else None,
                postal_code=word(entry.get("postalCode")),
                country=word(entry.get("countryCode")),
            )
            if place:
                yield place


def _employment_types(profile: Mapping[str, object], found: Collected) -> tuple[str, ...]:
    schedules = [SCHEDULES.get(code.casefold(), code) for code in words_of(profile.get("positionScheduleCodes"))]
    offering = word(profile.get("positionOfferingCode"))
    return found.employment_types(*schedules, OFFERINGS.get(offering.casefold(), offering) if offering else None)


def _occupations(profile: Mapping[str, object]) -> Iterator[OccupationalCategory]:
    for code in words_of(profile.get("jobCategoriesCodes")):
        yield OccupationalCategory(scheme="ESCO" if code.startswith(_ESCO) else "EURES", code=code)


def _skills(profile: Mapping[str, object]) -> Iterator[str]:
    """Give the skills asked for, as ESCO URIs or in words; skills of languages stand with the languages and are no others."""
    for entry in each(profile.get("requiredSkills")):
        if isinstance(entry, Mapping):
            yield from words_of([entry.get("skillsEscoUri"), entry.get("escoUri"), entry.get("skillName")])
        elif text := word(entry):
            yield text
