"""What the API asks of a search engine; one contract suite holds every adapter to it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Protocol

from pydantic import BaseModel, ConfigDict, Field

from search_api.document import VacancyDocument
from search_api.query import MatchQuery, SearchResult, VacancyQuery


class IndexInfo(BaseModel):
    """The live index: what it was built from and how much it holds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    generation: str
    documents: int
    built_at: datetime
    run_id: str
    taxonomy: str
    pipeline: str
    lake_version: Annotated[int, Field(description="The lake's content version (`Lake.content_version`) that it was built from.")]


class SearchEngine(Protocol):
    """An index of vacancies that is built beside the live one and then swapped in."""

    name: str

    def build(
        self,
        documents: Iterable[VacancyDocument],
        *,
        run_id: str,
        taxonomy: str,
        pipeline: str,
        lake_version: int,
        minimum_share: float = 0.8,
        force: bool = False,
    ) -> IndexInfo:
        """Build a new generation, verify its count and make it live atomically.

        Raises IndexRefused when it holds fewer than `minimum_share` of the live documents and `force` is not given; the live index stays.
        """
        ...

    def drop_former(self) -> int:
        """Remove every generation but the live one, unfinished builds too; returns how many. Cursors made on them end.

        Raises IndexUnavailable, also while a build runs.
        """
        ...

    def info(self) -> IndexInfo:
        """Describe the live index; raises IndexMissing or IndexUnavailable."""
        ...

    def size(self) -> int:
        """Bytes of the live index on disk; raises IndexMissing or IndexUnavailable."""
        ...

    def search(self, query: VacancyQuery) -> SearchResult:
        """Answer a search; raises CursorInvalid, IndexMissing or IndexUnavailable."""
        ...

    def match(self, query: MatchQuery) -> SearchResult:
        """Rank vacancies for a profile's skills."""
        ...

    def get(self, vacancy_id: str) -> VacancyDocument | None:
        """Fetch one document."""
        ...
