"""Oracle Recruiting careers sites, recorded; `address` is the site's, https://{host}/hcmUI/CandidateExperience/en/sites/{site number}.

The site number is written CX or CX_1001. For a site whose address has a name instead, or whose careers site is on another host, give the
list's own address `https://{host}/hcmRestApi/resources/latest/recruitingCEJobRequisitions?finder=findReqs;siteNumber={site number}`.
A misspelt site is answered by 400 or an empty list, which looks like a site without openings: what was open is kept then.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote, urlsplit, urlunsplit

from crawlers.page_parsers import oracle_orc
from crawlers.spiders.json_api_spider import JsonApiSpider, OffsetPaging
from crawlers.spiders.step import Page, Step
from vacancies.source import Source

_SITE: Final = re.compile(r"(?:/sites/|siteNumber=)([^/?,;&]+)")
_OFFSET: Final = re.compile(r"\boffset=(\d+)")


class OracleOrc(JsonApiSpider):
    """A list, 100 at a time, and one answer per requisition."""

    platform = "oracle_orc"
    version = oracle_orc.VERSION
    page_parser = staticmethod(oracle_orc.parse)
    listing_states_more = True
    recognised_by = (r"//(?P<host>[\w.-]+\.oraclecloud\.com)/hcmUI/CandidateExperience/(?P<language>[\w-]+)/sites/(?P<site>[\w-]+)",)
    recognised_address = "https://{host}/hcmUI/CandidateExperience/{language}/sites/{site}"
    paging = OffsetPaging(page_size=100)

    def first_address(self, source: Source) -> str:
        """Give the address of the list's first page."""
        return list_address(source.address, offset=0)

    def offset_of(self, page: Page) -> int:
        """Tell with which record, counted from 0, a page begins."""
        stated = _OFFSET.search(unquote(page.url))
        return int(stated[1]) if stated else 0

    def page_at(self, page: Page, offset: int) -> Step:
        """Give the step to the page that begins with a record."""
        return Step(list_address(page.url, offset=offset), is_listing=True)


def list_address(address: str, *, offset: int) -> str:
    """Make a list's address of a site's or a list's; one that names no site leads to Oracle's first, CX."""
    parts = urlsplit(address)
    site = _SITE.search(unquote(f"{parts.path}?{parts.query}"))
    number = site[1] if site else "CX"
    finder = f"findReqs;siteNumber={number},limit=100,offset={offset},sortBy=POSTING_DATES_DESC"
    query = f"onlyData=true&expand=requisitionList.secondaryLocations&finder={finder}"
    return urlunsplit((parts.scheme, parts.netloc, "/hcmRestApi/resources/latest/recruitingCEJobRequisitions", query, ""))
