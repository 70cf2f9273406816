"""One page in the browser: what it asks for is fetched by Scrapy, so that robots.txt, pace, address guard and limits hold for it too.

The browser itself reaches no network (see `crawlers.browser.settings`): what is not answered here fails.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlsplit

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page, Route, WebSocketRoute
from playwright.async_api import Request as PageRequest
from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Response

from crawlers.politeness.address_guard import OF_PAGE
from crawlers.politeness.refusal import Refused

MAX_REQUESTS: Final = 200
"""How many requests one page may make."""
_BLOCKED: Final = frozenset({"image", "font", "media", "eventsource", "manifest", "texttrack", "ping", "cspviolationreport"})
_FAILURES: Final = (
    IgnoreRequest,
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
_NOT_SENT: Final = frozenset({"host", "cookie", "user-agent", "accept-encoding", "content-length", "connection", "referer"})
_NOT_GIVEN: Final = frozenset({"content-encoding", "content-length", "transfer-encoding", "connection", "set-cookie", "link"})
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})


class PageVisit:
    """Answers a page's requests; `failure` and `redirect` say what became of the page's own address."""

    def __init__(self, crawler: Crawler, request: Request) -> None:
        self.failure: Exception | None = None
        self.redirect: Response | None = None
        self._crawler = crawler
        self._request = request
        self._page: Page | None = None
        self._asked = 0
        self._has_document = False

    async def begin(self, page: Page, request: Request) -> None:
        """Take over the page's requests (scrapy-playwright calls this before it opens the address)."""
        self._page = page
        await page.route("**", self._answer)
        await page.route_web_socket("**", _leave_unconnected)

    async def end(self) -> None:
        """Close the page, should it still be open."""
        if self._page is not None and not self._page.is_closed():
            await self._page.close()

    async def _answer(self, route: Route, asked: PageRequest) -> None:
        try:
            await self._give(route, asked)
        except PlaywrightError:
            if self._page is None or not self._page.is_closed():
                raise  # else the page was closed meanwhile, and nobody waits for the answer

    async def _give(self, route: Route, asked: PageRequest) -> None:
        is_document = asked.is_navigation_request() and asked.frame.parent_frame is None
        if asked.resource_type == "stylesheet":
            await route.fulfill(status=200, content_type="text/css", body="")  # scripts may wait for it, but need nothing in it
            return
        self._asked += 1
        if asked.resource_type in _BLOCKED or self._asked > MAX_REQUESTS or (is_document and self._has_document):
            await route.abort("blockedbyclient")  # a page that leads elsewhere by script is taken as it was
            return
        self._has_document = self._has_document or is_document
        try:
            response = await self._fetch(asked, is_document=is_document)
        except _FAILURES as error:
            self._note(asked, error, is_document=is_document)
            await route.abort("failed")
            return
        if is_document and response.status in _REDIRECTS and "Location" in response.headers:
            self.redirect = response
            await route.fulfill(status=200, content_type="text/html", body="")
            return
        headers = {
            str(name): str(value) for name, value in response.headers.to_unicode_dict().items() if str(name).lower() not in _NOT_GIVEN
        }
        await route.fulfill(status=response.status, headers=headers, body=response.body)

    async def _fetch(self, asked: PageRequest, *, is_document: bool) -> Response:
        headers = {name: value for name, value in (await asked.all_headers()).items() if name.lower() not in _NOT_SENT}
        meta: dict[str, object] = {"dont_redirect": True} if is_document else {OF_PAGE: True}
        request = Request(
            asked.url,
            method=asked.method,
            headers={name: value for name, value in headers.items() if not name.startswith((":", "sec-"))},
            body=asked.post_data_buffer or b"",
            meta=meta,
            dont_filter=True,
        )
        engine = self._crawler.engine
        if engine is None:
            raise IgnoreRequest("the crawl has ended")
        response: Response = await engine.download_async(request)
        if not is_document:  # the spider counts the page itself
            intake = self._crawler.spider.intake  # type: ignore[union-attr]  # every spider of ours has one
            intake.requests += 1
            intake.statuses[str(response.status)] += 1
            intake.bytes += len(response.body)
        return response

    def _note(self, asked: PageRequest, error: Exception, *, is_document: bool) -> None:
        if is_document:
            self.failure = error
        elif isinstance(error, Refused):
            intake = self._crawler.spider.intake  # type: ignore[union-attr]
            intake.refused[error.kind] += 1
            if error.kind == "off_site":
                intake.refused_script_hosts.add(urlsplit(asked.url).netloc)


async def _leave_unconnected(socket: WebSocketRoute) -> None:
    """Connect a page's web socket to nothing."""
