"""What ends a crawl's way: listings that lead back or on for ever, failures in a row, hours that are over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Final, NamedTuple

from crawlers.crawl_memory import now
from crawlers.intake import BoardIntake
from crawlers.job import CrawlOptions
from crawlers.spiders.step import Step
from vacancies.key_map import KeyMap, key_of
from vacancies.source import Source

_LONGEST_SILENCE: Final = 20  # listing pages in a row that name nothing


class Listing:
    """Knows what was asked for, and tells where a listing's pages lead nowhere; each of these is a gap."""

    def __init__(self, intake: BoardIntake, *, max_pages: int, platform: str) -> None:
        self.pages = 0
        self._intake = intake
        self._max_pages = max_pages
        self._platform = platform
        self._asked = KeyMap()  # of steps: a listing may have millions
        self._pages_without_news = 0

    def unasked(self, steps: Iterable[Step], address_of: Callable[[Step], str]) -> Iterator[Step]:
        """Give the steps that were not taken yet, and take note of them."""
        for step in steps:
            if step.is_listing and self.was_asked(step):
                self._intake.gap(f"{address_of(step)}: the listing leads back to a page that was read already")
            elif step.is_listing and self.pages >= self._max_pages:
                self._intake.gap(f"the listing goes on after {self._max_pages} pages; raise max_listing_pages of {self._platform}")
            elif self._asked.put(key_of(step)):
                yield step

    def was_asked(self, step: Step) -> bool:
        """Tell whether a step was taken already."""
        return key_of(step) in self._asked

    def leads_on(self, url: str, *, names_any: bool, names_new: bool) -> bool:
        """Tell whether to follow a listing page to the next: not for ever when pages name nothing, or only what former pages named."""
        self._pages_without_news = 0 if names_new else self._pages_without_news + 1
        if names_new or (not names_any and self._pages_without_news < _LONGEST_SILENCE):
            return True
        what = "nothing but what former pages named" if names_any else "nothing, like the pages before it,"
        self._intake.gap(f"{url} names {what} and leads on all the same, so the rest could not be reached")
        return False


HOURS: Final = "hours"
"""The reason of a stop since the board's hours are over."""


class Stop(NamedTuple):
    """Why a crawl is broken off: in words, and for Scrapy."""

    message: str
    reason: str


class Patience:
    """Knows what is still to be answered, and tells when a board is left alone: it fails again and again, or its hours are over."""

    def __init__(self, source: Source, intake: BoardIntake, options: CrawlOptions) -> None:
        self._source = source
        self._intake = intake
        self._most = options.failures_before_rest
        self._failures_in_a_row = 0
        self._under_way = 0  # requests whose answers were not dealt with to their end
        self._has_begun = False
        self.stop: Stop | None = None

    @property
    def is_all_answered(self) -> bool:
        """Whether all that was asked was answered, and what the answers led to."""
        return self._has_begun and not self._under_way

    def has_begun(self) -> None:
        """Note that all first steps were asked."""
        self._has_begun = True

    def before_request(self) -> None:
        """Count a request."""
        self._under_way += 1

    def after_answer(self, *, is_failure: bool) -> Stop | None:
        """Count an answer that was dealt with; tells why to stop, once: answers to what was under way come after it."""
        self._under_way -= 1
        self._failures_in_a_row = self._failures_in_a_row + 1 if is_failure else 0
        if self.stop is not None:
            return None
        self.stop = self._reason()
        return self.stop

    def _reason(self) -> Stop | None:
        if self._failures_in_a_row >= self._most:
            until = self._intake.rest()
            rest = f", it is left alone until {until:%Y-%m-%d %H:%M} UTC" if until else ""
            return Stop(f"the board failed {self._failures_in_a_row} times in a row{rest}", "rest")
        if not self._source.open_at(now()):
            hours = f"the hours {self._source.hours} ({self._source.timezone}) ended before all was read"
            return Stop(f"{hours}: what was reached is kept, nothing counts as gone, a crawl within a day goes on from here", HOURS)
        return None
