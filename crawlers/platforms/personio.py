"""Personio careers sites (https://developer.personio.de/docs/retrieving-open-job-positions), recorded; `address` is the site's name.

The name stands before .jobs.personio.com; a site at .jobs.personio.de, or another language than the site's own, needs the full address
`https://{name}.jobs.personio.de/xml?language=en`. A misspelt name is answered by 404 or a page that is no such XML and fails, a site
without positions is an empty board. Some positions come without a text; their pages are not asked, since they answer crawlers by 429.
"""

from __future__ import annotations

from crawlers.page_parsers import personio
from crawlers.spiders.board_spider import BoardSpider


class Personio(BoardSpider):
    """The whole board in one XML."""

    platform = "personio"
    version = personio.VERSION
    page_parser = staticmethod(personio.parse)
    recognised_by = (r"//(?P<address>[\w-]+)\.jobs\.personio\.com\b",)
    address_template = "https://{address}.jobs.personio.com/xml"
