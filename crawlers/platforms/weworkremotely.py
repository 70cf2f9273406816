"""We Work Remotely's feeds, whose titles are "Employer: Title"; `address` is the feed."""

from __future__ import annotations

from functools import partial

from crawlers.page_parsers import feed_xml
from crawlers.spiders.feed_spider import FeedSpider


class WeWorkRemotely(FeedSpider):
    """One feed, all advertisements."""

    platform = "weworkremotely"
    page_parser = staticmethod(partial(feed_xml.parse, titles_name_employer=True))
    recognised_by = (r"//weworkremotely\.com/[\w/-]+\.rss",)
