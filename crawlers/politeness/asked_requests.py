"""Which requests of a crawl were asked already, in 16 bytes each, where Scrapy's own filter takes some hundred."""

from __future__ import annotations

import logging
from typing import Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.dupefilters import BaseDupeFilter
from scrapy.utils.request import RequestFingerprinterProtocol

from vacancies.key_map import KeyMap

_KEY_BYTES = 8
_log = logging.getLogger(__name__)


class AskedRequests(BaseDupeFilter):
    """Leaves out requests with the canonical address, method and body of one that was asked.

    Two of a million differing requests are taken for the same once in 10^7 times.
    """

    def __init__(self, fingerprinter: RequestFingerprinterProtocol) -> None:
        self._fingerprinter = fingerprinter
        self._asked = KeyMap()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Make one that tells requests apart as the crawler does."""
        return cls(crawler.request_fingerprinter)

    def request_seen(self, request: Request) -> bool:
        """Tell whether a request was asked before, and remember it."""
        return not self._asked.put(int.from_bytes(self._fingerprinter.fingerprint(request)[:_KEY_BYTES], "big"))

    def log(self, request: Request, spider: Spider) -> None:
        """Note in the crawl's log what was left out."""
        _log.debug("asked already: %s (%s)", request, spider.name)
