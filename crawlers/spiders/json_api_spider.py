"""JSON APIs: whole boards in one answer, or page by page with an offset."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawlers.page_parsers.page_reading import PageReading
from crawlers.spiders.board_spider import BoardSpider, Page, Step
from vacancies.source import Source


class OffsetPaging(NamedTuple):
    """Pages asked for by offset and limit; `largest_offset` is where the service stops giving."""

    page_size: int
    offset: str = "offset"
    limit: str = "limit"
    largest_offset: int | None = None


class JsonApiSpider(BoardSpider):
    """Asks an API for its records; with `paging` until a page is the last one."""

    paging: ClassVar[OffsetPaging | None] = None

    def first_address(self, source: Source) -> str:
        """Give the API's address with the first page's parameters."""
        address = super().first_address(source)
        return with_parameters(address, {self.paging.offset: 0, self.paging.limit: self.paging.page_size}) if self.paging else address

    def following(self, page: Page, reading: PageReading | None) -> Iterable[Step]:
        """Give the next page, until a page holds fewer records than asked for or all that the service states."""
        if self.paging is None or reading is None:
            return
        held = len(reading.drafts) + len(reading.rejected) + len(reading.withdrawn)
        offset = _parameter(page.url, self.paging.offset) + held
        is_last = offset >= reading.stated_total if reading.stated_total is not None else held < self.paging.page_size
        if is_last:
            return
        if held == 0:
            self.intake.gap(f"the service states {reading.stated_total} records, but gives none from {offset} on")
        elif self.paging.largest_offset is not None and offset > self.paging.largest_offset:
            self.intake.gap(f"the service states {reading.stated_total} records, but gives no more than the first {offset}")
        else:
            yield Step(with_parameters(page.url, {self.paging.offset: offset}), is_listing=True)


def with_parameters(url: str, parameters: dict[str, int]) -> str:
    """Set parameters of an address, keeping the others."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True)) | {name: str(value) for name, value in parameters.items()}
    return urlunsplit(parts._replace(query=urlencode(query)))


def _parameter(url: str, name: str) -> int:
    value = dict(parse_qsl(urlsplit(url).query)).get(name, "0")
    return int(value) if value.isdigit() else 0
