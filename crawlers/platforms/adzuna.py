"""Adzuna (https://developer.adzuna.com), 50 hits a page, with excerpts of the texts only; hits of 2018 recorded.

`address` is the country with filters ("gb", "gb?where=Leeds") or the address of a search's first page; `credentials` are `app_id` and
`app_key`. Its terms ask for attribution, and forbid storing what is shown beyond what they allow: read them first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from crawlers.page_parsers import adzuna
from crawlers.page_parsers.page_reading import PageReading
from crawlers.spiders.json_api_spider import JsonApiSpider, with_parameters
from crawlers.spiders.step import Page, Step
from vacancies.source import Source

_PAGE_SIZE: Final = 50
_PAGE: Final = re.compile(r"/search/(\d+)$")


class Adzuna(JsonApiSpider):
    """The number of the page is the end of the address's path."""

    platform = "adzuna"
    version = adzuna.VERSION
    page_parser = staticmethod(adzuna.parse)
    recognised_by = (r"//api\.adzuna\.com/v1/api/jobs/",)
    needed_credentials = ("app_id", "app_key")

    def first_address(self, source: Source) -> str:
        """Write the address of a country's search where the row names the country only."""
        country, _, query = source.address.partition("?")
        return source.address if "://" in source.address else f"https://api.adzuna.com/v1/api/jobs/{country}/search/1?{query}"

    def first_steps(self) -> Iterable[Step]:
        """Ask for the first page."""
        return (self._page(self.first, 1),)

    def following(self, page: Page, reading: PageReading | None) -> Iterable[Step]:
        """Give the next page, until all that the service states were given."""
        if reading is None or reading.stated_total is None:
            return
        match = _PAGE.search(urlsplit(page.url).path)
        number = int(match[1]) if match else 1
        if number * _PAGE_SIZE >= reading.stated_total:
            return
        if reading.drafts or reading.rejected:
            yield self._page(page.url, number + 1)
        else:
            self.intake.gap(f"the service states {reading.stated_total} hits, but gives none from {(number - 1) * _PAGE_SIZE} on")

    def _page(self, url: str, number: int) -> Step:
        parts = urlsplit(url)
        numbered = urlunsplit(parts._replace(path=_PAGE.sub(f"/search/{number}", parts.path)))
        keys = {name: self.credentials[name] for name in self.needed_credentials}
        return Step(with_parameters(numbered, {**keys, "results_per_page": _PAGE_SIZE}), is_listing=True)
