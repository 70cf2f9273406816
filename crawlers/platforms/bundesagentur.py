"""Bundesagentur für Arbeit, Jobsuche (https://github.com/bundesAPI/jobsuche-api): a search, then each offer's own answer.

Parts of older answers recorded, v6 and v4 as they are since August 2026 unverified: written from reports of their fields. `address` is the
search's address with its filters (`https://rest.arbeitsagentur.de/jobboerse/jobsuche-service/pc/v6/jobs?wo=Bremen&umkreis=0`). The
interface is not official and may change; most hits are copies of other boards' advertisements. It gives the first 10,000 hits of a
question, so larger ones are split by land, kind, term, and working time.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl, urlsplit

from crawlers.page_parsers import bundesagentur
from crawlers.spiders.query_splitting import SplitSearchSpider, ValueAxis
from crawlers.spiders.step import Page

_LANDS: Final = (
    "Baden-Württemberg", "Bayern", "Berlin", "Brandenburg", "Bremen", "Hamburg", "Hessen", "Mecklenburg-Vorpommern", "Niedersachsen",
    "Nordrhein-Westfalen", "Rheinland-Pfalz", "Saarland", "Sachsen", "Sachsen-Anhalt", "Schleswig-Holstein", "Thüringen",
)  # fmt: skip


class Bundesagentur(SplitSearchSpider):
    """Pages of 100 hits, each of which names an offer; one whose stated last change is the same is not fetched again."""

    platform = "bundesagentur"
    version = bundesagentur.VERSION
    page_parser = staticmethod(bundesagentur.parse)
    listing_states_more = True
    cap = 10_000
    page_size = 100
    axes = (
        ValueAxis("wo", _LANDS),
        ValueAxis("angebotsart", ("1", "2", "4", "34")),
        ValueAxis("befristung", ("1", "2", "3")),
        ValueAxis("arbeitszeit", ("vz", "tz", "snw", "ho", "mj")),
        ValueAxis("zeitarbeit", ("true", "false")),
    )
    paging_parameters = frozenset({"page", "size"})

    def headers(self) -> dict[str, str]:
        """Send the key that the service's own pages send; it is no secret."""
        return {"X-API-Key": "jobboerse-jobsuche", "Accept": "application/json"}

    def offset_of(self, page: Page) -> int:
        """Read the number of the page, counted from 1."""
        number = dict(parse_qsl(urlsplit(page.url).query)).get("page", "1")
        return (int(number) - 1) * self.page_size if number.isdigit() else 0

    def paging(self, offset: int) -> dict[str, str]:
        """Ask for a page of 100."""
        return {"page": str(offset // self.page_size + 1), "size": str(self.page_size)}
