"""The download handler of boards that need a browser: scrapy-playwright's, with limits of time and size."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from playwright.async_api import Error as PlaywrightError
from playwright.async_api import Page
from scrapy import Request
from scrapy.exceptions import DownloadCancelledError, DownloadFailedError, DownloadTimeoutError
from scrapy.http import Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler
from scrapy_playwright.page import PageMethod

from crawlers.browser.settings import RENDER, WAIT_FOR
from crawlers.browser.visit import PageVisit

_SECONDS_FOR_MARK = 4.0  # for what the page is asked for; a page without it is taken as it is
_SECONDS_FOR_REST = 5.0  # until it asks for nothing any more
_SECONDS_FOR_CLOSING = 5.0


class BrowserHandler(ScrapyPlaywrightDownloadHandler):  # type: ignore[misc]  # scrapy-playwright has no types
    """Renders the requests that ask for it (`RENDER`); the page's own requests come back here as plain ones."""

    async def download_request(self, request: Request) -> Response:
        """Render a page, or fetch as usual; raises Scrapy's errors of downloads."""
        if RENDER not in request.meta:
            plain: Response = await super().download_request(request)
            return plain
        visit = PageVisit(self._crawler, request)
        wait_for = PageMethod(_wait_for, request.meta[WAIT_FOR])
        request.meta.update(playwright=True, playwright_page_init_callback=visit.begin, playwright_page_methods=[wait_for])
        try:
            async with asyncio.timeout(request.meta[RENDER]):
                response: Response = await super().download_request(request)
        except TimeoutError:
            raise DownloadTimeoutError(f"{request.url} was not rendered in {request.meta[RENDER]} seconds") from None
        except PlaywrightError as error:
            if visit.redirect is None:
                raise visit.failure or DownloadFailedError(f"{request.url} was not rendered: {error.message}") from None
        finally:
            with suppress(PlaywrightError, TimeoutError):
                async with asyncio.timeout(_SECONDS_FOR_CLOSING):
                    await visit.end()
        if visit.redirect is not None:
            return visit.redirect.replace(url=request.url)
        largest = self._crawler.settings.getint("DOWNLOAD_MAXSIZE")
        if len(response.body) > largest:
            raise DownloadCancelledError(f"the rendered page has more than {largest} bytes")
        return response


async def _wait_for(page: Page, selector: str) -> None:
    """Wait until the page shows what it is asked for, then until it asks for nothing any more; never too long."""
    with suppress(PlaywrightError):
        await page.wait_for_selector(selector, state="attached", timeout=_SECONDS_FOR_MARK * 1000)
    with suppress(PlaywrightError):
        await page.wait_for_load_state("networkidle", timeout=_SECONDS_FOR_REST * 1000)
