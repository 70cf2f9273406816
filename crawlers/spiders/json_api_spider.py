"""JSON APIs: whole boards in one answer, or page by page with an offset."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import ClassVar, NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawlers.intake import BoardIntake
from crawlers.job import CrawlOptions
from crawlers.page_parsers.page_reading import PageReading
from crawlers.spiders.board_spider import BoardSpider
from crawlers.spiders.step import Page, Step
from vacancies.key_map import KeyMap, key_of
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
    names_all_it_states: ClassVar[bool] = False
    """Whether `stated_total` counts different advertisements, so that fewer of them mean that pages were repeated."""

    def __init__(self, source: Source, intake: BoardIntake, options: CrawlOptions) -> None:
        super().__init__(source, intake, options)
        self._named = KeyMap()  # the ids and addresses that the listing's pages have named

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
        """Give the next page, until a page holds fewer records than asked for or all that the service states.

        A page that names only what former pages named ends the listing with a gap: the service does not heed the offset.
        """
        if reading is None or not page.is_listing:
            yield from super().following(page, reading)
            return
        says_new = self._takes_note(reading)
        names_any = bool(reading.drafts or reading.withdrawn or reading.details)
        is_lost = reading.next_page is not None and not self.listing.leads_on(page.url, names_any=names_any, names_new=says_new)
        yield from super().following(page, replace(reading, next_page=None) if is_lost else reading)
        if reading.next_page:
            return
        if self.paging is None:
            self._compare(reading)
            return
        held = len(reading.drafts) + len(reading.rejected) + len(reading.withdrawn) + len(reading.details)
        offset = self.offset_of(page) + (self.paging.page_size if self.paging.counts_pages and held else held)
        is_last = offset >= reading.stated_total if reading.stated_total is not None else held < self.paging.page_size
        if is_last:
            self._compare(reading)
        elif held == 0:
            self.intake.gap(f"the service states {reading.stated_total} records, but gives none from {offset} on")
        elif not says_new:
            self.intake.gap(f"the page before record {offset} names nothing but what former pages named, so the rest could not be reached")
        elif self.paging.largest_offset is not None and offset > self.paging.largest_offset:
            self.intake.gap(f"the service states {reading.stated_total} records, but gives no more than the first {offset}")
        else:
            yield self.page_at(page, offset)

    def _takes_note(self, reading: PageReading) -> bool:
        """Remember what a page names; tells whether any of it is new."""
        drafts = (draft.native_id or draft.url or draft.model_dump_json() for draft in reading.drafts)
        named_before = len(self._named)
        for name in (*drafts, *reading.withdrawn, *(link.url for link in reading.details)):
            self._named.put(key_of(name))
        return len(self._named) > named_before or bool(reading.rejected)

    def _compare(self, reading: PageReading) -> None:
        total, named = reading.stated_total, len(self._named)
        if self.names_all_it_states and total is not None and named < total:
            self.intake.gap(f"the service states {total} advertisements, but its pages name {named} different ones only")


def with_parameters(url: str, parameters: Mapping[str, int | str]) -> str:
    """Set parameters of an address, keeping the others, repeated ones too."""
    parts = urlsplit(url)
    to_set = {name: str(value) for name, value in parameters.items()}
    pairs = [
        (name, to_set.pop(name, None) if name in parameters else value) for name, value in parse_qsl(parts.query, keep_blank_values=True)
    ]
    return urlunsplit(parts._replace(query=urlencode([(name, value) for name, value in (*pairs, *to_set.items()) if value is not None])))


def _parameter(url: str, name: str) -> int:
    value = dict(parse_qsl(urlsplit(url).query)).get(name, "0")
    return int(value) if value.isdigit() else 0
