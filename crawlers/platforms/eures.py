"""EURES, the European portal (https://europa.eu/eures): a search by POST, then each vacancy's own answer; recorded.

`address` is the search's address with what to search for as parameters, lists with commas: `https://europa.eu/eures/api/jv-searchengine/
public/jv-search/search?locationCodes=be2,be3&publicationPeriod=LAST_WEEK`. It gives 50 vacancies a page and the first 10,000 of a question;
larger ones are split by working time and offering, which not every vacancy states, so give one row per country or region. It publishes
national boards' advertisements once more. Its terms are those of the Commission's portal; ask before collecting much.
"""

from __future__ import annotations

import json
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawlers.page_parsers import eures
from crawlers.spiders.query_splitting import Question, SplitSearchSpider, ValueAxis
from crawlers.spiders.step import Page, Step

_LISTS: Final = (
    "keywords", "occupationUris", "skillUris", "requiredExperienceCodes", "positionScheduleCodes", "sectorCodes",
    "educationAndQualificationLevelCodes", "positionOfferingCodes", "locationCodes", "euresFlagCodes", "otherBenefitsCodes",
    "requiredLanguages",
)  # fmt: skip
_SCHEDULES: Final = ("fulltime", "parttime", "flextime", "NS")
_OFFERINGS: Final = (
    "directhire", "temporary", "temporarytohire", "contracttohire", "contract", "internship", "apprenticeship", "seasonal", "oncall",
    "recruitmentreserve", "selfemployed", "volunteer", "NS",
)  # fmt: skip


class Eures(SplitSearchSpider):
    """Pages of 50 hits, each of which names a vacancy; one whose stated last change is the same is not fetched again."""

    platform = "eures"
    version = eures.VERSION
    page_parser = staticmethod(eures.parse)
    listing_states_more = True
    cap = 10_000
    page_size = 50
    axes = (ValueAxis("positionScheduleCodes", _SCHEDULES), ValueAxis("positionOfferingCodes", _OFFERINGS))
    paging_parameters = frozenset({"page"})

    def question_of(self, page: Page) -> Question:
        """Read the question from the name of its step; the row's own stands in its address."""
        pairs = parse_qsl(page.name or urlsplit(self.first).query, keep_blank_values=True)
        return {name: value for name, value in pairs if name not in self.paging_parameters}

    def offset_of(self, page: Page) -> int:
        """Read the number of the page, counted from 1."""
        number = dict(parse_qsl(page.name)).get("page", "1")
        return (int(number) - 1) * self.page_size if number.isdigit() else 0

    def paging(self, offset: int) -> dict[str, str]:
        """Ask for a page of 50."""
        return {"page": str(offset // self.page_size + 1)}

    def page_of(self, question: Question, offset: int) -> Step:
        """Write the question as the portal's own pages do."""
        page = self.paging(offset)
        asked: dict[str, object] = {name: _values(name, question.get(name, "")) for name in _LISTS}
        asked |= {name: value for name, value in question.items() if name not in _LISTS}
        body = asked | {"resultsPerPage": self.page_size, "page": int(page["page"]), "sortSearch": "MOST_RECENT"}
        address = urlunsplit(urlsplit(self.first)._replace(query=""))
        return Step(address, is_listing=True, body=json.dumps(body).encode(), name=urlencode({**question, **page}))


def _values(name: str, words: str) -> list[object]:
    values = [word for word in words.split(",") if word]
    return [{"keyword": word, "specificSearchCode": "EVERYWHERE"} for word in values] if name == "keywords" else [*values]
