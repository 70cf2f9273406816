"""RSS 2.0 and Atom feeds with whole advertisements, and the job fields that platforms add to them (Teamtailor, NEOGOV, job boards).

Elements of other namespaces are known by their local name, so a new platform's words are one more entry in `_FIELDS`.
"""

from __future__ import annotations

import html
import io
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Final, NamedTuple
from urllib.parse import urljoin
from xml.sax import SAXException

import feedparser
from lxml import etree

from crawlers.page_parsers.page_reading import Collected, PageReading
from crawlers.page_parsers.xml_slips import why_entries_may_be_missing
from vacancies.error import RecordInvalid
from vacancies.html_text import looks_like_html
from vacancies.job_place import make_place, place_from_words
from vacancies.posting import BaseSalary, JobLocation, OccupationalCategory
from vacancies.posting_draft import PostingDraft
from vacancies.values.dates import read_date, read_datetime
from vacancies.values.employment import read_employment_types
from vacancies.values.salaries import make_salary, read_amount, salary_from_text
from vacancies.values.words import each, read_language, word

VERSION: Final = "4"

# our field -> local names that carry it, best first
_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "native_id": ("jobid", "referencenumber", "reference"),
    "employer": ("company", "employer", "companyname", "company_name"),
    "expires": ("expires", "expirationdate", "expiration_date", "advertisetodatetimeutc", "validthrough", "deadline"),
    "employment": ("jobtype", "job_type", "employmenttype", "employment_type", "type"),
    "place": ("location", "joblocation", "job_location"),
    "city": ("city",),
    "state": ("state",),
    "postcode": ("zip", "postalcode", "postcode"),
    "country": ("country",),
    "salary": ("salary", "compensation"),
    "salary_low": ("minimumsalary", "salary_min"),
    "salary_high": ("maximumsalary", "salary_max"),
    "currency": ("salarycurrency", "salary_currency"),
    "period": ("salaryinterval", "salary_period"),
    "remote": ("remotestatus", "remotetype", "remote"),
    "department": ("department",),
    "role": ("role",),
}
_SECTIONS: Final = {
    "examplesofduties": "Duties",
    "qualifications": "Qualifications",
    "benefits": "Benefits",
    "supplementalinformation": "Supplemental information",
}
_HEADERS: Final = {"content-type": "application/xml"}  # the encoding is then the XML declaration's
_REMOTE: Final = frozenset({"true", "1", "yes", "fully", "full", "remote", "telecommute"})
_TEAMTAILOR: Final = "{https://teamtailor.com/locations}"


class _Feed(NamedTuple):
    """What holds for every entry of a feed."""

    url: str
    language: str | None
    countries: Collection[str]
    titles_name_employer: bool


def parse(body: bytes, url: str, *, countries: Collection[str] = (), titles_name_employer: bool = False) -> PageReading:
    """Read every entry of the feed; raises RecordInvalid `not_a_feed` for a body that is none.

    `titles_name_employer` says that the platform writes "Employer: Title"; elsewhere a colon is part of the title ("Urgent: cook").
    """
    # as a stream: plain bytes feedparser takes for a file's name first
    feed = feedparser.parse(io.BytesIO(body), response_headers=_HEADERS, sanitize_html=False, resolve_relative_uris=False)
    if not feed.get("version"):
        reason = feed.get("bozo_exception") or "there is no rss or feed element"
        raise RecordInvalid("not_a_feed", f"expected RSS or Atom: {reason}")
    found = Collected()
    if feed.get("bozo"):
        found.note_unread("feed", str(feed.get("bozo_exception")))
    prefixes = tuple(f"{prefix}_" for prefix in feed.namespaces if prefix)
    more_places = _teamtailor_places(body)
    of_feed = _Feed(url, read_language(word(feed.feed.get("language"))), countries, titles_name_employer)
    for entry in feed.entries:
        fields = _local_names(entry, prefixes)
        places = more_places.get(word(entry.get("id")) or "", ())
        found.take(
            fields,
            partial(_draft, feed=of_feed, places=places, found=found),
            url=word(entry.get("link")),
            native_id=word(entry.get("id")),
        )
    return found.reading(gap=_gap(body) if isinstance(feed.get("bozo_exception"), SAXException) else None)


def _gap(body: bytes) -> str | None:
    """Say why entries may be missing from a feed that is not well-formed; None when it has slips within its texts only.

    feedparser reads such a feed as far as it goes, and tells of its first error only; libxml2 goes on and tells of all.
    """
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    etree.fromstring(body, parser=parser)
    return why_entries_may_be_missing(parser.error_log)


def _local_names(entry: Mapping[str, object], prefixes: tuple[str, ...]) -> dict[str, object]:
    names: dict[str, object] = {}
    for key, value in entry.items():
        prefix = next((prefix for prefix in prefixes if key.startswith(prefix)), "")
        names.setdefault(key[len(prefix) :], value)
    return names


