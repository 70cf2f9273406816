"""Recruitee careers sites (https://docs.recruitee.com/reference/offers), recorded; `address` is the name before .recruitee.com.

Sites on a domain of their own need the full address `https://{domain}/api/offers/`. A misspelt name is answered by 404 and fails, a site
without offers is an empty board.
"""

from __future__ import annotations

from crawlers.page_parsers import recruitee
from crawlers.spiders.json_api_spider import JsonApiSpider


class Recruitee(JsonApiSpider):
    """The whole board in one answer."""

    platform = "recruitee"
    version = recruitee.VERSION
    page_parser = staticmethod(recruitee.parse)
    recognised_by = (r"//(?!www\.|api\.|docs\.|careers-analytics\.)(?P<address>[\w-]+)\.recruitee\.com\b",)
    address_template = "https://{address}.recruitee.com/api/offers/"
