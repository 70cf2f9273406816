"""Typed queries and results of the search engines; compiling them to an engine's own language is the adapters' work."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from search_api.document import VacancyDocument


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Sort(StrEnum):
    """Order of hits; ties are always broken by vacancy id."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


class FacetField(StrEnum):
    """Fields that can be counted."""

    BOARD = "board"
    COUNTRY = "country"
    REGION = "region"
    ISCO = "isco"
    OCCUPATION = "occupation"
    SKILL = "skill"
    CONTRACT = "contract"
    WORKING_TIME = "working_time"
    REMOTE = "remote"
    LANGUAGE = "language"
    TEXT_QUALITY = "text_quality"
    MONTH = "month"  # YYYY-MM of `posted`


class VacancyFilter(_Frozen):
    """Conditions that a vacancy must meet; values within one field are alternatives, fields are joined by AND.

    `skills_all` must all be there. Region and ISCO codes include everything below them. Codes are checked by the API before they get here.
    """

    skills_any: tuple[str, ...] = ()
    skills_all: tuple[str, ...] = ()
    occupations: tuple[str, ...] = ()
    isco: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    boards: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    contracts: tuple[str, ...] = ()
    working_times: tuple[str, ...] = ()
    remote: tuple[str, ...] = ()
    text_qualities: tuple[str, ...] = ()
    employer: str | None = None  # exact name, case ignored
    posted_from: date | None = None
    posted_to: date | None = None  # inclusive
    open_only: bool = True


class VacancyQuery(_Frozen):
    """A search: free text (all words must occur, stemmed by the language analyzers) and conditions, with facets and cursor paging."""

    text: Annotated[str, Field(max_length=500)] | None = None
    filter: VacancyFilter = VacancyFilter()
    sort: Sort = Sort.RELEVANCE
    limit: Annotated[int, Field(ge=0, le=500)] = 20
    cursor: str | None = None
    facets: tuple[FacetField, ...] = ()
    facet_size: Annotated[int, Field(ge=1, le=1000)] = 20


class WeightedSkill(_Frozen):
    """A skill of a profile with its weight (0, 10]."""

    uri: str
    weight: Annotated[float, Field(gt=0, le=10)] = 1.0


class MatchQuery(_Frozen):
    """A profile's skills to be matched to vacancies.

    Score of a vacancy: sum of the weights of the profile's skills it asks for; required skills count fully, preferred and duty skills half.
    """

    skills: Annotated[tuple[WeightedSkill, ...], Field(min_length=1, max_length=200)]
    filter: VacancyFilter = VacancyFilter()
    minimum_found: Annotated[int, Field(ge=1)] = 1
    limit: Annotated[int, Field(ge=1, le=500)] = 20


class Hit(_Frozen):
    """One vacancy found; scores are comparable within one answer of one engine only."""

    score: float
    document: VacancyDocument


class FacetBucket(_Frozen):
    """One value of a facet and how many vacancies have it."""

    value: str
    count: int


class SearchResult(_Frozen):
    """Answer to a query; `total` is exact; `next_cursor` is None after the last page; buckets by count, then value."""

    total: int
    hits: tuple[Hit, ...]
    facets: dict[FacetField, tuple[FacetBucket, ...]] = {}
    next_cursor: str | None = None
