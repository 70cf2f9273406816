"""Any board whose advertisements' pages state schema.org JobPosting as microdata; `address` is a listing page or a sitemap."""

from __future__ import annotations

from crawlers.page_parsers import microdata
from crawlers.spiders.job_page_spider import JobPageSpider


class Microdata(JobPageSpider):
    """Pages with microdata."""

    platform = "microdata"
    version = microdata.VERSION
    page_parser = staticmethod(microdata.parse)
