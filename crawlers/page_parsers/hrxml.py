"""HR-XML 3 as the European employment services exchange it: `PositionOpening` elements, one or many, in any envelope.

http://www.hr-xml.org/3 with EURES' code lists. Elements are known by their local names; addresses of people to write to are left out.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Iterator
from typing import Final

from lxml import etree

from crawlers.page_parsers.eures import OFFERINGS, SCHEDULES
from crawlers.page_parsers.page_reading import Collected, PageReading
from crawlers.page_parsers.record_pieces import xml_pieces
from vacancies.error import RecordInvalid
from vacancies.job_place import make_place
from vacancies.posting import BaseSalary, JobLocation, OccupationalCategory
from vacancies.posting_draft import PostingDraft
from vacancies.values.dates import read_datetime
from vacancies.values.salaries import make_salary, read_amount
from vacancies.values.words import number, read_language

VERSION: Final = "1"
RECORD: Final = "PositionOpening"
_SCHEMES: Final = {"ISCO2008": "ISCO-08", "ISCO-08": "ISCO-08", "ESCO_Occupations": "ESCO"}
_GONE: Final = frozenset({"closed", "inactive", "filled", "cancelled", "withdrawn", "deleted"})
_LANGUAGE_SKILL: Final = "language"
_HEAD: Final = 1 << 16  # bytes by which a feed is known
_MARKS: Final = (b"hr-xml.org", b"positionopening")


def pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut a feed into pieces that `parse` reads; raises RecordInvalid (`cut_off`, `broken_xml`, `unexpected_shape`).

    A feed without openings must speak of HR-XML at its beginning: a page that says that the feed has moved is no empty feed.
    """
    source = iter(chunks)
    head = b""
    while len(head) < _HEAD and (chunk := next(source, b"")):
        head += chunk
    if not any(mark in head.replace(b"\x00", b"").lower() for mark in _MARKS):
        raise RecordInvalid("unexpected_shape", f"expected XML of http://www.hr-xml.org/3 with {RECORD} elements, found {head[:80]!r}")
    yield from xml_pieces(itertools.chain((head,), source), record=RECORD)


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read every opening; closed ones are given as withdrawn. Raises RecordInvalid (`broken_xml`, `unexpected_shape`)."""
    try:
        root = etree.fromstring(body, parser=etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError as error:
        raise RecordInvalid("broken_xml", f"the answer is not XML: {error}") from error
    found = Collected()
    withdrawn: list[str] = []
    openings = list(root.iter(f"{{*}}{RECORD}"))
    if not openings and len(root):
        raise RecordInvalid("unexpected_shape", f"expected PositionOpening elements, found {etree.QName(root).localname}")
    for opening in openings:
        native_id = _text(opening, "DocumentID") or _text(opening, "AlternateDocumentID")
        status = (_text(opening, "PositionOpeningStatusCode") or "").casefold()
        if native_id and status in _GONE:
            withdrawn.append(native_id)
            continue
        try:
            found.drafts.append(_draft(opening, native_id, found))
        except RecordInvalid as error:
            found.reject(error.reason, str(error), etree.tostring(opening, encoding="unicode"), native_id=native_id)
    return found.reading(withdrawn=tuple(withdrawn))


def _all(element: etree._Element, *path: str) -> list[etree._Element]:
    """Give the elements at a path of local names."""
    found = [element]
    for name in path:
        found = [child for parent in found for child in parent.iterchildren(f"{{*}}{name}")]
    return found


def _content(element: etree._Element) -> str:
    return "".join(str(text) for text in element.itertext())


def _texts(element: etree._Element, *path: str) -> list[str]:
    return [text for found in _all(element, *path) if (text := " ".join(_content(found).split()))]


def _text(element: etree._Element, *path: str) -> str | None:
    return next(iter(_texts(element, *path)), None)


def _draft(opening: etree._Element, native_id: str | None, found: Collected) -> PostingDraft:
    if native_id is None:
        raise RecordInvalid("no_identity", "the opening has no DocumentID")
    profile = next(iter(_all(opening, "PositionProfile")), None)
    if profile is None:
        raise RecordInvalid("no_text", "the opening has no PositionProfile")
    status = next(iter(_all(opening, "PositionOpeningStatusCode")), opening)
    openings = number(_text(profile, "PositionOpenQuantity"))
    return PostingDraft(
        native_id=native_id,
        url=next((link for link in _links(profile) if link.startswith(("http://", "https://"))), None),
        title=_text(profile, "PositionTitle"),
        hiring_organization=_text(profile, "PositionOrganization", "OrganizationIdentifiers", "OrganizationName"),
        description="\n\n".join(_content(part).strip() for part in _all(profile, "PositionFormattedDescription", "Content")),
        language=read_language(profile.get("languageCode")),
        date_posted=found.day("date_posted", opening.get("validFrom") or status.get("validFrom")),
        date_modified=read_datetime(_text(opening, "LastModificationDateTime")),
        valid_through=found.day("valid_through", _text(profile, "ApplicationCloseDate") or opening.get("validTo") or status.get("validTo")),
        job_start_date=_text(profile, "PositionPeriod", "StartDate"),
        employment_type=_employment_types(profile, found),
        work_hours=_text(profile, "WorkingHoursQuantity"),
        job_locations=tuple(dict.fromkeys(_places(profile))),
        base_salary=_salary(profile),
        industry="; ".join(_texts(profile, "PositionOrganization", "IndustryCode")) or None,
        occupational_categories=tuple(_categories(profile)),
        skills=tuple(dict.fromkeys(_skills(profile))),
        total_job_openings=int(openings) if openings is not None and openings >= 0 else None,
    )


def _links(profile: etree._Element) -> Iterator[str]:
    """Give the addresses of pages to apply at."""
    yield from _texts(profile, "PostingInstruction", "ApplicationMethod", "InternetReference")
    for communication in _all(profile, "PostingInstruction", "ApplicationMethod", "PersonContact", "Communication"):
        if (_text(communication, "ChannelCode") or "").casefold() == "web":
            yield from _texts(communication, "URI")


def _places(profile: etree._Element) -> Iterator[JobLocation]:
    for address in _all(profile, "PositionLocation", "Address"):
        place = make_place(
            locality=_text(address, "CityName"),
            region=_text(address, "CountrySubDivisionCode"),
            postal_code=_text(address, "PostalCode"),
            country=_text(address, "CountryCode"),
        )
        if place:
            yield place


def _employment_types(profile: etree._Element, found: Collected) -> tuple[str, ...]:
    schedules = [SCHEDULES.get(code.casefold(), code) for code in _texts(profile, "PositionScheduleTypeCode")]
    offerings = [OFFERINGS.get(code.casefold(), code) for code in _texts(profile, "PositionOfferingTypeCode")]
    return found.employment_types(*schedules, *offerings)


def _salary(profile: etree._Element) -> BaseSalary | None:
    for package in _all(profile, "OfferedRemunerationPackage", "RemunerationRange"):
        amounts = {name: next(iter(_all(package, name)), None) for name in ("MinimumAmount", "MaximumAmount")}
        low, high = (read_amount(_content(amount)) if amount is not None else None for amount in amounts.values())
        currency = next((code for amount in amounts.values() if amount is not None and (code := amount.get("currencyID"))), None)
        salary = make_salary(low, high, currency=currency, period=_text(package, "RemunerationIntervalCode"))
        if salary:
            return salary
    text = _text(profile, "OfferedRemunerationPackage", "Description")
    return make_salary(None, None, text=text) if text else None


def _categories(profile: etree._Element) -> Iterator[OccupationalCategory]:
    for element in _all(profile, "JobCategoryCode"):
        code, scheme = " ".join(_content(element).split()), element.get("listName") or "board"
        if code:
            yield OccupationalCategory(scheme=_SCHEMES.get(scheme, scheme), code=code, label=element.get("name"))


def _skills(profile: etree._Element) -> Iterator[str]:
    """Give competencies by name, or by the URI they are known by; languages stand among them and are no skills here."""
    for competency in _all(profile, "PositionQualifications", "PositionCompetency"):
        if (_text(competency, "TaxonomyID") or "").casefold() != _LANGUAGE_SKILL:
            yield from filter(None, [_text(competency, "CompetencyName") or _text(competency, "CompetencyID")])
