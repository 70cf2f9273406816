"""Greenhouse job boards (https://developers.greenhouse.io/job-board.html), recorded; `address` is the board's token."""

from __future__ import annotations

from crawlers.page_parsers import greenhouse
from crawlers.spiders.json_api_spider import JsonApiSpider


class Greenhouse(JsonApiSpider):
    """The whole board in one answer."""

    platform = "greenhouse"
    version = greenhouse.VERSION
    page_parser = staticmethod(greenhouse.parse)
    recognised_by = (
        r"//(?:boards|job-boards)(?:\.eu)?\.greenhouse\.io/(?:embed/job_board(?:/js)?\?(?:[\w=&-]*&)?for=)?(?!embed\b|v1\b)(?P<address>[\w-]+)",
        r"//boards-api\.greenhouse\.io/v1/boards/(?P<address>[\w-]+)",
    )
    address_template = "https://boards-api.greenhouse.io/v1/boards/{address}/jobs?content=true&pay_transparency=true"
