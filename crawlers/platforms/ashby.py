"""Ashby job boards (https://developers.ashbyhq.com/docs/public-job-posting-api), recorded; `address` is the board's name.

The name is the last part of jobs.ashbyhq.com/{name}. A misspelt name is answered by 404 and fails; an empty board is a list without jobs.
The pages at jobs.ashbyhq.com answer 200 for any name, so give no address there: it is refused as `broken_json`.
"""

from __future__ import annotations

from crawlers.page_parsers import ashby
from crawlers.spiders.json_api_spider import JsonApiSpider


class Ashby(JsonApiSpider):
    """The whole board in one answer."""

    platform = "ashby"
    version = ashby.VERSION
    page_parser = staticmethod(ashby.parse)
    recognised_by = (
        r"//jobs\.ashbyhq\.com/(?P<address>[\w.%-]+)",
        r"//api\.ashbyhq\.com/posting-api/job-board/(?P<address>[\w.%-]+)",
    )
    address_template = "https://api.ashbyhq.com/posting-api/job-board/{address}?includeCompensation=true"
