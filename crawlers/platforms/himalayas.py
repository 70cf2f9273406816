"""Himalayas (https://himalayas.app/api), page by page with a cursor; recorded.

`address` is the API's address (`https://himalayas.app/jobs/api?limit=20`). Its terms ask for a link back.
"""

from __future__ import annotations

from crawlers.page_parsers import himalayas
from crawlers.spiders.json_api_spider import JsonApiSpider, with_parameters
from crawlers.spiders.step import Page, Step


class Himalayas(JsonApiSpider):
    """The cursor of each page leads to the next; it never gives an advertisement twice. (The offset is deprecated since August 2026.)"""

    platform = "himalayas"
    version = himalayas.VERSION
    page_parser = staticmethod(himalayas.parse)
    recognised_by = (r"//himalayas\.app/jobs/api",)
    max_listing_pages = 20_000

    def next_step(self, page: Page, mark: str) -> Step:
        """Ask for the page behind a cursor."""
        return Step(with_parameters(page.url, {"cursor": mark}), is_listing=True)
