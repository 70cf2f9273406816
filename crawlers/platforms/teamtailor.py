"""Teamtailor careers sites, recorded; `address` is the name before .teamtailor.com.

Sites on a domain of their own need the full address `https://{domain}/jobs.json`; `/jobs.rss` is read too, and states the workplace, but no
employment type. A misspelt name is answered by 404 and fails, a feed without jobs is an empty board.
"""

from __future__ import annotations

from crawlers.page_parsers import teamtailor
from crawlers.spiders.board_spider import BoardSpider


class Teamtailor(BoardSpider):
    """One feed, page by page (`next_url`)."""

    platform = "teamtailor"
    version = teamtailor.VERSION
    page_parser = staticmethod(teamtailor.parse)
    recognised_by = (
        r"//(?!www\.|api\.|app\.|career\.|docs\.|scripts\.|assets\.|images\.|screenshots\.)(?P<address>[\w-]+)\.teamtailor\.com\b",
    )
    address_template = "https://{address}.teamtailor.com/jobs.json"
