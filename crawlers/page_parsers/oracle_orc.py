"""Oracle Recruiting (Candidate Experience): `recruitingCEJobRequisitions` lists, `recruitingCEJobRequisitionDetails` holds the text.

https://docs.oracle.com/en/cloud/saas/human-resources/farws/. What is asked for stands within one parameter, `finder`; the list is the
single member of `items`, under `requisitionList`. Language codes are Oracle's own. A requisition that was closed meanwhile is answered by
an empty `items`; an unknown site by an empty list, or 400.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import Final
from urllib.parse import unquote, urlsplit, urlunsplit

from crawlers.page_parsers.page_reading import (
    Collected,
    DetailLink,
    PageReading,
    json_answer,
    listed_draft,
    record_fields,
    records_of,
    required_id,
)
from vacancies.error import RecordInvalid
from vacancies.html_text import html_from_sections
from vacancies.job_place import place_from_words
from vacancies.posting import BaseSalary, JobLocation, OccupationalCategory
from vacancies.posting_draft import PostingDraft
from vacancies.values.countries import read_country
from vacancies.values.salaries import salary_from_text
from vacancies.values.words import each, first_word, number, word
from vacancies.values.workplaces import read_workplace

VERSION: Final = "2"
_SITE: Final = re.compile(r"siteNumber=([^,;&]+)")
_ID: Final = re.compile(r'Id="?([^",;&]+)"?')
_SECTIONS: Final = {
    "ExternalDescriptionStr": None,
    "ExternalResponsibilitiesStr": "Responsibilities",
    "ExternalQualificationsStr": "Qualifications",
    "CorporateDescriptionStr": None,
    "OrganizationDescriptionStr": None,
}
_KINDS: Final = ("JobSchedule", "ContractType", "JobType")
_CATEGORIES: Final = ("Category", "JobFamily", "JobFunction", "Department")
_PAY: Final = re.compile(r"salary|pay\b|compensation", re.IGNORECASE)
_LANGUAGES: Final = {
    "US": "en", "GB": "en", "D": "de", "F": "fr", "FRC": "fr", "E": "es", "ESA": "es", "I": "it", "NL": "nl", "PT": "pt", "PTB": "pt",
    "S": "sv", "DK": "da", "N": "no", "SF": "fi", "PL": "pl", "CS": "cs", "SK": "sk", "HU": "hu", "RO": "ro", "EL": "el", "TR": "tr",
}  # fmt: skip


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read a page of the list to links, or one requisition; raises RecordInvalid (`broken_json`, `unexpected_shape`)."""
    answer = json_answer(body)
    if isinstance(answer, Mapping) and "Id" in answer:
        return _requisition(answer, url, countries)
    answer, items = records_of(answer, "items")
    item = items[0] if items else None
    if "recruitingCEJobRequisitionDetails" in urlsplit(url).path:
        asked = _ID.search(unquote(urlsplit(url).query))
        if item is None and asked:
            return PageReading(withdrawn=(asked[1],))
        return _requisition(record_fields(item), url, countries)
    return _list(record_fields(item), url, countries)


def _list(item: Mapping[str, object], url: str, countries: Collection[str]) -> PageReading:
    _, requisitions = records_of(item, "requisitionList")
    found = Collected()
    links = []
    for requisition in requisitions:
        native_id = word(requisition.get("Id")) if isinstance(requisition, Mapping) else None
        if native_id:
            links.append(
                DetailLink(_detail_address(url, native_id), listed=listed_draft(requisition, partial(_draft, url=url, countries=countries)))
            )
        else:
            found.reject("no_identity", "the requisition in the list has no Id", requisition)
    total = number(item.get("TotalJobsCount"))
    return found.reading(details=links, stated_total=int(total) if total is not None else None)


def _site(url: str) -> str:
    found = _SITE.search(unquote(urlsplit(url).query))
    return found[1] if found else "CX"


