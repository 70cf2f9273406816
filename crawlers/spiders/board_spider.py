"""The base of all spiders: fetch, keep the answer, read it, go on; every failure is counted with its reason."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import ClassVar, Final, Self
from urllib.parse import urljoin

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import CloseSpider, DontCloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawlers.crawl_memory import Remembered, now
from crawlers.credentials import Credentials
from crawlers.intake import BoardIntake
from crawlers.job import CrawlOptions
from crawlers.page_parsers.page_reading import PageParser, PageReading
from crawlers.politeness.address_guard import Site
from crawlers.politeness.bearer_token import TokenGrant
from crawlers.politeness.refusal import Refused
from crawlers.posting_reader import Reader
from crawlers.spiders.bounds import HOURS, Listing, Patience
from crawlers.spiders.failure import describe
from crawlers.spiders.step import Page, Step, StepQueue
from vacancies.error import RecordInvalid, VacanciesError
from vacancies.source import Source

_REQUESTS_AT_ONCE: Final = 500  # of one listing


class BoardSpider(Spider):
    """Crawls one board.

    A platform sets the attributes and, where they do not say it all, overrides a hook: `first_address` or `first_steps` for the beginning,
    `following` or `next_step` for the way on, `headers`.
    """

    platform: ClassVar[str]
    """The name that register rows use."""
    version: ClassVar[str] = "1"
    """Grows when the same pages would be read differently; postings and captures carry it."""
    page_parser: ClassVar[PageParser]
    """The page parser, as a `staticmethod`."""
    address_template: ClassVar[str] = "{address}"
    """The first address, where the register holds the board's name with the platform; a full address there is used as it is."""
    more_hosts: ClassVar[tuple[str, ...]] = ()
    """Further hosts of the board, beside that of its first address."""
    listing_holds_postings: ClassVar[bool] = True
    """Whether listing pages hold the advertisements themselves (feeds, APIs) or links to them."""
    listing_states_more: ClassVar[bool] = False
    """Whether listing pages state fields of the advertisements whose pages they name (`DetailLink.listed`)."""
    takes_job_address: ClassVar[bool] = False
    """Whether a row's `job_address` tells which links of its listing are advertisements."""
    needed_credentials: ClassVar[tuple[str, ...]] = ()
    """Which credentials the row must name."""
    good_statuses: ClassVar[frozenset[int]] = frozenset({200})
    """Which statuses bring an answer (206 for services that give ranges)."""
    recognised_by: ClassVar[tuple[str, ...]] = ()
    """Patterns by which `sources probe` knows the platform, in an address or a page's links; group `address` is the row's address."""
    recognised_address: ClassVar[str] = "{address}"
    """What a row's address is made of, where a pattern's groups are only parts of it."""
    names_all_open: ClassVar[bool] = True
    """Whether the listing names every open advertisement, so that those it no longer names are gone; a list of the newest does not."""
    max_listing_pages: ClassVar[int] = 5000
    """Where to stop; a listing that goes on counts as not complete."""

    def __init__(self, source: Source, intake: BoardIntake, options: CrawlOptions) -> None:
        super().__init__(name=source.board)
        self.source = source
        self.intake = intake
        self.intake.names_all_open = self.names_all_open
        self.options = options
        self.credentials = Credentials.of(source)
        self.first = self.first_address(source)
        self.site = Site(self.first, more_hosts=self.more_hosts, script_hosts=source.script_hosts, loopback=source.loopback)
        self.listing = Listing(intake, max_pages=self.max_listing_pages, platform=self.platform)
        self._patience = Patience(source, intake, options)
        self._later = StepQueue()  # made into requests when Scrapy has none left

    # --- the hooks

    def first_address(self, source: Source) -> str:
        """Give the address of the board's first listing page."""
        address = source.address
        return address if "://" in address else self.address_template.format(address=address)

    def first_steps(self) -> Iterable[Step]:
        """Give what to ask for first."""
        return (Step(self.first, is_listing=True),)

    def following(self, page: Page, reading: PageReading | None) -> Iterable[Step]:
        """Give the addresses that a page leads to; `reading` is what it holds, None for pages that hold no postings.

        Raises RecordInvalid when the page should lead on, but cannot be read.
        """
        if reading is None:
            return
        for link in reading.details:
            yield Step(urljoin(page.url, link.url), is_listing=False, changed=link.changed)
        if reading.next_page:
            yield self.next_step(page, reading.next_page)

    def next_step(self, page: Page, mark: str) -> Step:
        """Turn a page's `next_page` into what to ask for; an address as it is."""
        return Step(urljoin(page.url, mark), is_listing=True)

    def headers(self) -> dict[str, str]:
        """Give the headers that every request of the platform carries, beside our own name."""
        return {}

    @property
    def token_grant(self) -> TokenGrant | None:
        """Say how to get an access token, for services that want one (OAuth2)."""
        return None

    @classmethod
    def why_not(cls) -> str | None:
        """Say what this machine lacks for boards of the platform; None when nothing is."""
        return None

    @classmethod
    def more_settings(cls, source: Source, options: CrawlOptions) -> dict[str, object]:
        """Give Scrapy settings that the platform needs beside the usual ones."""
        return {}

    # --- the way

    @classmethod
    def reader(cls, countries: tuple[str, ...] = ()) -> Reader:
        """Give the platform's parser with its name and version, for a board that covers these countries."""
        return Reader(f"{cls.platform}/{cls.version}", cls.page_parser, countries)

    @classmethod
    def reader_of(cls, source: Source) -> Reader:
        """Give the reader for a row; platforms whose parser needs more of the row than its countries override this."""
        return cls.reader(source.countries)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: object, **kwargs: object) -> Self:
        """Make the spider (Scrapy calls this), and hear of its errors."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.credentials.hide_in_logs()
        crawler.signals.connect(spider._on_error, signal=signals.spider_error)
        crawler.signals.connect(spider._ask_for_more, signal=signals.spider_idle)
        return spider

    def closed(self, reason: str) -> None:
        """Note a crawl that was stopped before its end (Scrapy calls this); with the last answer the hours may end and nothing is left."""
        is_all_read = self._patience.is_all_answered and not self._later
        self._later.close()
        if reason == HOURS and self._patience.stop is not None:
            if not is_all_read:
                self.intake.pause(self._patience.stop.message)
        elif reason != "finished":
            self.intake.gap(f"the crawl was stopped before its end ({reason})")

    async def start(self) -> AsyncIterator[Request]:
        """Begin with the first listing pages."""
        for request in self._ask(self.first_steps()):
            yield request
        self._patience.has_begun()

    def _ask(self, steps: Iterable[Step]) -> Iterator[Request]:
        """Ask for what is not known; what is known to be as it was is read from what is kept, with all that it leads to."""
        return self._ask_for(self.listing.unasked(steps, self._address), at_once=_REQUESTS_AT_ONCE)

    def _ask_for(self, steps: Iterable[Step], *, at_once: int) -> Iterator[Request]:
        waiting = deque(steps)
        asked_for = 0
        while waiting:
            step = waiting.popleft()
            if asked_for >= at_once and not step.is_listing:
                self._later.put(step)
                continue
            known = None if self.options.afresh else self.intake.known(self._address(step))
            if known is not None and self._is_as_it_was(step, known):
                self.intake.remembered += 1
                waiting.extendleft(reversed(list(self.listing.unasked(self._read_again(step, known), self._address))))
            else:
                asked_for += 1
                yield self._request(step, known)

    def _is_as_it_was(self, step: Step, known: Remembered) -> bool:
        is_of_this_crawl = self.intake.is_current(known) and not step.is_too_old(known, self.source.recheck_hours)
        return is_of_this_crawl or step.is_unchanged(known, self.source.recheck_days)

    def _ask_for_more(self) -> None:
        """Go on with the pages that wait (Scrapy calls this when it has nothing to do)."""
        engine = self.crawler.engine
        if not self._later or engine is None:
            return
        try:
            asked_for = 0
            while self._later and asked_for < _REQUESTS_AT_ONCE:
                for request in self._ask_for((self._later.take(),), at_once=1):
                    engine.crawl(request)
                    asked_for += 1
        except VacanciesError as error:
            self.intake.fatal = error
            raise CloseSpider("lake") from error
        raise DontCloseSpider

    def _address(self, step: Step) -> str:
        return self.credentials.hidden(step.url) + (f"#{step.name}" if step.name else "")

    def _request(self, step: Step, known: Remembered | None) -> Request:
        self._patience.before_request()
        headers = self.headers() | ({} if step.body is None else {"Content-Type": "application/json"})
        if known is not None and step.body is None:
            headers |= {"If-None-Match": known.etag} if known.etag else {}
            headers |= {"If-Modified-Since": known.last_modified} if known.last_modified else {}
        return Request(
            step.url,
            method="GET" if step.body is None else "POST",
            body=step.body or b"",
            headers=headers,
            callback=self._on_answer,
            errback=self._on_failure,
            cb_kwargs={"step": step, "known": known},
            priority=1 if step.is_listing else 0,
        )

    def _on_answer(self, response: Response, step: Step, known: Remembered | None) -> Iterator[Request]:
        self.intake.requests += 1
        self.intake.statuses[str(response.status)] += 1
        self.intake.bytes += len(response.body)
        url = self.credentials.hidden(response.url) + (f"#{step.name}" if step.name else "")
        try:
            if response.status == 304 and known is not None:
                self.intake.not_modified += 1
                yield from self._ask(self._read_again(step, known))
            elif response.status in self.good_statuses:
                yield from self._ask(self._read_answer(response, url, step))
            elif response.status in {404, 410} and not step.is_listing:
                self.intake.gone(url)
            else:
                message = f"the board answered {response.status}"
                self.intake.failed(url, f"http_{response.status}", message, is_listing=step.is_listing)
        except VacanciesError as error:  # RecordInvalid is dealt with in _read, so the lake cannot be written
            self.intake.fatal = error
            raise CloseSpider("lake") from error
        self._after_answer(is_failure=response.status >= 500 or response.status in {403, 429})

    def _read_answer(self, response: Response, url: str, step: Step) -> Iterable[Step]:
        body = self.credentials.hidden_in(response.body)
        content_type, etag, modified = (_header(response, name) for name in ("Content-Type", "ETag", "Last-Modified"))
        digest = hashlib.sha256(body).hexdigest()
        answer = Remembered(url, etag, modified, step.changed, content_type, digest, now().isoformat(), session="")
        steps = self._read(url, body, step, status=response.status, content_type=content_type)
        self.intake.remember(self._address(step), answer)
        return steps

    def _read_again(self, step: Step, known: Remembered) -> Iterable[Step]:
        self.intake.remember(self._address(step), known._replace(changed=step.changed or known.changed))
        return self._read(known.url, self.intake.body(known), step, status=200, content_type=known.content_type)

    def _read(self, url: str, body: bytes, step: Step, *, status: int, content_type: str | None) -> Iterable[Step]:
        """Keep and read a page; gives the steps that it leads to."""
        holds_postings = self.listing_holds_postings or not step.is_listing
        capture = self.intake.capture(url, body, status=status, content_type=content_type, is_listing=not holds_postings)
        self.listing.pages += step.is_listing
        number = self.listing.pages if step.is_listing else 0
        page = Page(url.partition("#")[0] if step.name else url, body, step.is_listing, number, step.name)
        try:
            reading = self.intake.read(capture, body) if holds_postings else None
            return list(self.following(page, reading))
        except RecordInvalid as error:  # an advertisement's page is in quarantine already
            if step.is_listing:
                self.intake.failed(url, error.reason, f"the page cannot be read ({error.reason})", is_listing=True)
            return ()

    def _after_answer(self, *, is_failure: bool) -> None:
        """Tell how far the crawl is; stop it when the board fails again and again, or its hours are over."""
        self.intake.progress()
        stop = self._patience.after_answer(is_failure=is_failure)
        if stop is None:
            return
        if stop.reason != HOURS:
            self.intake.is_broken_off = True
            self.intake.gap(stop.message)
        raise CloseSpider(stop.reason)

    def _on_error(self, failure: Failure, response: Response) -> None:
        """Count an error in our own code; which postings it touched is not known, so the listing has a gap."""
        text = f"reading the page failed with {type(failure.value).__name__}; see the crawl's log"
        self.intake.failed(self.credentials.hidden(response.url), "reading_failed", text, is_listing=True)

    def _on_failure(self, failure: Failure) -> None:
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        step: Step = request.cb_kwargs["step"]
        is_listing = step.is_listing
        error = failure.value
        if isinstance(error, Refused) and not is_listing:
            self.intake.refused[error.kind] += 1
        else:
            self.intake.requests += not isinstance(error, Refused)
            kind, message = describe(error)
            self.intake.failed(self.credentials.hidden(request.url), kind, self.credentials.hidden(message), is_listing=is_listing)
        self._after_answer(is_failure=not isinstance(error, Refused))


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value else None
