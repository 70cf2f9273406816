"""Recognising a platform, by an address alone or by what a page holds; fetches nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple
from urllib.parse import urljoin, urlsplit

from crawlers.page_parsers import jobposting_page, json_feed
from crawlers.page_parsers.html_page import html_tree
from crawlers.page_parsers.listing_links import is_sitemap, listing_links
from crawlers.registry import platforms
from vacancies.error import RecordInvalid

_FEED_TYPES: Final = {"application/rss+xml": "rss", "application/atom+xml": "rss", "application/feed+json": "jsonfeed"}
_JOB_WORDS: Final = re.compile(r"job|stelle|emploi|offre|vacan|praca|empleo|lavoro|karriere|career|annons", re.IGNORECASE)
_LANGUAGE: Final = re.compile(r"^[a-zA-Z]{2}(?:[-_].*)?$")
_TITLE_PARTS: Final = re.compile(r"\s+[|\u2013\u2014\u00b7\u2022-]\s+")  # between a page's title and the site's name
_MOST_LINKS: Final = 2000
_LISTED: Final = 20  # links to advertisements; a page with so many is a list, whatever it states itself


class Candidate(NamedTuple):
    """A platform that may serve the board, the row's address there, how sure that is (0 to 1), and by what it was recognised."""

    platform: str
    address: str
    sure: float
    because: str


class Stated(NamedTuple):
    """What a page's JobPosting objects and its lang attribute state: how many objects, languages, countries of the work places."""

    postings: int = 0
    languages: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()


class PageSigns(NamedTuple):
    """What a page shows: candidates, languages and countries that it states, its site's name, and one advertisement's page.

    `is_advertisement` says that the page itself is one, `is_page` that it is HTML, `links` counts its links to advertisements.
    """

    candidates: tuple[Candidate, ...] = ()
    languages: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    name: str | None = None
    job_page: str | None = None
    is_advertisement: bool = False
    is_page: bool = False
    links: int = 0


def by_address(url: str, *, because: str = "the address is one of its hosts", sure: float = 0.95) -> Iterator[Candidate]:
    """Recognise an address by the platforms' own patterns (`recognised_by`)."""
    for name, spider in platforms().items():
        for pattern in spider.recognised_by:
            match = re.search(pattern, url)
            if match is not None:
                parts = {key: value for key, value in match.groupdict().items() if value}
                yield Candidate(name, spider.recognised_address.format(**{"address": url, **parts}), sure, because)
                break


def by_page(body: bytes, url: str) -> PageSigns:
    """Recognise what a page holds: a feed, a sitemap, advertisements stated in it, links and embeds of platforms, links to feeds."""
    machine = tuple(_machine_readable(body, url))
    if machine:
        return PageSigns(machine)
    try:
        tree = html_tree(body)
    except RecordInvalid:
        return PageSigns()
    links = [
        urljoin(url, value)
        for element in tree.iter("a", "iframe", "script", "link", "form")
        if (value := element.get("href") or element.get("src") or element.get("action"))
    ][:_MOST_LINKS]
    found = list(_of_page(body, url))
    for link in dict.fromkeys(links):
        found += by_address(link, because=f"the page leads to {link[:120]}", sure=0.85)
    text = body.decode("utf-8", "replace")
    for address in dict.fromkeys(re.findall(r"https?:\\?/\\?/[\w.-]+[^\s\"'<>\\]*", text)[:_MOST_LINKS]):
        found += by_address(address, because=f"the page's scripts name {address[:120]}", sure=0.75)
    for element in tree.iter("link"):
        platform = _FEED_TYPES.get((element.get("type") or "").lower())
        if platform and (address := element.get("href")):
            title = element.get("title") or ""
            sure = 0.6 if _JOB_WORDS.search(address + title) else 0.3
            found.append(Candidate(platform, urljoin(url, address), sure, f"the page names a feed {title[:60]}".strip()))
    details = _job_pages(body, url)
    stated = stated_by(body, url)
    is_advertisement = stated.postings == 1 and len(details) < _LISTED
    return PageSigns(
        _best_first(found),
        tuple(dict.fromkeys([*stated.languages, *_languages(tree)])),
        stated.countries or tuple(dict.fromkeys(_countries(tree))),
        _name(tree, is_advertisement=is_advertisement),
        next(iter(details), None),
        is_advertisement=is_advertisement,
        is_page=True,
        links=len(details),
    )


def stated_by(body: bytes, url: str) -> Stated:
    """Read what a page states of its advertisements' languages and countries; nothing for what is no page."""
    try:
        tree = html_tree(body)
    except RecordInvalid:
        return Stated()
    try:
        drafts = jobposting_page.parse(body, url).drafts
    except RecordInvalid:
        drafts = ()
    own = tree.get("lang") or ""
    languages = [*([own[:2].lower()] if _LANGUAGE.match(own) else []), *(draft.language for draft in drafts if draft.language)]
    countries = [place.country for draft in drafts for place in draft.job_locations if place.country]
    return Stated(len(drafts), tuple(dict.fromkeys(languages)), tuple(dict.fromkeys(countries)))


