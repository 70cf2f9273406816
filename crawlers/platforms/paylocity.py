"""Paylocity job boards, list recorded; `address` is the board's guid, the part behind /recruiting/jobs/All/.

The jobs' own pages are unverified: no recorded answer. An unknown guid is answered by a page without a list and fails, a board without jobs
is an empty list.
"""

from __future__ import annotations

from crawlers.page_parsers import paylocity
from crawlers.spiders.board_spider import BoardSpider


class Paylocity(BoardSpider):
    """The whole list in one page, and a page per job."""

    platform = "paylocity"
    version = paylocity.VERSION
    page_parser = staticmethod(paylocity.parse)
    listing_states_more = True
    recognised_by = (r"//recruiting\.paylocity\.com/[Rr]ecruiting/[Jj]obs/All/(?P<address>[0-9a-fA-F-]{36})",)
    address_template = "https://recruiting.paylocity.com/recruiting/jobs/All/{address}"
