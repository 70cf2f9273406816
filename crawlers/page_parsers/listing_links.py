"""Where a listing leads: sitemaps (https://www.sitemaps.org/protocol.html) and HTML listing pages."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urldefrag, urljoin

from lxml import etree
from lxml.html import HtmlElement

from crawlers.page_parsers.html_page import html_tree
from crawlers.page_parsers.job_links import JOB_ADDRESS, job_links
from vacancies.error import RecordInvalid

_LARGEST: Final = 64 * 1024 * 1024  # bytes of an unpacked sitemap; the protocol allows 50 MB


@dataclass(frozen=True)
class ListingLinks:
    """What a listing page names: advertisements, further listing pages, and how many links were of neither kind.

    HTML pages lead to much else, so there `skipped` counts only where no advertisement is named.
    `changed` holds a sitemap's lastmod by address, as written.
    """

    details: tuple[str, ...] = ()
    listings: tuple[str, ...] = ()
    skipped: int = 0
    changed: Mapping[str, str] = field(default_factory=dict)


def listing_links(body: bytes, url: str, *, details: re.Pattern[str] | None = None) -> ListingLinks:
    """Read a listing: a sitemap, a sitemap index, or an HTML page.

    `details` tells advertisements' addresses; without it they are known by a number behind a word for job (JOB_ADDRESS), on HTML pages also
    by what links are called and where they stand (`job_links`).

    Raises RecordInvalid (`broken_sitemap`, `not_html`).
    """
    if is_sitemap(body):
        return sitemap_links(body, url, details=details)
    return html_links(body, url, details=details)


def is_sitemap(body: bytes) -> bool:
    """Tell whether the body is a sitemap: XML with its root element, or gzip."""
    head = body[:1000].lstrip()
    return body[:2] == b"\x1f\x8b" or b"<urlset" in head or b"<sitemapindex" in head


def sitemap_links(body: bytes, url: str, *, details: re.Pattern[str] | None = None) -> ListingLinks:
    """Read a sitemap or sitemap index, plain or gzip; raises RecordInvalid `broken_sitemap`."""
    try:
        root = etree.fromstring(_unpacked(body), parser=etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except (etree.XMLSyntaxError, zlib.error) as error:
        raise RecordInvalid("broken_sitemap", f"the sitemap is not XML: {error}") from error
    name = etree.QName(root).localname
    if name not in {"urlset", "sitemapindex"}:
        raise RecordInvalid("broken_sitemap", f"expected urlset or sitemapindex, found <{name}>")
    addresses = _unique(urljoin(url, (element.text or "").strip()) for element in root.iterfind("./{*}*/{*}loc"))
    if name == "sitemapindex":
        return ListingLinks(listings=addresses)
    jobs = tuple(address for address in addresses if (details or JOB_ADDRESS).search(address))
    return ListingLinks(details=jobs, skipped=len(addresses) - len(jobs), changed=_changed(root, url))


def _changed(root: etree._Element, url: str) -> dict[str, str]:
    """Give lastmod by address, for those that state one."""
    found = {}
    for entry in root.iterfind("./{*}url"):
        address, changed = (entry.findtext(f"{{*}}{name}", "").strip() for name in ("loc", "lastmod"))
        if address and changed:
            found[urljoin(url, address)] = changed
    return found


def html_links(body: bytes, url: str, *, details: re.Pattern[str] | None = None) -> ListingLinks:
    """Read an HTML listing: advertisements as `listing_links` says, the next page by rel="next"; raises RecordInvalid `not_html`."""
    tree = html_tree(body)
    base = next((urljoin(url, element.get("href", "")) for element in tree.iter("base")), url)
    links = [(urldefrag(urljoin(base, element.get("href", "").strip()))[0], element) for element in tree.iter("a", "link")]
    following = _unique(address for address, element in links if "next" in (element.get("rel") or "").lower().split())
    others = [(address, element) for address, element in links if element.tag == "a" and _may_be_job(element)]
    others = [(address, element) for address, element in others if address != url and address not in following]
    named = job_links(others, url) if details is None else [address for address, _ in others if details.search(address)]
    jobs = _unique(named)
    skipped = 0 if jobs else len(_unique(address for address, _ in others))
    return ListingLinks(details=jobs, listings=following, skipped=skipped)


def _may_be_job(element: HtmlElement) -> bool:
    relation = (element.get("rel") or "").lower().split()
    return not {"nofollow", "next", "prev"} & set(relation)


def _unpacked(body: bytes) -> bytes:
    if body[:2] != b"\x1f\x8b":
        return body
    unpacker = zlib.decompressobj(wbits=31)
    unpacked = unpacker.decompress(body, _LARGEST)
    if unpacker.unconsumed_tail:
        raise RecordInvalid("broken_sitemap", f"the sitemap unpacks to more than {_LARGEST} bytes")
    return unpacked


def _unique(addresses: Iterable[str]) -> tuple[str, ...]:
    stripped = (address.strip() for address in addresses)
    return tuple(dict.fromkeys(address for address in stripped if address.startswith(("http://", "https://"))))
