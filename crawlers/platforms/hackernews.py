"""Hacker News' monthly thread "Ask HN: Who is hiring?" (https://hn.algolia.com/api, https://github.com/HackerNews/API).

Ten comments recorded, threads and searches written from the documentation.
`address` is "newest" (finds the month's thread through Algolia, which gives it in one answer), or a thread of either service:
`https://hn.algolia.com/api/v1/items/ID`, `https://hacker-news.firebaseio.com/v0/item/ID.json`.
"""

from __future__ import annotations

from typing import Final

from crawlers.page_parsers import hackernews
from crawlers.spiders.json_api_spider import JsonApiSpider
from vacancies.source import Source

_SEARCH: Final = "https://hn.algolia.com/api/v1/search_by_date?tags=story,author_whoishiring&hitsPerPage=20"


class HackerNews(JsonApiSpider):
    """The month's thread; when the next one begins, the former's advertisements count as gone."""

    platform = "hackernews"
    version = hackernews.VERSION
    page_parser = staticmethod(hackernews.parse)

    def first_address(self, source: Source) -> str:
        """Search for the newest thread where the row names none."""
        return _SEARCH if source.address == "newest" else source.address
