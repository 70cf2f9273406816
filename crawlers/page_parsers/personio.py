"""Personio's XML of open positions: `GET /xml` of the careers site answers the whole board.

https://developer.personio.de/docs/retrieving-open-job-positions; an advertisement's page is /job/{id} of the same host (the XML does not
name it), offices are the employer's own names, and jobDescriptions may be empty. An unknown site is answered by 404 or by a page.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from functools import partial
from typing import Final
from urllib.parse import urljoin

from lxml import etree

from crawlers.page_parsers.page_reading import Collected, PageReading
from vacancies.error import RecordInvalid
from vacancies.html_text import html_from_sections
from vacancies.job_place import place_of_site
from vacancies.posting import JobLocation, OccupationalCategory
from vacancies.posting_draft import PostingDraft
from vacancies.values.words import word

VERSION: Final = "1"
_ROOTS: Final = frozenset({"workzag-jobs", "positions"})
_CODES: Final = {"occupation": "Personio occupation", "occupationCategory": "Personio occupation category"}


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read every position; raises RecordInvalid (`broken_xml`, `unexpected_shape`)."""
    try:
        root = etree.fromstring(body, parser=etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError as error:
        raise RecordInvalid("broken_xml", f"the answer is not XML: {error}") from error
    name = etree.QName(root).localname
    if name not in _ROOTS:
        raise RecordInvalid("unexpected_shape", f"expected XML with the root workzag-jobs, found {name}")
    found = Collected()
    for position in root.iterfind("{*}position"):
        record = etree.tostring(position, encoding="unicode", with_tail=False)
        found.take(record, partial(_draft, url=url, found=found), native_id=_text(position, "id"))
    return found.reading()


def _draft(record: str, *, url: str, found: Collected) -> PostingDraft:
    position = etree.fromstring(record)
    native_id = _text(position, "id")
    if native_id is None:
        raise RecordInvalid("no_identity", "the position has no id")
    return PostingDraft(
        native_id=native_id,
        url=urljoin(url, f"/job/{native_id}"),
        title=_text(position, "name"),
        hiring_organization=_text(position, "subcompany"),
        description=html_from_sections(_sections(position)),
        description_is_html=True,
        date_posted=found.day("date_posted", _text(position, "createdAt")),
        employment_type=found.employment_types(_text(position, "schedule"), _text(position, "employmentType")),
        job_locations=tuple(dict.fromkeys(_places(position))),
        occupational_categories=tuple(_categories(position)),
    )


def _text(element: etree._Element, name: str) -> str | None:
    return word(element.findtext(f"{{*}}{name}"))


def _sections(position: etree._Element) -> Iterator[tuple[str | None, str]]:
    for part in position.iterfind("{*}jobDescriptions/{*}jobDescription"):
        yield _text(part, "name"), part.findtext("{*}value") or ""


def _places(position: etree._Element) -> Iterator[JobLocation]:
    names = [_text(position, "office"), *(word(office.text) for office in position.iterfind("{*}additionalOffices/{*}office"))]
    yield from filter(None, map(place_of_site, names))


def _categories(position: etree._Element) -> Iterator[OccupationalCategory]:
    for label in dict.fromkeys(filter(None, (_text(position, "department"), _text(position, "recruitingCategory")))):
        yield OccupationalCategory(scheme="board", label=label)
    for name, scheme in _CODES.items():
        if code := _text(position, name):
            yield OccupationalCategory(scheme=scheme, code=code)
