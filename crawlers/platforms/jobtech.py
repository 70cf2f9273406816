"""JobTech JobSearch and services of its form, recorded; `address` is the search address.

Arbetsförmedlingen asks not to harvest all of Platsbanken by search (use its JobStream); the search gives the first 2,000 hits, so give
an address with a filter (`?region=...`), one row per slice.
"""

from __future__ import annotations

from crawlers.page_parsers import jobtech
from crawlers.spiders.json_api_spider import JsonApiSpider, OffsetPaging


class JobTech(JsonApiSpider):
    """Hits page by page, 100 at a time."""

    platform = "jobtech"
    version = jobtech.VERSION
    page_parser = staticmethod(jobtech.parse)
    recognised_by = (r"//jobsearch\.api\.jobtechdev\.se/search",)
    paging = OffsetPaging(page_size=100, largest_offset=2000)
