"""Sites whose pages are written by scripts: rendered in Chromium, then read as `jsonld` does; `address` is a sitemap or a listing page.

Needs `labourscope[browser]` and Chromium. Scrapy makes every request that a page makes, so robots.txt, pace, own site and limits hold for
them all; images, fonts and media are not fetched. Hosts beside the board's own that its scripts need stand in the row's `script_hosts`.
What is kept and read is the page as rendered. Use it only where `jsonld` finds nothing: a page costs ten times as much, for the board too.
"""

from __future__ import annotations

from scrapy import Request

from crawlers.browser.availability import why_not
from crawlers.browser.settings import browser_settings, render_meta
from crawlers.crawl_memory import Remembered
from crawlers.job import CrawlOptions
from crawlers.page_parsers import jobposting_page
from crawlers.spiders.job_page_spider import JobPageSpider
from crawlers.spiders.step import Step
from vacancies.source import Source

_JOBPOSTING = 'script[type="application/ld+json"], [itemtype*="JobPosting"], [typeof*="JobPosting"]'
_AS_IT_IS = (".xml", ".xml.gz", ".txt")


class Browser(JobPageSpider):
    """Sitemaps are fetched as they are, pages are rendered."""

    platform = "browser"
    version = jobposting_page.VERSION
    page_parser = staticmethod(jobposting_page.parse)

    @classmethod
    def why_not(cls) -> str | None:
        """Say why no page can be rendered here."""
        return why_not()

    @classmethod
    def more_settings(cls, source: Source, options: CrawlOptions) -> dict[str, object]:
        """Give the browser's settings."""
        return browser_settings(source, options)

    def _request(self, step: Step, known: Remembered | None) -> Request:
        if step.url.partition("?")[0].endswith(_AS_IT_IS):
            return super()._request(step, known)
        request = super()._request(step, None)  # what scripts make of a page that has not changed may have changed
        request.meta.update(render_meta(self.source, self.options, wait_for="a[href]" if step.is_listing else _JOBPOSTING))
        return request
