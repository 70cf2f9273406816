"""Jobvite careers sites, list recorded; `address` is the company's name, the part behind jobs.jobvite.com/.

The jobs' own pages are unverified: no recorded answer. A misspelt name is answered by 404 or a page that is none of theirs and fails; a
page of theirs without jobs counts as an empty board, and what was open is kept.
"""

from __future__ import annotations

from crawlers.page_parsers import jobvite
from crawlers.spiders.board_spider import BoardSpider


class Jobvite(BoardSpider):
    """A page with all jobs, and a page per job."""

    platform = "jobvite"
    version = jobvite.VERSION
    page_parser = staticmethod(jobvite.parse)
    recognised_by = (r"//jobs\.jobvite\.com/(?:careers/)?(?!support\b|__)(?P<address>[\w-]+)",)
    address_template = "https://jobs.jobvite.com/{address}/jobs/viewall"
