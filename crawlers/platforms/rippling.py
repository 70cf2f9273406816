"""Rippling job boards, list recorded; `address` is the board's name, the part behind ats.rippling.com/.

The jobs' own answers are unverified: written from what others publish of them, no recorded answer. A misspelt name is answered by 404 or an
error in JSON and fails, a board without jobs is an empty list.
"""

from __future__ import annotations

from crawlers.page_parsers import rippling
from crawlers.spiders.json_api_spider import JsonApiSpider


class Rippling(JsonApiSpider):
    """The whole list in one answer, and one answer per job."""

    platform = "rippling"
    version = rippling.VERSION
    page_parser = staticmethod(rippling.parse)
    listing_states_more = True
    recognised_by = (
        r"//ats\.rippling\.com/(?:[a-z]{2}-[A-Z]{2}/)?(?P<address>[\w-]+)",
        r"//api\.rippling\.com/platform/api/ats/v1/board/(?P<address>[\w-]+)",
    )
    address_template = "https://api.rippling.com/platform/api/ats/v1/board/{address}/jobs"
