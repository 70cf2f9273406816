"""Remote OK (https://remoteok.com/api), the newest advertisements in one answer; recorded.

`address` is the API's address. Its terms ask for a link back that search engines follow, and to name Remote OK as the source.
"""

from __future__ import annotations

from crawlers.page_parsers import remoteok
from crawlers.spiders.json_api_spider import JsonApiSpider


class RemoteOk(JsonApiSpider):
    """One answer, of about a month: what is not in it is no longer shown."""

    platform = "remoteok"
    version = remoteok.VERSION
    page_parser = staticmethod(remoteok.parse)
    recognised_by = (r"//remoteok\.com/api\b",)
