"""Workable careers pages, recorded (the jobs' own answers unverified); `address` is the account's name.

The name is the last part of apply.workable.com/{name}. One request for the careers widget brings the whole board with its texts; for an
account whose widget is empty though its careers page is not, give `https://apply.workable.com/api/v3/accounts/{name}/jobs`: the list is
then asked page by page and each job by itself. A misspelt name is answered by 404 and fails, an account without jobs is an empty board.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Final
from urllib.parse import urlsplit

from crawlers.page_parsers import workable
from crawlers.spiders.json_api_spider import JsonApiSpider
from crawlers.spiders.step import Page, Step

_EVERYTHING: Final = {"query": "", "location": [], "department": [], "worktype": [], "remote": []}  # a limit would be answered by 400


class Workable(JsonApiSpider):
    """The widget's whole board in one answer, or the list of the careers page."""

    platform = "workable"
    version = workable.VERSION
    page_parser = staticmethod(workable.parse)
    listing_states_more = True
    recognised_by = (
        r"//apply\.workable\.com/(?:api/v\d/(?:widget/)?accounts/)?(?!api\b|j/)(?P<address>[\w-]+)",
        r"//(?!www\.|apply\.|help\.|resources\.)(?P<address>[\w-]+)\.workable\.com\b",
    )
    address_template = "https://apply.workable.com/api/v1/widget/accounts/{address}?details=true"
    names_all_it_states = True

    def first_steps(self) -> Iterable[Step]:
        """Ask for the widget, or by POST for the first page of the list."""
        if urlsplit(self.first).path.startswith("/api/v3/"):
            yield Step(self.first, is_listing=True, body=json.dumps(_EVERYTHING).encode(), name="first")
        else:
            yield from super().first_steps()

    def next_step(self, page: Page, mark: str) -> Step:
        """Ask for the page that a token stands for."""
        return Step(page.url, is_listing=True, body=json.dumps(_EVERYTHING | {"token": mark}).encode(), name=mark)
