"""RSS and Atom feeds: one file with whole advertisements."""

from __future__ import annotations

from crawlers.page_parsers import feed_xml
from crawlers.spiders.board_spider import BoardSpider


class FeedSpider(BoardSpider):
    """Reads one feed. The platform must promise that it holds the whole board; a feed of the newest entries is not a listing."""

    version = feed_xml.VERSION
    page_parser = staticmethod(feed_xml.parse)
