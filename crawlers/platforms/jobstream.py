"""JobTech JobStream (https://jobstream.api.jobtechdev.se), what Arbetsförmedlingen asks to use for all of Platsbanken; unverified.

Written from its documentation: an advertisement has the form that JobSearch's recorded hits have. `address` is `https://jobstream.api.
jobtechdev.se` (the first crawl reads the snapshot of all that is open, later ones the stream of what has changed and been removed since
the last), or one of its addresses (`.../snapshot`, `.../stream?date=2026-09-01T00:00:00`, `.../v2/...`). It allows one request a minute
(`delay: 60`).
"""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from crawlers.crawl_memory import now
from crawlers.intake import BoardIntake
from crawlers.job import CrawlOptions
from crawlers.page_parsers import jobtech
from crawlers.page_parsers.record_pieces import json_pieces
from crawlers.spiders.large_feed_spider import LargeFeedSpider
from vacancies.source import Source

_OVERLAP: Final = timedelta(hours=3)  # the service does not say in which zone its times are, and what comes twice changes nothing
_LONGEST_STREAM: Final = timedelta(days=7)  # after a longer pause the snapshot is read again


class JobStream(LargeFeedSpider):
    """The snapshot, or what has changed since."""

    platform = "jobstream"
    version = jobtech.VERSION
    page_parser = staticmethod(jobtech.parse)
    cutter = staticmethod(json_pieces)

    def __init__(self, source: Source, intake: BoardIntake, options: CrawlOptions) -> None:
        self._last = intake.last_done()
        super().__init__(source, intake, options)
        intake.names_all_open = urlsplit(self.first).path.endswith("/snapshot")

    def first_address(self, source: Source) -> str:
        """Choose the snapshot or the stream where the row names neither."""
        if urlsplit(source.address).path.strip("/"):
            return source.address
        base = source.address.rstrip("/")
        if self._last is None or now() - self._last > _LONGEST_STREAM:
            return f"{base}/snapshot"
        return f"{base}/stream?date={self._last - _OVERLAP:%Y-%m-%dT%H:%M:%S}"
