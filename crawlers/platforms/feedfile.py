"""A feed at an address, in any form: CSV, Excel, JSON Lines, a JSON array or XML; `address` is the feed, `mapping` its mapping.

The mapping is a file beside the register, or the name of one that comes with us; without one the records are schema.org JobPosting objects.
The feed must hold every open advertisement of the board, since what it leaves out counts as gone. It may have gigabytes, so it is read in
pieces; an Excel workbook may have 256 MB. `max_answer_bytes` may raise the limit of 16 GB.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from crawlers.page_parsers import feed_file
from crawlers.page_parsers.feed_pieces import feed_pieces
from crawlers.posting_reader import Reader
from crawlers.spiders.large_feed_spider import LargeFeedSpider
from vacancies.feed_mapping import FeedMapping, find_mapping
from vacancies.source import Source


class FeedFile(LargeFeedSpider):
    """One file, all advertisements."""

    platform = "feedfile"
    version = feed_file.VERSION
    page_parser = staticmethod(feed_file.parse)

    @classmethod
    def reader_of(cls, source: Source) -> Reader:
        """Read with the row's mapping; raises FeedInvalid for one that is not there or not valid."""
        return Reader(f"{cls.platform}/{cls.version}", partial(feed_file.parse, mapping=_mapping(source)), source.countries)

    def pieces(self, chunks: Iterable[bytes], url: str) -> Iterator[bytes]:
        """Cut the feed as its mapping lays it out."""
        return feed_pieces(chunks, _mapping(self.source), name=PurePosixPath(urlsplit(url).path).name or "feed")


def _mapping(source: Source) -> FeedMapping | None:
    return find_mapping(source.mapping) if source.mapping else None
