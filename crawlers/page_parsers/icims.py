"""iCIMS careers portals: `GET /jobs/search?ss=1&in_iframe=1&pr={page}` is a page of cards, each job's page states a JobPosting.

There is no documentation for the public. Without `in_iframe=1` a portal answers with a frame only; a portal whose jobs have moved to a
newer site answers with a script that leads there. Pages are counted from 0, and say "Page 1 of 3".
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final
from urllib.parse import parse_qs, urljoin, urlsplit

from lxml.html import HtmlElement

from crawlers.page_parsers.html_page import html_tree
from crawlers.page_parsers.page_of_posting import read_page, without_query
from crawlers.page_parsers.page_reading import DetailLink, PageReading
from vacancies.error import RecordInvalid

VERSION: Final = "1"
_DETAILS: Final = re.compile(r"/jobs/(\d+)/(?:[^/]+/)?job\b")
_PAGES: Final = re.compile(r"\bPage\s+\d+\s+of\s+(\d+)")
_NEXT: Final = re.compile(r"[?&]pr=(\d+)")
_FRAME: Final = "icims_content_iframe"


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read a page of the search to links, or one job's page; raises RecordInvalid (`not_html`, `unexpected_shape`, `no_jobposting`).

    `next_page` is the number of the next page.
    """
    detail = _DETAILS.search(urlsplit(url).path)
    if detail:
        return read_page(body, url, native_id=detail[1], countries=countries)
    tree = html_tree(body)
    addresses = [urljoin(url, anchor.get("href", "").strip()) for anchor in tree.iter("a")]
    pages = dict.fromkeys(without_query(address) for address in addresses if _DETAILS.search(urlsplit(address).path))
    if not pages and not _is_portal(tree):
        raise RecordInvalid(
            "unexpected_shape", "expected a page of an iCIMS portal with its jobs, found a frame or a page that leads elsewhere"
        )
    upcoming = int(parse_qs(urlsplit(url).query).get("pr", ["0"])[0]) + 1
    return PageReading(
        details=tuple(DetailLink(f"{page}?in_iframe=1") for page in pages),
        next_page=str(upcoming) if pages and _goes_on(tree, addresses, upcoming) else None,
    )


def _is_portal(tree: HtmlElement) -> bool:
    """Tell whether the page is a portal's own, which may say that there are no jobs."""
    classes = " ".join(element.get("class") or "" for element in tree.iter("div", "ul", "form", "span", "p"))
    return "iCIMS_" in classes and not any(_FRAME in (frame.get("id") or "").lower() for frame in tree.iter("iframe"))


def _goes_on(tree: HtmlElement, addresses: list[str], upcoming: int) -> bool:
    """Tell whether there is one more page: by the number of pages that the page states, else by its links."""
    stated = _PAGES.search(" ".join(tree.text_content().split()))
    if stated:
        return upcoming < int(stated[1])
    return any(found and int(found[1]) == upcoming for found in map(_NEXT.search, addresses))
