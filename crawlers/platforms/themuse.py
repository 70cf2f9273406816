"""The Muse (https://www.themuse.com/developers/api/v2), 20 advertisements a page.

One advertisement recorded, the paging written from the documentation. `address` is the API's address with its filters
(`https://www.themuse.com/api/public/jobs?location=Berlin%2C%20Germany`). It gives the first 100 pages only: filter by location or category.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from crawlers.page_parsers import themuse
from crawlers.page_parsers.page_reading import PageReading
from crawlers.spiders.json_api_spider import JsonApiSpider, with_parameters
from crawlers.spiders.step import Page, Step
from vacancies.source import Source

_PAGES: Final = 100  # that the service gives


class TheMuse(JsonApiSpider):
    """Pages by number, from 0."""

    platform = "themuse"
    version = themuse.VERSION
    page_parser = staticmethod(themuse.parse)
    recognised_by = (r"//www\.themuse\.com/api/public/jobs",)

    def first_address(self, source: Source) -> str:
        """Begin with page 0."""
        return with_parameters(super().first_address(source), {"page": 0})

    def following(self, page: Page, reading: PageReading | None) -> Iterable[Step]:
        """Go on to the last page that the service gives."""
        if reading is not None and reading.next_page == str(_PAGES):
            self.intake.gap(
                f"the service states {reading.stated_total} advertisements and gives {_PAGES} pages of them; filter the address"
            )
            return ()
        return super().following(page, reading)

    def next_step(self, page: Page, mark: str) -> Step:
        """Ask for a page by its number."""
        return Step(with_parameters(page.url, {"page": mark}), is_listing=True)
