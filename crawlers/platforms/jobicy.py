"""Jobicy (https://jobicy.com/jobs-rss-feed), the newest advertisements in one answer, 100 at most; recorded.

`address` is the API's address with its filters (`https://jobicy.com/api/v2/remote-jobs?count=100&geo=europe`). Its terms ask for a clear
credit with a link, and for a few requests a day at most.
"""

from __future__ import annotations

from crawlers.page_parsers import jobicy
from crawlers.spiders.json_api_spider import JsonApiSpider


class Jobicy(JsonApiSpider):
    """One answer with the newest: an advertisement that is not in it may be open all the same."""

    platform = "jobicy"
    version = jobicy.VERSION
    page_parser = staticmethod(jobicy.parse)
    recognised_by = (r"//jobicy\.com/api/v2/remote-jobs",)
    names_all_open = False
