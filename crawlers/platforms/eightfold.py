"""Eightfold careers sites, list recorded; `address` is the site's, https://{host}/careers?domain={the employer's domain}.

The name alone stands for https://{name}.eightfold.ai and the domain {name}.com. A site that refuses its list (403) needs the newer one's
address, https://{host}/api/pcsx/search?domain={domain}. The positions' own answers and the newer list are unverified: no recorded answer. A
wrong domain is answered by an empty list, which looks like a site without positions: what was open is kept then.
"""

from __future__ import annotations

from urllib.parse import urlsplit, urlunsplit

from crawlers.page_parsers import eightfold
from crawlers.spiders.json_api_spider import JsonApiSpider, OffsetPaging, with_parameters
from vacancies.source import Source


class Eightfold(JsonApiSpider):
    """A list, 10 at a time (more are not given), and one answer per position."""

    platform = "eightfold"
    version = eightfold.VERSION
    page_parser = staticmethod(eightfold.parse)
    listing_states_more = True
    recognised_by = (r"//(?!www\.|static\.|app\.)(?P<address>[\w-]+)\.eightfold\.ai\b",)
    address_template = "https://{address}.eightfold.ai/careers?domain={address}.com"
    paging = OffsetPaging(page_size=10, offset="start", limit="num")
    names_all_it_states = True

    def first_address(self, source: Source) -> str:
        """Give the address of the first page of the site's list."""
        parts = urlsplit(super().first_address(source))
        path = parts.path if parts.path.startswith("/api/") else "/api/apply/v2/jobs"
        return with_parameters(urlunsplit(parts._replace(path=path)), {"sort_by": "timestamp"})
