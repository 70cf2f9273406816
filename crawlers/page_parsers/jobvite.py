"""Jobvite careers sites: `GET /{company}/jobs/viewall` is a page with every job, each job's page states a JobPosting.

There is no documentation for the public. Newer sites lead on to /careers/{company}/jobs, whose page is read alike; a site's search has the
same rows and, on large sites, pages. A job is linked several times (its row, "apply"). The company's first page holds no jobs.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final
from urllib.parse import urljoin, urlsplit

from crawlers.page_parsers.html_page import html_tree
from crawlers.page_parsers.page_of_posting import read_page
from crawlers.page_parsers.page_reading import DetailLink, PageReading
from vacancies.error import RecordInvalid

VERSION: Final = "1"
_DETAILS: Final = re.compile(r"^(?P<page>.*/job/(?P<id>\w+))(?:/apply)?/?$")
_NEXT: Final = "jv-pagination-next"
_SITE: Final = "jv-"  # begins every class of theirs


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read the list to links, or one job's page; raises RecordInvalid (`not_html`, `unexpected_shape`, `no_jobposting`)."""
    detail = _DETAILS.match(urlsplit(url).path)
    if detail:
        return read_page(body, url, native_id=detail["id"], countries=countries)
    tree = html_tree(body)
    company = urlsplit(url).path.removeprefix("/careers").split("/")[1]
    pages: dict[str, str] = {}
    upcoming = None
    for anchor in tree.iter("a"):
        address = urljoin(url, anchor.get("href", "").strip())
        found = _DETAILS.match(urlsplit(address).path)
        if found and company in found["page"].split("/"):
            pages.setdefault(found["id"], urljoin(address, found["page"]))
        elif _NEXT in (anchor.get("class") or "").split() and address != url:
            upcoming = address
    if not pages and not any(_SITE in (element.get("class") or "") for element in tree.iter("div", "section", "table", "p", "ul", "td")):
        raise RecordInvalid("unexpected_shape", "expected a page of a Jobvite site, found neither jobs nor any of its marks")
    return PageReading(details=tuple(DetailLink(page) for page in pages.values()), next_page=upcoming)
