"""JSON APIs: whole boards in one answer, or page by page with an offset."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawlers.page_parsers.page_reading import PageReading
from crawlers.spiders.board_spider import BoardSpider, Page, Step
from vacancies.source import Source


class OffsetPaging(NamedTuple):
    """Pages asked for by offset and limit, or by number (`counts_pages`); `largest_offset` (records) is where the service ends."""

    page_size: int
    offset: str = "offset"
    limit: str | None = "limit"
    largest_offset: int | None = None
    counts_pages: bool = False
    first: int = 0  # number of the first page


class JsonApiSpider(BoardSpider):
    """Asks an API for its records; with `paging` until a page is the last one."""

    paging: ClassVar[OffsetPaging | None] = None

    def first_address(self, source: Source) -> str:
        """Give the API's address with the first page's parameters."""
        address = super().first_address(source)
        return with_parameters(address, self.paging_parameters(0)) if self.paging else address

    def paging_parameters(self, offset: int) -> dict[str, int]:
        """Give the parameters of the page that begins with a record, counted from 0."""
        paging = self.paging
        if paging is None:
            return {}
        first = offset // paging.page_size + paging.first if paging.counts_pages else offset
        return {paging.offset: first} | ({paging.limit: paging.page_size} if paging.limit else {})

    def offset_of(self, page: Page) -> int:
        """Tell with which record, counted from 0, a page begins."""
        paging = self.paging
        if paging is None:
            return 0
        stated = _parameter(page.url, paging.offset)
        return (stated - paging.first) * paging.page_size if paging.counts_pages else stated

    def page_at(self, page: Page, offset: int) -> Step:
        """Give the step to the page that begins with a record."""
        return Step(with_parameters(page.url, self.paging_parameters(offset)), is_listing=True)

    def following(self, page: Page, reading: PageReading | None) -> Iterable[Step]:
        """Give the next page, until a page holds fewer records than asked for or all that the service states."""
        yield from super().following(page, reading)
        if self.paging is None or reading is None or not page.is_listing or reading.next_page:
            return
        held = len(reading.drafts) + len(reading.rejected) + len(reading.withdrawn) + len(reading.details)
        offset = self.offset_of(page) + (self.paging.page_size if self.paging.counts_pages and held else held)
        is_last = offset >= reading.stated_total if reading.stated_total is not None else held < self.paging.page_size
        if is_last:
            return
        if held == 0:
            self.intake.gap(f"the service states {reading.stated_total} records, but gives none from {offset} on")
        elif self.paging.largest_offset is not None and offset > self.paging.largest_offset:
            self.intake.gap(f"the service states {reading.stated_total} records, but gives no more than the first {offset}")
        else:
            yield self.page_at(page, offset)


def with_parameters(url: str, parameters: dict[str, int]) -> str:
    """Set parameters of an address, keeping the others."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True)) | {name: str(value) for name, value in parameters.items()}
    return urlunsplit(parts._replace(query=urlencode(query)))


def _parameter(url: str, name: str) -> int:
    value = dict(parse_qsl(urlsplit(url).query)).get(name, "0")
    return int(value) if value.isdigit() else 0
