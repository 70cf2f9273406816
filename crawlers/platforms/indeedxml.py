"""Feeds in the form of Indeed's (`<source><job>`), unverified: written from documentation; `address` is the feed.

Such a feed must hold the employer's or board's every open advertisement. A large one needs `max_answer_bytes` in the row: the feed is
fetched as one answer.
"""

from __future__ import annotations

from crawlers.page_parsers import indeedxml
from crawlers.spiders.board_spider import BoardSpider


class IndeedXml(BoardSpider):
    """One feed, all advertisements."""

    platform = "indeedxml"
    version = indeedxml.VERSION
    page_parser = staticmethod(indeedxml.parse)
