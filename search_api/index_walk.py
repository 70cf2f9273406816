"""Walking through all documents of an index, closed vacancies too."""

from __future__ import annotations

from collections.abc import Iterator

from search_api.document import VacancyDocument
from search_api.engines.protocol import SearchEngine
from search_api.query import Sort, VacancyFilter, VacancyQuery

_PAGE = 500


def every_document(engine: SearchEngine) -> Iterator[VacancyDocument]:
    """Read every document of the live index, page by page; raises IndexMissing or IndexUnavailable."""
    query = VacancyQuery(filter=VacancyFilter(open_only=False), sort=Sort.NEWEST, limit=_PAGE)
    while True:
        result = engine.search(query)
        for hit in result.hits:
            yield hit.document
        if result.next_cursor is None:
            return
        query = query.model_copy(update={"cursor": result.next_cursor})