def _stated(fields: Mapping[str, object], name: str) -> str | None:
    return next((text for key in _FIELDS[name] if (text := word(fields.get(key)))), None)


def _draft(fields: Mapping[str, object], *, feed: _Feed, places: tuple[JobLocation, ...], found: Collected) -> PostingDraft:
    title, employer = (html.unescape(text) if text else None for text in (word(fields.get("title")), _stated(fields, "employer")))
    description = _description(fields)
    if title is None and not description:
        raise RecordInvalid("no_text", "the entry has neither a title nor a text")
    if feed.titles_name_employer and employer is None and title and ": " in title:
        employer, title = title.split(": ", 1)
    types, unread = read_employment_types(filter(None, [_stated(fields, "employment")]))
    for text in unread:
        found.note_unread("employment_type", text)
    remote = (_stated(fields, "remote") or "").casefold()
    return PostingDraft(
        native_id=_stated(fields, "native_id") or word(fields.get("id")),
        url=urljoin(feed.url, word(fields.get("link")) or "") if fields.get("link") else None,
        title=title,
        hiring_organization=employer,
        description=description,
        language=feed.language,
        date_posted=_told("date_posted", fields.get("published") or fields.get("updated"), found),
        date_modified=read_datetime(fields.get("updated")),
        valid_through=_told("valid_through", _stated(fields, "expires"), found),
        employment_type=types,
        job_locations=places or tuple(_places(fields, feed.countries)),
        telecommute=True if remote in _REMOTE else None,
        base_salary=_salary(fields),
        occupational_categories=tuple(_categories(fields)),
    )


def _told(name: str, value: object, found: Collected) -> date | None:
    day = read_date(value)
    if day is None and value:
        found.note_unread(name, str(value))
    return day


def _description(fields: Mapping[str, object]) -> str:
    contents = [text for entry in each(fields.get("content")) if isinstance(entry, Mapping) and isinstance(text := entry.get("value"), str)]
    summary = fields.get("summary")
    main = max([*contents, summary if isinstance(summary, str) else ""], key=len)
    parts = [main.strip()]
    for key, name in _SECTIONS.items():
        text = fields.get(key)
        if isinstance(text, str) and text.strip() and text.strip() not in main:
            parts.append(f"<h3>{name}</h3>{text.strip()}" if looks_like_html(text) or looks_like_html(main) else f"{name}:\n{text.strip()}")
    return "\n\n".join(filter(None, parts))


def _places(fields: Mapping[str, object], countries: Collection[str]) -> Iterator[JobLocation]:
    city, country = _stated(fields, "city"), _stated(fields, "country")
    words = _stated(fields, "place") or word(fields.get("region"))
    if city or country:
        place = make_place(
            text=None if city else words,
            locality=city,
            region=_stated(fields, "state"),
            postal_code=_stated(fields, "postcode"),
            country=country,
        )
    else:
        place = place_from_words(words, countries=countries)
    if place is not None:
        yield place


def _teamtailor_places(body: bytes) -> dict[str, tuple[JobLocation, ...]]:
    """Read Teamtailor's several locations per entry by guid, of which feedparser keeps the last only."""
    if _TEAMTAILOR[1:-1].encode() not in body:
        return {}
    root = etree.fromstring(body, parser=etree.XMLParser(recover=True, resolve_entities=False, no_network=True))
    found: dict[str, tuple[JobLocation, ...]] = {}
    for item in root.iter("item") if root is not None else ():
        places = [
            _teamtailor_place({name: word(location.findtext(f"{_TEAMTAILOR}{name}")) for name in ("name", "city", "zip", "country")})
            for location in item.iter(f"{_TEAMTAILOR}location")
        ]
        found[(item.findtext("guid") or "").strip()] = tuple(dict.fromkeys(filter(None, places)))
    return found


def _teamtailor_place(stated: Mapping[str, str | None]) -> JobLocation | None:
    name = stated["name"] if stated["name"] != stated["city"] else None
    return make_place(text=name, locality=stated["city"], postal_code=stated["zip"], country=stated["country"])


def _salary(fields: Mapping[str, object]) -> BaseSalary | None:
    low, high = read_amount(_stated(fields, "salary_low")), read_amount(_stated(fields, "salary_high"))
    currency, period = _stated(fields, "currency"), _stated(fields, "period")
    if low or high:
        return make_salary(low, high, currency=currency, period=period)
    return salary_from_text(_stated(fields, "salary") or "", currency=currency)


def _categories(fields: Mapping[str, object]) -> Iterator[OccupationalCategory]:
    labels = [word(tag.get("term")) for tag in each(fields.get("tags")) if isinstance(tag, Mapping)]
    labels += [word(fields.get("category")), _stated(fields, "department"), _stated(fields, "role")]
    for label in dict.fromkeys(filter(None, labels)):
        yield OccupationalCategory(scheme="board", label=label)
