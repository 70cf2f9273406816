"""Remotive (https://github.com/remotive-com/remote-jobs-api), all advertisements in one answer; recorded.

`address` is the API's address (`https://remotive.com/api/remote-jobs`, with `?category=` if wanted). Its terms ask for a link back and
for a few requests a day at most.
"""

from __future__ import annotations

from crawlers.page_parsers import remotive
from crawlers.spiders.json_api_spider import JsonApiSpider


class Remotive(JsonApiSpider):
    """The whole board in one answer."""

    platform = "remotive"
    version = remotive.VERSION
    page_parser = staticmethod(remotive.parse)
    recognised_by = (r"//remotive\.com/api/remote-jobs",)
