"""A feed at an address, in any form: CSV, Excel, JSON Lines, a JSON array or XML; `address` is the feed, `mapping` its mapping.

The mapping is a file beside the register, or the name of one that comes with us; without one the records are schema.org JobPosting objects.
The feed must hold every open advertisement of the board, since what it leaves out counts as gone. It is fetched as one answer: one above
32 MB needs `max_answer_bytes` in the row, one of gigabytes is better handed to `labourscope ingest`.
"""

from __future__ import annotations

from functools import partial

from crawlers.page_parsers import feed_file
from crawlers.posting_reader import Reader
from crawlers.spiders.board_spider import BoardSpider
from vacancies.feed_mapping import find_mapping
from vacancies.source import Source


class FeedFile(BoardSpider):
    """One file, all advertisements."""

    platform = "feedfile"
    version = feed_file.VERSION
    page_parser = staticmethod(feed_file.parse)

    @classmethod
    def reader_of(cls, source: Source) -> Reader:
        """Read with the row's mapping; raises FeedInvalid for one that is not there or not valid."""
        mapping = find_mapping(source.mapping) if source.mapping else None
        return Reader(f"{cls.platform}/{cls.version}", partial(feed_file.parse, mapping=mapping), source.countries)
