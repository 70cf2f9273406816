"""Searches that give no more than so many results: questions are split, by date or by a list of values, until every part is under the cap.

The ways to split are known beforehand. (Services that offer facets with counts in their answers are split by those, see
`page_parsers/workday_slices.py`.)
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import ClassVar, Final, NamedTuple, Protocol
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawlers.crawl_memory import now
from crawlers.intake import BoardIntake
from crawlers.job import CrawlOptions
from crawlers.page_parsers.page_reading import PageReading
from crawlers.spiders.board_spider import BoardSpider
from crawlers.spiders.step import Page, Step
from vacancies.source import Source

Question = Mapping[str, str]
"""A search's parameters, without those of its paging."""

_MOST_PARTS: Final = 16  # of one split by date
_MOVED_MEANWHILE: Final = 0.01  # share of a board that may come and go while it is read
_NAMED: Final = 3  # questions that a message names


class Axis(Protocol):
    """A way to split a question."""

    def parts(self, question: Question, *, number: int) -> list[Question]:
        """Give what the parts ask for beyond (or in place of) the question, about so many of them; none where it cannot be split further.

        Together the parts hold all that the question holds, or what they leave out is counted by the spider.
        """
        ...


class ValueAxis(NamedTuple):
    """One part per value of a parameter that the question does not set yet."""

    parameter: str
    values: tuple[str, ...]

    def parts(self, question: Question, *, number: int) -> list[Question]:
        """See Axis."""
        return [] if self.parameter in question else [{**question, self.parameter: value} for value in self.values]


class DateAxis(NamedTuple):
    """Equal parts of a span of time, whose bounds count in; a question without bounds begins at `earliest` and ends tomorrow."""

    first: str
    last: str
    form: str = "%Y-%m-%dT%H:%M:%SZ"  # of the bounds, UTC
    step: timedelta = timedelta(seconds=1)  # the smallest distance of two points in time
    earliest: datetime = datetime(2020, 1, 1, tzinfo=UTC)

    def parts(self, question: Question, *, number: int) -> list[Question]:
        """See Axis."""
        first = self._bound(question.get(self.first)) or self.earliest
        last = self._bound(question.get(self.last)) or now().replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
        steps = (last - first) // self.step + 1
        count = min(max(number, 2), _MOST_PARTS, steps)
        if count < 2:
            return []
        begins = [first + self.step * (steps * at // count) for at in range(count)]
        ends = [*(begin - self.step for begin in begins[1:]), last]
        spans = zip(begins, ends, strict=True)
        return [{**question, self.first: begin.strftime(self.form), self.last: end.strftime(self.form)} for begin, end in spans]

    def _bound(self, text: str | None) -> datetime | None:
        return datetime.strptime(text, self.form).replace(tzinfo=UTC) if text else None


class SplitSearchSpider(BoardSpider, ABC):
    """Reads a search page by page; a question with more results than `cap` is split along the first axis that can.

    The parser gives `stated_total`. What no part can reach is a gap, with its number; so is what the parts together lack of the whole.
    """

    cap: ClassVar[int]
    """How many results of one question the service gives."""
    page_size: ClassVar[int]
    axes: ClassVar[tuple[Axis, ...]]
    """The ways to split, the best first: one whose parts hold everything, and no posting twice."""
    paging_parameters: ClassVar[frozenset[str]]
    """The parameters of the address that are no part of the question."""
    max_listing_pages = 100_000

    def __init__(self, source: Source, intake: BoardIntake, options: CrawlOptions) -> None:
        super().__init__(source, intake, options)
        self._whole: int | None = None  # what the first question states
        self._in_parts = 0  # what the parts state that were not split any more
        self._unreachable: list[tuple[int, str]] = []

    # --- the hooks

    def question_of(self, page: Page) -> Question:
        """Tell which question a page answers."""
        pairs = parse_qsl(urlsplit(page.url).query, keep_blank_values=True)
        return {name: value for name, value in pairs if name not in self.paging_parameters}

    @abstractmethod
    def offset_of(self, page: Page) -> int:
        """Tell with which result, counted from 0, a page begins."""

    @abstractmethod
    def paging(self, offset: int) -> dict[str, str]:
        """Give the parameters of the page that begins with a result."""

    def page_of(self, question: Question, offset: int) -> Step:
        """Give the step to a page of a question."""
        parts = urlsplit(self.first)
        return Step(urlunsplit(parts._replace(query=urlencode({**question, **self.paging(offset)}))), is_listing=True)

    # --- the way

    def first_steps(self) -> Iterable[Step]:
        """Ask the first page of the row's own question."""
        return (self.page_of(self.question_of(Page(self.first, b"", is_listing=True)), 0),)

    def following(self, page: Page, reading: PageReading | None) -> Iterable[Step]:
        """Split a question that states too many results; else give its next page."""
        if reading is None:
            return
        yield from super().following(page, reading)
        if not page.is_listing:
            return
        question, offset, total = self.question_of(page), self.offset_of(page), reading.stated_total
        if offset == 0 and total is not None and (parts := self._parts(question, total)):
            yield from (self.page_of(part, 0) for part in parts)
            return
        held = len(reading.drafts) + len(reading.rejected) + len(reading.withdrawn) + len(reading.details)
        reachable = self.cap if total is None else min(total, self.cap)
        if held and offset + self.page_size < reachable and (total is not None or held >= self.page_size):
            yield self.page_of(question, offset + self.page_size)
        elif total is None and offset + held >= self.cap:
            self._unreachable.append((0, urlencode(dict(question))))
        elif not held and total and offset < reachable:
            self.intake.gap(f"{urlencode(dict(question))}: the service states {total} results, but gives none from {offset} on")

    def _parts(self, question: Question, total: int) -> list[Question]:
        """Split a question where it must be; takes note of what cannot be split and of what the parts hold."""
        self._whole = total if self._whole is None else self._whole
        if total > self.cap:
            number = total // self.cap + 1
            for axis in self.axes:
                if parts := axis.parts(question, number=number):
                    return parts
            self._unreachable.append((total - self.cap, urlencode(dict(question))))
        self._in_parts += total
        return []

    def closed(self, reason: str) -> None:
        """Count what could not be reached (Scrapy calls this)."""
        super().closed(reason)
        if self.intake.is_paused:
            return
        if self._unreachable:
            beyond = sum(number for number, _ in self._unreachable)
            questions = "; ".join(question for _, question in self._unreachable[:_NAMED])
            self.intake.gap(
                f"{beyond} advertisements could not be reached: {len(self._unreachable)} questions have more results than the {self.cap} "
                f"that the service gives, and cannot be split further ({questions})"
            )
        lacking = (self._whole or 0) - self._in_parts
        if lacking > (self._whole or 0) * _MOVED_MEANWHILE:
            self.intake.gap(
                f"the service states {self._whole} advertisements, its parts together {self._in_parts}: {lacking} are in none of them"
            )
