"""NEOGOV's feeds of public agencies, recorded; `address` is the agency's name, the part behind governmentjobs.com/careers/.

Agencies at schooljobs.com and others need the feed's full address. A misspelt name is answered by an empty feed, which looks like an agency
without openings: what was open is kept then.
"""

from __future__ import annotations

from crawlers.page_parsers import neogov
from crawlers.spiders.board_spider import BoardSpider


class Neogov(BoardSpider):
    """One feed, all openings."""

    platform = "neogov"
    version = neogov.VERSION
    page_parser = staticmethod(neogov.parse)
    recognised_by = (
        r"//www\.governmentjobs\.com/careers/(?!home\b)(?P<address>[\w-]+)",
        r"//www\.governmentjobs\.com/SearchEngine/JobsFeed\?agency=(?P<address>[\w-]+)",
    )
    address_template = "https://www.governmentjobs.com/SearchEngine/JobsFeed?agency={address}"
