"""Pinpoint careers sites, recorded; `address` is the name before .pinpointhq.com.

Sites on a domain of their own need the full address `https://{domain}/postings.json`. A misspelt name is answered by 404 and fails, a site
without postings is an empty board.
"""

from __future__ import annotations

from crawlers.page_parsers import pinpoint
from crawlers.spiders.json_api_spider import JsonApiSpider


class Pinpoint(JsonApiSpider):
    """The whole board in one answer."""

    platform = "pinpoint"
    version = pinpoint.VERSION
    page_parser = staticmethod(pinpoint.parse)
    recognised_by = (r"//(?!www\.|api\.|developers\.)(?P<address>[\w-]+)\.pinpointhq\.com\b",)
    address_template = "https://{address}.pinpointhq.com/postings.json"
