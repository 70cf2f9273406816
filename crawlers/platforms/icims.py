"""iCIMS careers portals, list recorded; `address` is the name before .icims.com, such as careers-acme.

The jobs' own pages are unverified: no recorded answer. A portal on another host needs the full address of its search, https://{host}/jobs/search.
A portal whose jobs have moved to a newer site (it answers with a script that leads there) fails: crawl the newer site's pages by `jsonld`.
"""

from __future__ import annotations

from crawlers.page_parsers import icims
from crawlers.spiders.board_spider import BoardSpider
from crawlers.spiders.json_api_spider import with_parameters
from crawlers.spiders.step import Page, Step
from vacancies.source import Source


class Icims(BoardSpider):
    """The search's pages, by number from 0, and a page per job."""

    platform = "icims"
    version = icims.VERSION
    page_parser = staticmethod(icims.parse)
    recognised_by = (r"//(?!www\.|cdn\d*\.|developer\.)(?P<address>[\w-]+)\.icims\.com\b",)
    address_template = "https://{address}.icims.com/jobs/search"

    def first_address(self, source: Source) -> str:
        """Give the address of the search's first page."""
        return with_parameters(super().first_address(source), {"ss": 1, "in_iframe": 1, "pr": 0})

    def next_step(self, page: Page, mark: str) -> Step:
        """Ask for a page by its number."""
        return Step(with_parameters(page.url, {"pr": mark}), is_listing=True)
