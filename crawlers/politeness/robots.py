"""robots.txt, as RFC 9309 wants it: what cannot be fetched forbids everything, what is not there allows everything."""

from __future__ import annotations

from typing import Final

from scrapy import Request
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.extensions.throttle import AutoThrottle
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser, RobotParser
from scrapy.utils.misc import build_from_crawler
from twisted.internet.defer import Deferred

from crawlers.politeness.refusal import Refused

_NOTHING_ALLOWED: Final = b"User-agent: *\nDisallow: /\n"


class Robots(RobotsTxtMiddleware):
    """Scrapy's robots.txt middleware, with unreachable files forbidding and Crawl-delay obeyed."""

    _unreachable: frozenset[str] = frozenset()

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Let the request pass, or raise Refused (`robots`, `robots_unreachable`)."""
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest:
            host = request.url.split("/")[2]
            if host in self._unreachable:
                raise Refused("robots_unreachable", f"{host}/robots.txt could not be fetched, so nothing is fetched (RFC 9309)") from None
            mend = "the register row may name the agreement that allows it (robots_agreement)"
            raise Refused("robots", f"{request.url} is forbidden by robots.txt; {mend}") from None

    async def _parse_robots(self, response: Response, netloc: str, request: Request) -> None:
        if response.status >= 500:
            self._unreachable |= {netloc}
            response = response.replace(body=_NOTHING_ALLOWED)
        elif response.status >= 400:
            response = response.replace(body=b"")
        await super()._parse_robots(response, netloc, request)
        self._obey_delay(self._parsers[netloc])

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        self._unreachable |= {netloc}
        nothing = build_from_crawler(self._parserimpl, self.crawler, _NOTHING_ALLOWED)
        waiting, self._parsers[netloc] = self._parsers[netloc], nothing
        if isinstance(waiting, Deferred):
            waiting.callback(nothing)

    def _obey_delay(self, parser: object) -> None:
        if not isinstance(parser, ProtegoRobotParser):
            return
        delay = parser.rp.crawl_delay(self._robotstxt_useragent or "*")
        throttle = self.crawler.get_extension(AutoThrottle)
        if delay and throttle is not None:
            throttle.mindelay = max(throttle.mindelay, float(delay))
