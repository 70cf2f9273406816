"""Any board whose advertisements' pages state schema.org JobPosting as JSON-LD; `address` is a sitemap or a listing page."""

from __future__ import annotations

from crawlers.page_parsers import jobposting_page
from crawlers.spiders.job_page_spider import JobPageSpider


class JsonLd(JobPageSpider):
    """Pages with JSON-LD, or with microdata where a page has no JSON-LD."""

    platform = "jsonld"
    version = jobposting_page.VERSION
    page_parser = staticmethod(jobposting_page.parse)
