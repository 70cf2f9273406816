"""Boards with one page per advertisement, found by sitemap or by listing pages."""

from __future__ import annotations

import re
from collections.abc import Iterable

from crawlers.page_parsers.listing_links import is_sitemap, listing_links
from crawlers.page_parsers.page_reading import PageReading
from crawlers.spiders.board_spider import BoardSpider
from crawlers.spiders.step import Page, Step


class JobPageSpider(BoardSpider):
    """Follows a sitemap, a sitemap index or HTML listing pages (rel="next") to the advertisements' pages."""

    listing_holds_postings = False
    takes_job_address = True

    def following(self, page: Page, reading: PageReading | None) -> Iterable[Step]:
        """Lead from listing pages to further ones and to advertisements; advertisements lead nowhere."""
        if not page.is_listing:
            return
        pattern = self.source.job_address
        links = listing_links(page.body, page.url, details=None if pattern is None else re.compile(pattern))
        if links.skipped:
            self.intake.refused["not_a_job"] += links.skipped
        details = [Step(url, is_listing=False, changed=links.changed.get(url)) for url in links.details]
        names_new = any(not self.listing.was_asked(step) for step in details)
        if is_sitemap(page.body) or not links.listings or self.listing.leads_on(page.url, names_any=bool(details), names_new=names_new):
            yield from (Step(url, is_listing=True) for url in links.listings)
        yield from details
