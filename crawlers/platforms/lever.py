"""Lever job sites (https://github.com/lever/postings-api), recorded; `address` is the site's name.

Sites on Lever's EU instance (jobs.eu.lever.co) need the full address `https://api.eu.lever.co/v0/postings/{site}?mode=json`. A misspelt
name is answered by 404 and fails, a site without postings is an empty board.
"""

from __future__ import annotations

from crawlers.page_parsers import lever
from crawlers.spiders.json_api_spider import JsonApiSpider


class Lever(JsonApiSpider):
    """The whole board in one answer, so that no posting slips between two pages."""

    platform = "lever"
    version = lever.VERSION
    page_parser = staticmethod(lever.parse)
    recognised_by = (
        r"//jobs\.lever\.co/(?P<address>[\w.-]+)",
        r"//api\.lever\.co/v0/postings/(?P<address>[\w.-]+)",
    )
    address_template = "https://api.lever.co/v0/postings/{address}?mode=json"
