"""Indeed's XML feed and those made like it: a `job` element per advertisement, below `source` or `jobs`, its fields in CDATA.

https://docs.indeed.com/indeed-apply/xml-feed. Emitters write dates as ISO, RFC 822, or in their language's own way, and add fields of their
own; elements are known by their local names, whatever the case. A feed may have gigabytes, and is read in pieces.
"""

from __future__ import annotations

import html
import io
import itertools
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import partial
from typing import Final

from lxml import etree

from crawlers.page_parsers.page_reading import Collected, PageReading
from crawlers.page_parsers.record_pieces import xml_pieces
from crawlers.page_parsers.xml_slips import why_entries_may_be_missing
from vacancies.error import RecordInvalid
from vacancies.html_text import html_from_sections, looks_like_html
from vacancies.job_place import make_place, place_from_words
from vacancies.posting import BaseSalary, JobLocation, OccupationalCategory
from vacancies.posting_draft import PostingDraft
from vacancies.values.dates import read_datetime
from vacancies.values.salaries import make_salary, read_amount, salary_from_text
from vacancies.values.words import read_language
from vacancies.values.workplaces import read_workplace

VERSION: Final = "1"
_DECLARED: Final = re.compile(rb"^[^>]*encoding\s*=\s*[\"']([\w-]+)", re.IGNORECASE)
_HEAD: Final = 1 << 18  # bytes by which a feed's encoding is judged
_ROOTS: Final = frozenset({"source", "jobs"})  # of a feed without jobs
# our field -> local names that carry it, best first
_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "native_id": ("referencenumber", "reference", "jobid", "id", "requisitionid"),
    "title": ("title", "jobtitle"),
    "url": ("url", "link"),
    "employer": ("company", "companyname", "company_name"),
    "posted": ("date", "pubdate", "dateposted", "date_posted"),
    "modified": ("lastactivitydate", "lastmodified", "updated"),
    "expires": ("expirationdate", "expiration_date", "expires", "validthrough", "closingdate"),
    "employment": ("jobtype", "job_type", "employmenttype", "contracttype"),
    "place": ("location",),
    "city": ("city",),
    "state": ("state", "region"),
    "postcode": ("postalcode", "zip", "postcode"),
    "country": ("country",),
    "salary": ("salary", "compensation"),
    "salary_low": ("salary_min", "minsalary"),
    "salary_high": ("salary_max", "maxsalary"),
    "currency": ("salary_currency", "salarycurrency", "currency"),
    "period": ("salary_period", "salaryperiod"),
    "remote": ("remotetype", "remote"),
    "category": ("category",),
    "language": ("language",),
}
_SECTIONS: Final = {"description": None, "experience": "Experience", "education": "Education"}
_REMOTE: Final = frozenset({"true", "1", "yes"})

Fields = Mapping[str, tuple[str, ...]]
"""The texts of a job's elements by local name in small letters."""


