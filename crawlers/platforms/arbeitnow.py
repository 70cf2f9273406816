"""Arbeitnow (https://www.arbeitnow.com/blog/job-board-api), 250 advertisements a page; recorded.

`address` is the API's address, with filters if wanted (`?visa_sponsorship=true`). Its terms ask for a link back to the site; it is
refreshed every hour.
"""

from __future__ import annotations

from crawlers.page_parsers import arbeitnow
from crawlers.spiders.json_api_spider import JsonApiSpider


class Arbeitnow(JsonApiSpider):
    """Page after page, by the address that each gives of the next."""

    platform = "arbeitnow"
    version = arbeitnow.VERSION
    page_parser = staticmethod(arbeitnow.parse)
    recognised_by = (r"//(?:www\.)?arbeitnow\.com/api/job-board-api",)
