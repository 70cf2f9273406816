"""SmartRecruiters (https://developers.smartrecruiters.com/docs/posting-api), list recorded; `address` is the company's identifier.

The robots.txt of api.smartrecruiters.com allows almost nobody: without `robots_agreement` in the row, the board is refused (`robots`).
An unknown identifier is answered like a company without postings (200, totalFound 0), so the answer does not tell them apart: the report
then says that the listing names no advertisement, and what was open is kept until a person forces it. Lists that name a posting on two
pages and so leave another out have a gap.
"""

from __future__ import annotations

from crawlers.page_parsers import smartrecruiters
from crawlers.spiders.json_api_spider import JsonApiSpider, OffsetPaging


class SmartRecruiters(JsonApiSpider):
    """A list, 100 at a time, and one answer per posting."""

    platform = "smartrecruiters"
    version = smartrecruiters.VERSION
    page_parser = staticmethod(smartrecruiters.parse)
    listing_states_more = True
    recognised_by = (
        r"//(?:jobs|careers)\.smartrecruiters\.com/(?P<address>[\w-]+)",
        r"//api\.smartrecruiters\.com/v1/companies/(?P<address>[\w-]+)",
    )
    address_template = "https://api.smartrecruiters.com/v1/companies/{address}/postings"
    paging = OffsetPaging(page_size=100)
    names_all_it_states = True