def pieces(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """Cut a feed into pieces that `parse` reads; slips within texts are read over, and an encoding that is not the one declared.

    Raises RecordInvalid (`cut_off`, `broken_xml`, `unexpected_shape`) where the feed breaks off.
    """
    source = iter(chunks)
    head = b""
    while len(head) < _HEAD and (chunk := next(source, b"")):
        head += chunk
    yield from xml_pieces(itertools.chain((head,), source), record="job", recover=True, roots=_ROOTS, encoding=_other_encoding(head))


def _other_encoding(head: bytes) -> str | None:
    """Tell the encoding of a feed that says to be UTF-8, or nothing, and is not; a few broken letters make no other encoding of it."""
    declared = _DECLARED.search(head[:200])
    if (declared and declared[1].lower() not in {b"utf-8", b"utf8"}) or b"\x00" in head[:4]:
        return None
    text = head.decode("utf-8", "replace")
    broken, others = text.count("\ufffd"), sum(letter > "\x7f" for letter in text)
    return "windows-1252" if broken > others - broken else None


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read every job; of several with one reference, which stand for its places, one posting is made. Raises RecordInvalid `broken_xml`."""
    found = Collected()
    jobs = etree.iterparse(
        io.BytesIO(body),
        events=("end",),
        tag="{*}job",
        recover=True,
        huge_tree=True,
        resolve_entities=False,
        no_network=True,
    )
    try:
        for _, job in jobs:
            fields = _fields(job)
            found.take(
                fields,
                partial(_draft, countries=countries, found=found),
                url=_stated(fields, "url"),
                native_id=_stated(fields, "native_id"),
            )
            _forget(job)
    except etree.XMLSyntaxError as error:
        raise RecordInvalid("broken_xml", f"the feed is not XML: {error}") from error
    found.one_per_id()
    return found.reading(gap=why_entries_may_be_missing(jobs.error_log))


def _forget(job: etree._Element) -> None:
    """Take a job that was read out of the tree, with all before it."""
    job.clear()
    parent = job.getparent()
    while parent is not None and (before := job.getprevious()) is not None:
        parent.remove(before)


def _fields(job: etree._Element) -> Fields:
    fields: dict[str, tuple[str, ...]] = {}
    for child in job.iterchildren(etree.Element):
        name = etree.QName(child).localname.casefold()
        text = _inner(child).strip()
        if text:
            fields[name] = (*fields.get(name, ()), text)
    return fields


def _inner(element: etree._Element) -> str:
    """Give an element's text; of one with markup that should have been in CDATA, the markup."""
    return (element.text or "") + "".join(etree.tostring(child, encoding="unicode", method="html") for child in element)


def _all_stated(fields: Fields, name: str) -> list[str]:
    texts = next((fields[key] for key in _FIELDS[name] if key in fields), ())
    return [" ".join(html.unescape(text).split()) for text in texts]


def _stated(fields: Fields, name: str) -> str | None:
    return next(iter(_all_stated(fields, name)), None)


def _draft(fields: Fields, *, countries: Collection[str], found: Collected) -> PostingDraft:
    title, description = _stated(fields, "title"), _description(fields)
    if title is None and not description:
        raise RecordInvalid("no_text", "the job has neither a title nor a description")
    place = _place(fields, countries)
    remote = _stated(fields, "remote") or ""
    return PostingDraft(
        native_id=_stated(fields, "native_id"),
        url=_stated(fields, "url"),
        title=title,
        hiring_organization=_stated(fields, "employer"),
        description=description,
        language=read_language(_stated(fields, "language")),
        date_posted=found.day("date_posted", _stated(fields, "posted")),
        date_modified=read_datetime(_stated(fields, "modified")),
        valid_through=found.day("valid_through", _stated(fields, "expires")),
        employment_type=found.employment_types(*_all_stated(fields, "employment")),
        job_locations=(place,) if place else (),
        telecommute=True if remote.casefold() in _REMOTE else read_workplace(remote),
        base_salary=_salary(fields),
        occupational_categories=tuple(
            OccupationalCategory(scheme="board", label=label) for label in dict.fromkeys(_all_stated(fields, "category"))
        ),
    )


def _description(fields: Fields) -> str:
    parts = [(heading, text) for name, heading in _SECTIONS.items() for text in fields.get(name, ())[:1]]
    if len(parts) == 1 and parts[0][0] is None:
        return parts[0][1]
    if any(looks_like_html(text) for _, text in parts):
        return html_from_sections(parts)
    return "\n\n".join(f"{heading}:\n{text}" if heading else text for heading, text in parts)


def _place(fields: Fields, countries: Collection[str]) -> JobLocation | None:
    words, country = _stated(fields, "place"), _stated(fields, "country")
    city, state, postcode = (_stated(fields, name) for name in ("city", "state", "postcode"))
    if city or state or postcode:
        return make_place(text=words, locality=city, region=state, postal_code=postcode, country=country)
    return place_from_words(words or country, countries=countries)


def _salary(fields: Fields) -> BaseSalary | None:
    words, currency = _stated(fields, "salary"), _stated(fields, "currency")
    low, high = read_amount(_stated(fields, "salary_low")), read_amount(_stated(fields, "salary_high"))
    if low or high:
        return make_salary(low, high, currency=currency, period=_stated(fields, "period"), text=words)
    return salary_from_text(words or "", currency=currency)
