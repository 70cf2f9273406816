"""Retries that wait: as long as the board's Retry-After says, else longer from time to time."""

from __future__ import annotations

import asyncio
import time
from typing import Final

from scrapy import Request
from scrapy.downloadermiddlewares.retry import RetryMiddleware
from scrapy.http import Response

from vacancies.values.dates import read_datetime

WAIT_SETTING: Final = "LABOURSCOPE_RETRY_WAIT"
"""Scrapy setting: seconds before the first retry; doubled for each further one."""
LONGEST_WAIT_SETTING: Final = "LABOURSCOPE_LONGEST_WAIT"
"""Scrapy setting: a Retry-After above so many seconds is not waited for; the page counts as failed."""


class PatientRetry(RetryMiddleware):
    """Scrapy's retries, with Retry-After obeyed for the whole board: no request goes out before its time."""

    _not_before = 0.0  # of time.monotonic()

    async def process_request(self, request: Request) -> None:
        """Hold the request back while the board wants to be left alone."""
        while (wait := self._not_before - time.monotonic()) > 0:
            await asyncio.sleep(wait)

    async def process_response(  # type: ignore[override]  # Scrapy awaits it, its own is plain
        self, request: Request, response: Response
    ) -> Request | Response:
        """Retry what may get better, after the wait; give the response on where it will not, or asks for too long a wait."""
        if response.status not in self.retry_http_codes:
            return response
        wait = retry_after(response)
        longest = self.crawler.settings.getfloat(LONGEST_WAIT_SETTING)
        if wait is not None and wait > longest:
            return response
        answer: Request | Response = super().process_response(request, response)
        if isinstance(answer, Request):
            tried = request.meta.get("retry_times", 0)
            own_wait = self.crawler.settings.getfloat(WAIT_SETTING) * 2**tried
            if wait is not None:
                self._not_before = max(self._not_before, time.monotonic() + wait)
            else:
                await asyncio.sleep(min(own_wait, longest))
        return answer


def retry_after(response: Response) -> float | None:
    """Read Retry-After (seconds or an HTTP date) as seconds from now; None when it is not stated."""
    value = response.headers.get("Retry-After")
    if value is None:
        return None
    text = value.decode("latin-1").strip()
    if text.isdigit():
        return float(text)
    at = read_datetime(text)
    return max(0.0, at.timestamp() - time.time()) if at else None