def by_job_page(body: bytes, url: str, listing: str) -> Candidate:
    """Tell by one advertisement's page how all of a listing's pages are to be read."""
    try:
        stated = bool(jobposting_page.parse(body, url).drafts)
    except RecordInvalid:
        stated = False
    if stated:
        return Candidate("jsonld", listing, 0.9, f"{url} states a schema.org JobPosting")
    return Candidate(
        "generic", listing, 0.4, f"{url} states no JobPosting; its pages would be read by how they are built, which is guessed"
    )


def sitemaps_of(robots: str, url: str) -> list[str]:
    """List the sitemaps that a robots.txt names, those that speak of jobs first."""
    found = [urljoin(url, line.split(":", 1)[1].strip()) for line in robots.splitlines() if line.strip().lower().startswith("sitemap:")]
    return jobs_first(found)


def jobs_first(addresses: Iterable[str]) -> list[str]:
    """Order addresses, each once: those that speak of jobs first."""
    return sorted(dict.fromkeys(addresses), key=lambda address: not speaks_of_jobs(address))


def _machine_readable(body: bytes, url: str) -> Iterator[Candidate]:
    head = body[:4000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if is_sitemap(body):
        yield Candidate("jsonld", url, 0.6, "the address is a sitemap; its pages must state JobPosting")
    elif re.match(rb"(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)?<(?:rss|feed|rdf:RDF)\b", head, re.DOTALL):
        yield Candidate("rss", url, 0.9, "the address is an RSS or Atom feed; it must hold every open advertisement")
    elif head.startswith(b"<?xml") or head.startswith(b"<source"):
        platform = "indeedxml" if b"<source" in head and b"<job>" in body and "indeedxml" in platforms() else "feedfile"
        yield Candidate(platform, url, 0.6, "the address is XML")
    elif head.startswith(b"{"):
        try:
            json_feed.parse(body, url)
        except RecordInvalid:
            yield Candidate("feedfile", url, 0.3, "the address is JSON; it needs a mapping (labourscope ingest --draft-mapping)")
        else:
            yield Candidate("jsonfeed", url, 0.9, "the address is a JSON Feed")
    elif head.startswith(b"["):
        yield Candidate("feedfile", url, 0.3, "the address is JSON; it needs a mapping (labourscope ingest --draft-mapping)")


def _of_page(body: bytes, url: str) -> Iterator[Candidate]:
    """Look for advertisements that the page itself states; one is an advertisement's page, several a listing that holds them."""
    postings = stated_by(body, url).postings
    if postings:
        because = f"the page states {postings} schema.org JobPosting; give the board's listing page or sitemap as address"
        yield Candidate("jsonld", url, 0.8, because)


def _job_pages(body: bytes, url: str) -> list[str]:
    """List the advertisements' pages on its own host that a listing leads to."""
    try:
        details = listing_links(body, url).details
    except RecordInvalid:
        return []
    host = urlsplit(url).netloc
    return [address for address in details if urlsplit(address).netloc == host]


def speaks_of_jobs(url: str) -> bool:
    """Tell whether an address has a word for job in it."""
    return _JOB_WORDS.search(urlsplit(url).path) is not None


def _languages(tree: object) -> Iterator[str]:
    for element in tree.iter("html", "link"):  # type: ignore[attr-defined]  # lxml's element
        code = element.get("lang") or element.get("hreflang") or ""
        if _LANGUAGE.match(code):
            yield code[:2].lower()


def _countries(tree: object) -> Iterator[str]:
    for element in tree.iter("html", "link"):  # type: ignore[attr-defined]  # lxml's element
        match = re.match(r"^[a-zA-Z]{2}[-_]([a-zA-Z]{2})$", element.get("lang") or element.get("hreflang") or "")
        if match:
            yield match[1].upper()


def _name(tree: object, *, is_advertisement: bool) -> str | None:
    """Give the site's name; of an advertisement's title only what stands behind it, since the title names the job."""
    for element in tree.iter("meta"):  # type: ignore[attr-defined]  # lxml's element
        if element.get("property") == "og:site_name" and element.get("content"):
            return " ".join(element.get("content").split())[:80]
    title = tree.findtext(".//title")  # type: ignore[attr-defined]
    parts = _TITLE_PARTS.split(title.strip()) if title else []
    if is_advertisement:
        return " ".join(parts[-1].split())[:80] if len(parts) > 1 else None
    return " ".join(title.split())[:80] if title and title.strip() else None


def _best_first(found: list[Candidate]) -> tuple[Candidate, ...]:
    """Keep the surest of each platform and address."""
    best: dict[tuple[str, str], Candidate] = {}
    for candidate in found:
        key = (candidate.platform, candidate.address)
        if key not in best or best[key].sure < candidate.sure:
            best[key] = candidate
    return tuple(sorted(best.values(), key=lambda candidate: -candidate.sure))
