"""RSS and Atom feeds that hold the whole board, with job fields of any namespace; `address` is the feed."""

from __future__ import annotations

from crawlers.spiders.feed_spider import FeedSpider


class Rss(FeedSpider):
    """One feed, all advertisements."""

    platform = "rss"
