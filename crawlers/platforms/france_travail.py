"""France Travail's API "Offres d'emploi v2" (https://francetravail.io/data/api/offres-emploi), 150 offers a range; recorded.

`address` is the search's address with its filters (`https://api.francetravail.io/partenaire/offresdemploi/v2/offres/search?departement=34`);
`credentials` are `client_id` and `client_secret`, for which the service gives a token (OAuth2). It allows three requests a second
(`delay: 0.34`) and gives the first 1,150 offers of a question, so questions are split by the date of creation, then by department. Offers
name people to write to: its terms say what may be kept.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qsl, urljoin, urlsplit

from crawlers.page_parsers import france_travail
from crawlers.politeness.bearer_token import TokenGrant
from crawlers.spiders.query_splitting import DateAxis, SplitSearchSpider, ValueAxis
from crawlers.spiders.step import Page

_TOKEN: Final = "https://entreprise.francetravail.fr/connexion/oauth2/access_token?realm=%2Fpartenaire"  # noqa: S105 (an address)
_SCOPE: Final = "api_offresdemploiv2 o2dsoffre"
_LAST_BEGINNING: Final = 1000  # of a range
_DEPARTMENTS: Final = (
    *(f"{number:02d}" for number in range(1, 96) if number != 20), "2A", "2B", "971", "972", "973", "974", "975", "976", "977", "978",
    "986", "987", "988",
)  # fmt: skip


class FranceTravail(SplitSearchSpider):
    """Ranges of a search, split until every question has no more than 1,150 offers."""

    platform = "france_travail"
    version = france_travail.VERSION
    page_parser = staticmethod(france_travail.parse)
    good_statuses = frozenset({200, 204, 206})
    more_hosts = ("entreprise.francetravail.fr",)
    needed_credentials = ("client_id", "client_secret")
    cap = 1150
    page_size = 150
    axes = (DateAxis("minCreationDate", "maxCreationDate"), ValueAxis("departement", _DEPARTMENTS))
    paging_parameters = frozenset({"range"})

    @property
    def token_grant(self) -> TokenGrant:
        """Ask France Travail's own host for the token; for loopback rows the row's."""
        parts = urlsplit(_TOKEN)
        address = urljoin(self.first, f"{parts.path}?{parts.query}") if self.source.loopback else _TOKEN
        fields = {
            "grant_type": "client_credentials",
            "client_id": self.credentials["client_id"],
            "client_secret": self.credentials["client_secret"],
            "scope": _SCOPE,
        }
        return TokenGrant(address, tuple(fields.items()))

    def headers(self) -> dict[str, str]:
        """Ask for JSON."""
        return {"Accept": "application/json"}

    def offset_of(self, page: Page) -> int:
        """Read the beginning of the range; the last one begins at 1,000, wherever the former ended."""
        first = dict(parse_qsl(urlsplit(page.url).query)).get("range", "0-").split("-")[0]
        return int(first) if first.isdigit() else 0

    def paging(self, offset: int) -> dict[str, str]:
        """Ask for a range of 150, of which the last begins at 1,000."""
        first = min(offset, _LAST_BEGINNING)
        return {"range": f"{first}-{first + self.page_size - 1}"}
