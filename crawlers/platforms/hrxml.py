"""HR-XML 3 feeds (http://www.hr-xml.org/3), as employment services give vacancies to EURES; unverified, written from its structure.

`address` is the feed's: a file with any number of `PositionOpening` elements. It may have gigabytes, so it is read in pieces.
"""

from __future__ import annotations

from crawlers.page_parsers import hrxml
from crawlers.spiders.large_feed_spider import LargeFeedSpider


class HrXml(LargeFeedSpider):
    """One feed with all openings."""

    platform = "hrxml"
    version = hrxml.VERSION
    page_parser = staticmethod(hrxml.parse)
    cutter = staticmethod(hrxml.pieces)
