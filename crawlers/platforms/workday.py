"""Workday careers sites, recorded; `address` is the site's, such as https://acme.wd3.myworkdayjobs.com/External.

A site lists no more than 2,000 postings. Where it states that many, the question is split by a facet that its answer offers, and each part
again, until every part is below; what no split reaches is a gap, with the number of postings that the site counts. A misspelt tenant or
site is answered by 404 or 422 and fails, a site without postings is an empty board.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from crawlers.intake import BoardIntake
from crawlers.job import CrawlOptions
from crawlers.page_parsers import workday
from crawlers.page_parsers.page_reading import PageReading
from crawlers.page_parsers.workday_slices import CAP, PAGE_SIZE, Question, facets_of, postings_counted, split
from crawlers.spiders.board_spider import BoardSpider
from crawlers.spiders.step import Page, Step
from vacancies.source import Source

_LANGUAGE: Final = re.compile(r"^[a-z]{2}-[A-Z]{2}$")


class Workday(BoardSpider):
    """A list by POST, split where it is capped, and one answer per posting."""

    platform = "workday"
    version = workday.VERSION
    page_parser = staticmethod(workday.parse)
    listing_states_more = True
    recognised_by = (r"//(?P<host>[\w-]+\.wd\d+\.myworkdayjobs\.com)/(?:[a-z]{2}-[A-Z]{2}/)?(?!wday\b)(?P<site>[\w-]+)",)
    recognised_address = "https://{host}/{site}"

    def __init__(self, source: Source, intake: BoardIntake, options: CrawlOptions) -> None:
        super().__init__(source, intake, options)
        self._named: set[int] = set()  # hashes of the postings' addresses
        self._counted = 0  # postings of a board that is too large for one list, as its facets count them

    def first_address(self, source: Source) -> str:
        """Give the address of the site's list."""
        return list_address(source.address)

    def first_steps(self) -> Iterable[Step]:
        """Ask for the first page of the whole board."""
        return (_step(self.first, Question()),)

    def next_step(self, page: Page, mark: str) -> Step:
        """Ask for the page that a mark names."""
        return _step(page.url, Question.of_name(mark))

    def following(self, page: Page, reading: PageReading | None) -> Iterable[Step]:
        """Lead to the postings and the next page; the first page of a slice that is capped leads to its parts instead."""
        if reading is None:
            return
        self._named.update(hash(link.url) for link in reading.details)
        upcoming = Question.of_name(reading.next_page) if reading.next_page else None
        parts: tuple[Question, ...] = ()
        if upcoming and upcoming.offset <= PAGE_SIZE and (reading.stated_total or 0) >= CAP:
            facets = facets_of(page.body)
            self._counted = max(self._counted, postings_counted(facets))
            parts = split(upcoming, facets)
            if not parts:
                where = " and ".join(f"{parameter}={value}" for parameter, value in upcoming.facets) or "the board"
                self.intake.gap(f"{where} has {CAP} postings or more and no facet to split by, so only the first {CAP} can be reached")
        yield from super().following(page, replace(reading, next_page=None) if parts else reading)
        yield from (_step(page.url, part) for part in parts)

    def closed(self, reason: str) -> None:
        """Compare what was named with what the site counts (Scrapy calls this)."""
        super().closed(reason)
        if self.intake.is_paused:
            return
        if len(self._named) < self._counted:
            self.intake.gap(f"the site counts {self._counted} postings, {len(self._named)} different ones could be reached")


def list_address(address: str) -> str:
    """Make the list's address of a site's, whose host begins with the tenant; a list's own address is given as it is."""
    parts = urlsplit(address)
    names = [name for name in parts.path.split("/") if name and not _LANGUAGE.match(name)]
    if names[:2] == ["wday", "cxs"]:
        return address
    tenant = parts.netloc.split(".")[0]
    return urlunsplit((parts.scheme, parts.netloc, f"/wday/cxs/{tenant}/{names[0] if names else tenant}/jobs", "", ""))


def _step(url: str, question: Question) -> Step:
    return Step(url, is_listing=True, body=json.dumps(question.body()).encode(), name=question.name)
