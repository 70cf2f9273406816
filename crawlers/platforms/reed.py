"""Reed (https://www.reed.co.uk/developers/jobseeker): a search, then each advertisement's own answer; one recorded.

`address` is the search's address with its filters (`https://www.reed.co.uk/api/1.0/search?locationName=Leeds`); `credentials` is
`api_key`, sent as the user name of basic authentication.
"""

from __future__ import annotations

from base64 import b64encode

from crawlers.page_parsers import reed
from crawlers.spiders.json_api_spider import JsonApiSpider, OffsetPaging


class Reed(JsonApiSpider):
    """Hits 100 at a time; the texts in them are cut, so every advertisement is asked for."""

    platform = "reed"
    version = reed.VERSION
    page_parser = staticmethod(reed.parse)
    listing_states_more = True
    recognised_by = (r"//www\.reed\.co\.uk/api/1\.0/search",)
    paging = OffsetPaging(page_size=100, offset="resultsToSkip", limit="resultsToTake")
    needed_credentials = ("api_key",)

    def headers(self) -> dict[str, str]:
        """Log in with the key, and no password."""
        return {"Authorization": "Basic " + b64encode(f"{self.credentials['api_key']}:".encode()).decode()}
