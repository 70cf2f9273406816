"""Feeds in the form of Indeed's (`<source><job>`), unverified: written from documentation; `address` is the feed.

Such a feed must hold the employer's or board's every open advertisement. It may have gigabytes, so it is read in pieces.
"""

from __future__ import annotations

from crawlers.page_parsers import indeedxml
from crawlers.spiders.large_feed_spider import LargeFeedSpider


class IndeedXml(LargeFeedSpider):
    """One feed, all advertisements."""

    platform = "indeedxml"
    version = indeedxml.VERSION
    page_parser = staticmethod(indeedxml.parse)
    cutter = staticmethod(indeedxml.pieces)
