"""Access tokens of OAuth2 (client credentials, RFC 6749 section 4.4): asked for when needed, sent along, renewed when they expire.

Neither the token's request nor its answer reaches a spider, so neither is captured; the token is hidden from logs like the secrets are.
"""

from __future__ import annotations

import asyncio
import json
import time
from typing import Final, NamedTuple
from urllib.parse import urlencode

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

_OF_GRANT: Final = "labourscope_token_request"
_SENT: Final = "labourscope_token"  # the number of the token that a request was sent with
_RENEWED: Final = "labourscope_token_renewed"
_MARGIN: Final = 30.0  # seconds before its end that a token is renewed
_USUAL_LIFE: Final = 300.0  # seconds, where the service does not say


class NoToken(IgnoreRequest):
    """Raised before a request goes out when the service gives no access token for the row's credentials."""


class TokenGrant(NamedTuple):
    """Where to ask for a token, and what to send; `fields` hold the client's secret."""

    address: str
    fields: tuple[tuple[str, str], ...]


class BearerToken:
    """Downloader middleware for spiders with a `token_grant`: sends "Authorization: Bearer ...", one token for all requests."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._lock = asyncio.Lock()
        self._token: str | None = None
        self._number = 0  # how many tokens were given
        self._until = 0.0  # of time.monotonic()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> BearerToken:
        """Make the middleware (Scrapy calls this)."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Send the token along; raises NoToken when there is none to be had."""
        grant: TokenGrant | None = self._crawler.spider.token_grant  # type: ignore[union-attr]  # every spider of ours has one
        if grant is None or _OF_GRANT in request.meta or request.url.endswith("/robots.txt"):
            return
        async with self._lock:  # requests that come meanwhile wait for the same token
            if self._token is None or time.monotonic() >= self._until:
                await self._ask(grant)
        request.headers["Authorization"] = f"Bearer {self._token}"
        request.meta[_SENT] = self._number

    async def process_response(self, request: Request, response: Response) -> Request | Response:
        """Ask once more, with a new token, for what the service answers 401 to."""
        if response.status != 401 or _SENT not in request.meta or request.meta.get(_RENEWED):
            return response
        if request.meta[_SENT] == self._number:
            self._token = None  # others that met the same end find a new token already
        again = request.replace(dont_filter=True)
        again.meta[_RENEWED] = True
        return again

    async def _ask(self, grant: TokenGrant) -> None:
        request = Request(
            grant.address,
            method="POST",
            body=urlencode(grant.fields),
            headers={"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"},
            # a token is not crawled: the service gives it to whom it has given the credentials
            meta={_OF_GRANT: True, "dont_obey_robotstxt": True},
            dont_filter=True,
            priority=100,
        )
        response = await self._crawler.engine.download_async(request)
        answer = _read(response)
        token = answer.get("access_token")
        if response.status != 200 or not isinstance(token, str) or not token:
            raise NoToken(f"the token's address answered {response.status} without a token")
        life = answer.get("expires_in")
        seconds = float(life) if isinstance(life, int | float) or (isinstance(life, str) and life.isdigit()) else _USUAL_LIFE
        self._crawler.spider.credentials.hide_also(token)  # type: ignore[union-attr]
        self._token, self._number = token, self._number + 1
        self._until = time.monotonic() + max(seconds - _MARGIN, seconds / 2)


def _read(response: Response) -> dict[str, object]:
    try:
        answer = json.loads(response.body)
    except ValueError:
        return {}
    return answer if isinstance(answer, dict) else {}
