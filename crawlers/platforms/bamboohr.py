"""BambooHR careers sites, list recorded; `address` is the name before .bamboohr.com.

The openings' own answers are unverified: written from what others publish of them, no recorded answer. An empty board and a misspelt name
look alike where the name is not redirected: the report then says that the listing names no advertisement, and what was open is kept.
"""

from __future__ import annotations

from crawlers.page_parsers import bamboohr
from crawlers.spiders.json_api_spider import JsonApiSpider


class BambooHr(JsonApiSpider):
    """The whole list in one answer, and one answer per opening."""

    platform = "bamboohr"
    version = bamboohr.VERSION
    page_parser = staticmethod(bamboohr.parse)
    listing_states_more = True
    recognised_by = (r"//(?!www\.|api\.|documentation\.)(?P<address>[\w-]+)\.bamboohr\.com/(?:careers|jobs)\b",)
    address_template = "https://{address}.bamboohr.com/careers/list"
    names_all_it_states = True
