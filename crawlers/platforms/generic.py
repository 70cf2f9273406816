"""Any site with a page per advertisement, whether its pages state schema.org JobPosting or not; `address` is a sitemap or a listing page.

What such pages say is found by how they are built, and marked as guessed. Prefer `jsonld` where the pages state JobPosting.
"""

from __future__ import annotations

from crawlers.page_parsers import generic_page
from crawlers.spiders.job_page_spider import JobPageSpider


class Generic(JobPageSpider):
    """Pages with or without structured data."""

    platform = "generic"
    version = generic_page.VERSION
    page_parser = staticmethod(generic_page.parse)
