"""Phenom careers sites, list recorded; `address` is the search's, such as https://careers.acme.example/global/en/search-results.

The jobs' own pages are unverified: no recorded answer. Many a Phenom site stands before a Workday one: where an advertisement's "apply"
leads to myworkdayjobs.com, crawl that instead (`workday`), not both.
"""

from __future__ import annotations

from crawlers.page_parsers import phenom
from crawlers.spiders.json_api_spider import JsonApiSpider, OffsetPaging, with_parameters
from vacancies.source import Source


class Phenom(JsonApiSpider):
    """The search's pages, 10 jobs each, and a page per job."""

    platform = "phenom"
    version = phenom.VERSION
    page_parser = staticmethod(phenom.parse)
    listing_states_more = True
    paging = OffsetPaging(page_size=10, offset="from", limit=None)
    names_all_it_states = True

    def first_address(self, source: Source) -> str:
        """Give the address of the search's first page."""
        return with_parameters(super().first_address(source), {"s": 1})