def _detail_address(url: str, native_id: str) -> str:
    parts = urlsplit(url)
    path = parts.path.rpartition("/")[0] + "/recruitingCEJobRequisitionDetails"
    query = f"expand=all&onlyData=true&finder=ById;Id=%22{native_id}%22,siteNumber={_site(url)}"
    return urlunsplit((parts.scheme, parts.netloc, path, query, ""))


def _requisition(requisition: Mapping[str, object], url: str, countries: Collection[str]) -> PageReading:
    found = Collected()
    found.take(
        requisition,
        lambda record: _draft(record_fields(record), found, url=url, countries=countries),
        url=url,
        native_id=word(requisition.get("Id")),
    )
    return found.reading()


def _draft(requisition: Mapping[str, object], found: Collected, *, url: str, countries: Collection[str]) -> PostingDraft:
    native_id, title = required_id(requisition, "Id"), word(requisition.get("Title"))
    description = html_from_sections(_sections(requisition))
    beginning = requisition.get("ShortDescriptionStr")
    is_excerpt = not description and isinstance(beginning, str) and bool(beginning.strip())
    if is_excerpt:
        description = str(beginning)
    if title is None and not description:
        raise RecordInvalid("no_text", "the requisition has neither a title nor a text")
    parts = urlsplit(url)
    path = f"/hcmUI/CandidateExperience/en/sites/{_site(url)}/job/{native_id}"
    return PostingDraft(
        native_id=native_id,
        url=urlunsplit((parts.scheme, parts.netloc, path, "", "")),
        title=title,
        hiring_organization=word(requisition.get("LegalEmployer")),
        description=description,
        description_is_html=True,
        description_is_excerpt=is_excerpt,
        language=_LANGUAGES.get(word(requisition.get("Language")) or ""),
        date_posted=found.day("date_posted", requisition.get("ExternalPostedStartDate") or requisition.get("PostedDate")),
        valid_through=found.day("valid_through", requisition.get("ExternalPostedEndDate") or requisition.get("PostingEndDate")),
        employment_type=found.employment_types(*(word(requisition.get(key)) for key in _KINDS)),
        work_hours=word(requisition.get("WorkHours")),
        job_locations=tuple(dict.fromkeys(_places(requisition, countries))),
        telecommute=read_workplace(first_word(requisition.get("WorkplaceTypeCode"), requisition.get("WorkplaceType"))),
        base_salary=_salary(requisition),
        occupational_categories=tuple(
            OccupationalCategory(scheme="board", label=label)
            for label in dict.fromkeys(word(requisition.get(key)) for key in _CATEGORIES)
            if label
        ),
    )


def _sections(requisition: Mapping[str, object]) -> Iterator[tuple[str | None, str]]:
    for key, heading in _SECTIONS.items():
        if isinstance(text := requisition.get(key), str):
            yield heading, text


def _places(requisition: Mapping[str, object], countries: Collection[str]) -> Iterator[JobLocation]:
    """Yield the places; the stated country tells a state of the USA from a country."""
    primary = (requisition.get("PrimaryLocation"), requisition.get("PrimaryLocationCountry"))
    others = (
        (entry.get("Name"), entry.get("CountryCode")) for entry in each(requisition.get("secondaryLocations")) if isinstance(entry, Mapping)
    )
    for name, stated in (primary, *others):
        country = read_country(stated)
        place = place_from_words(word(name), country=country, countries=[country] if country else countries)
        if place is not None:
            yield place


def _salary(requisition: Mapping[str, object]) -> BaseSalary | None:
    """Read the pay, which stands among the employer's own fields."""
    for entry in each(requisition.get("requisitionFlexFields")):
        fields = entry if isinstance(entry, Mapping) else {}
        if _PAY.search(word(fields.get("Prompt")) or "") and (text := word(fields.get("Value"))):
            return salary_from_text(text)
    return None
