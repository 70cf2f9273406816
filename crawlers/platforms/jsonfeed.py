"""JSON Feeds that hold the whole board, with or without JobPosting objects in their items, recorded; `address` is the feed.

A feed of the newest entries is no listing of the board: what it no longer names would count as gone. A feed without items is an empty
board; an answer that is no JSON Feed fails.
"""

from __future__ import annotations

from crawlers.page_parsers import json_feed
from crawlers.spiders.board_spider import BoardSpider


class JsonFeed(BoardSpider):
    """One feed, page by page (`next_url`)."""

    platform = "jsonfeed"
    version = json_feed.VERSION
    page_parser = staticmethod(json_feed.parse)
