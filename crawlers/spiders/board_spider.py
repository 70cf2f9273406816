"""The base of all spiders: fetch, keep the answer, read it, go on; every failure is counted with its reason."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterable, Iterator
from typing import ClassVar, Final, NamedTuple, Self
from urllib.parse import urljoin

from scrapy import Request, Spider, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    CloseSpider,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from scrapy.http import Response
from twisted.python.failure import Failure

from crawlers.credentials import Credentials
from crawlers.intake import BoardIntake
from crawlers.page_parsers.page_reading import PageParser, PageReading
from crawlers.politeness.address_guard import Site
from crawlers.politeness.refusal import Refused
from crawlers.posting_reader import Reader
from vacancies.error import RecordInvalid, VacanciesError
from vacancies.source import Source

_FAILURES: Final[tuple[tuple[type[Exception], str, str], ...]] = (
    (DownloadTimeoutError, "timeout", "no whole answer came in time"),
    (DownloadCancelledError, "too_large", "the answer is larger than max_answer_bytes of the board's row"),
    (CannotResolveHostError, "no_such_host", "the host's name is not known, or leads to a private address"),
    (DownloadConnectionRefusedError, "connection", "the host refuses connections"),
    (IgnoreRequest, "redirects", "the board redirects without end"),
)


class Page(NamedTuple):
    """An answer that was kept: its address after redirects, and the body; `number` counts listing pages from 1."""

    url: str
    body: bytes
    is_listing: bool
    number: int = 0


class Step(NamedTuple):
    """What to ask for next; `name` tells apart questions to one address (POST), and stands behind "#" in the answer's address."""

    url: str
    is_listing: bool
    body: bytes | None = None  # JSON, sent by POST
    name: str = ""


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
    needed_credentials: ClassVar[tuple[str, ...]] = ()
    """Which credentials the row must name."""
    good_statuses: ClassVar[frozenset[int]] = frozenset({200})
    """Which statuses bring an answer (206 for services that give ranges)."""
    max_listing_pages: ClassVar[int] = 5000
    """Where to stop; a listing that goes on counts as not complete."""

    def __init__(self, source: Source, intake: BoardIntake) -> None:
        super().__init__(name=source.board)
        self.source = source
        self.intake = intake
        self.credentials = Credentials.of(source)
        self.first = self.first_address(source)
        self.site = Site(self.first, more_hosts=self.more_hosts, loopback=source.loopback)
        self._listing_pages = 0
        self._asked: set[Step] = set()

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
            yield Step(urljoin(page.url, link.url), is_listing=False)
        if reading.next_page:
            yield self.next_step(page, reading.next_page)

    def next_step(self, page: Page, mark: str) -> Step:
        """Turn a page's `next_page` into what to ask for; an address as it is."""
        return Step(urljoin(page.url, mark), is_listing=True)

    def headers(self) -> dict[str, str]:
        """Give the headers that every request of the platform carries, beside our own name."""
        return {}

    # --- the way

    @classmethod
    def reader(cls, countries: tuple[str, ...] = ()) -> Reader:
        """Give the platform's parser with its name and version, for a board that covers these countries."""
        return Reader(f"{cls.platform}/{cls.version}", cls.page_parser, countries)

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: object, **kwargs: object) -> Self:
        """Make the spider (Scrapy calls this), and hear of its errors."""
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.credentials.hide_in_logs()
        crawler.signals.connect(spider._on_error, signal=signals.spider_error)
        return spider

    def closed(self, reason: str) -> None:
        """Note a crawl that was stopped before its end (Scrapy calls this)."""
        if reason != "finished":
            self.intake.gap(f"the crawl was stopped before its end ({reason})")

    async def start(self) -> AsyncIterator[Request]:
        """Begin with the first listing pages."""
        for step in self.first_steps():
            self._asked.add(step)
            yield self._request(step)

    def _request(self, step: Step) -> Request:
        headers = self.headers() | ({} if step.body is None else {"Content-Type": "application/json"})
        return Request(
            step.url,
            method="GET" if step.body is None else "POST",
            body=step.body or b"",
            headers=headers,
            callback=self._on_answer,
            errback=self._on_failure,
            cb_kwargs={"is_listing": step.is_listing, "name": step.name},
            priority=1 if step.is_listing else 0,
        )

    def _on_answer(self, response: Response, is_listing: bool, name: str) -> Iterator[Request]:
        self.intake.requests += 1
        url = self.credentials.hidden(response.url) + (f"#{name}" if name else "")
        if response.status in self.good_statuses:
            try:
                yield from self._on_page(response, url, is_listing)
            except VacanciesError as error:  # RecordInvalid is dealt with there, so the lake cannot be written
                self.intake.fatal = error
                raise CloseSpider("lake") from error
        elif response.status in {404, 410} and not is_listing:
            self.intake.gone(url)
        else:
            message = f"the board answered {response.status}"
            self.intake.failed(url, f"http_{response.status}", message, is_listing=is_listing)
        self.intake.progress()

    def _on_page(self, response: Response, url: str, is_listing: bool) -> Iterator[Request]:
        body = self.credentials.hidden_in(response.body)
        content_type = response.headers.get("Content-Type")
        holds_postings = self.listing_holds_postings or not is_listing
        capture = self.intake.capture(
            url,
            body,
            status=response.status,
            content_type=content_type.decode("latin-1") if content_type else None,
            is_listing=not holds_postings,
        )
        self._listing_pages += is_listing
        page = Page(response.url, body, is_listing, self._listing_pages if is_listing else 0)
        try:
            reading = self.intake.read(capture, body) if holds_postings else None
            steps = list(self.following(page, reading))
        except RecordInvalid as error:  # an advertisement's page is in quarantine already
            if is_listing:
                self.intake.failed(url, error.reason, f"the page cannot be read ({error.reason})", is_listing=True)
            return
        for step in steps:
            if step in self._asked and step.is_listing:
                self.intake.gap(f"{url}: the listing leads back to a page that was read already")
            elif step.is_listing and self._listing_pages >= self.max_listing_pages:
                self.intake.gap(f"the listing goes on after {self.max_listing_pages} pages; raise max_listing_pages of {self.platform}")
            elif step not in self._asked:
                self._asked.add(step)
                yield self._request(step)

    def _on_error(self, failure: Failure, response: Response) -> None:
        """Count an error in our own code; which postings it touched is not known, so the listing has a gap."""
        text = f"reading the page failed with {type(failure.value).__name__}; see the crawl's log"
        self.intake.failed(self.credentials.hidden(response.url), "reading_failed", text, is_listing=True)

    def _on_failure(self, failure: Failure) -> None:
        request: Request = failure.request  # type: ignore[attr-defined]  # Scrapy sets it
        is_listing = bool(request.cb_kwargs["is_listing"])
        error = failure.value
        if isinstance(error, Refused) and not is_listing:
            self.intake.refused[error.kind] += 1
        else:
            self.intake.requests += not isinstance(error, Refused)
            kind, message = _describe(error)
            self.intake.failed(self.credentials.hidden(request.url), kind, self.credentials.hidden(message), is_listing=is_listing)
        self.intake.progress()


def _describe(error: BaseException | None) -> tuple[str, str]:
    """Give the kind and the words of a failure; an error's own text may quote the answer, and the words are shown to everybody."""
    if isinstance(error, Refused):
        return error.kind, str(error)
    for error_type, kind, message in _FAILURES:
        if isinstance(error, error_type):
            return kind, message
    causes = (error, error.__cause__ if error else None)
    return "connection", "the connection failed: " + ", ".join(type(cause).__name__ for cause in causes if cause is not None)
