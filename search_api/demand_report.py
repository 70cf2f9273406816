"""Demand figures with labels, trend, regions and sources: what the API answers, the CSV holds and the page shows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from observatory.cube import Cube
from observatory.demand_model import CubeInfo, DemandQuery, DemandTable, Month, MonthCount, RegionCount
from search_api.answer import Answer, Coded, Term
from search_api.context import ApiContext
from search_api.vocabulary import Vocabulary
from search_api.zero_reason import ZeroReason, explain_zero

_DEEPEST = 3


class DemandParameters(BaseModel):
    """What a demand figure is about; without a condition everything counts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    region: Annotated[str | None, Field(description="NUTS code of any level, with everything below it.")] = None
    occupation: Annotated[str | None, Field(description="Occupation URI.")] = None
    isco: Annotated[str | None, Field(description="ISCO-08 code of 1 to 4 digits, with everything below it.")] = None
    skill: Annotated[str | None, Field(description="Skill URI: only this skill's row and trend.")] = None
    month_from: Annotated[Month | None, Field(description="First month, YYYY-MM.")] = None
    month_to: Annotated[Month | None, Field(description="Last month, YYYY-MM, included.")] = None
    limit: Annotated[int, Field(ge=1, le=500, description="Rows, most asked first.")] = 50
    lang: Annotated[str, Field(description="Language of the labels, ISO 639-1.")] = "en"

    @model_validator(mode="after")
    def _period(self) -> DemandParameters:
        if self.month_from and self.month_to and self.month_to < self.month_from:
            raise ValueError(f"month_to {self.month_to} lies before month_from {self.month_from}")
        return self

    def to_query(self, context: ApiContext) -> DemandQuery:
        """Check every code (one problem, 422, names all that are unknown) and make the query."""
        vocabulary = Vocabulary(context)
        vocabulary.regions("region", [self.region] if self.region else ())
        vocabulary.occupations("occupation", [self.occupation] if self.occupation else ())
        vocabulary.isco("isco", [self.isco] if self.isco else ())
        vocabulary.skills("skill", [self.skill] if self.skill else ())
        vocabulary.languages("lang", [self.lang], stated=True)
        vocabulary.check()
        return DemandQuery(**self.model_dump(exclude={"lang"}))


class DemandFilters(Answer):
    """The conditions of a figure with their labels; None means no condition."""

    region: Coded | None
    occupation: Term | None
    isco: Coded | None
    skill: Term | None
    month_from: Month | None
    month_to: Month | None


class BoardShare(Answer):
    """How much of a figure comes from one board, with the board's name and legal basis from the register."""

    board: str
    name: str
    legal_basis: str | None
    postings: int
    vacancies: int


class DemandReport(Answer):
    """Skills in demand with everything a reader needs to judge them.

    `by_region` counts the regions one level below the region asked for (countries when none is), `trend` the months of the period.
    """

    filters: DemandFilters
    table: DemandTable
    trend: tuple[MonthCount, ...]
    region_level: int | None  # None when there is no level below
    by_region: tuple[RegionCount, ...]
    boards: tuple[BoardShare, ...]
    cube: CubeInfo
    made_at: datetime
    zero_reason: ZeroReason | None


def make_report(context: ApiContext, query: DemandQuery, language: str = "en") -> DemandReport:
    """Ask the cube and label its answer; raises CubeMissing when no figures have been built."""
    cube = context.cube
    table = cube.demand(query)
    rows = tuple(row.model_copy(update={"label": context.concept_label(row.uri, language)}) for row in table.rows)
    level = 0 if query.region is None else len(query.region) - 1
    return DemandReport(
        filters=filters_of(context, query, language),
        table=table.model_copy(update={"rows": rows}),
        trend=cube.trend(query),
        region_level=level if level <= _DEEPEST else None,
        by_region=_by_region(context, cube, query, level),
        boards=_boards(context, table),
        cube=cube.info(),
        made_at=datetime.now(UTC),
        zero_reason=_zero_reason(cube, query) if not table.rests_on.vacancies else None,
    )


def filters_of(context: ApiContext, query: DemandQuery, language: str) -> DemandFilters:
    """The query's conditions with labels."""
    return DemandFilters(
        region=Coded(code=query.region, label=context.region_label(query.region)) if query.region else None,
        occupation=Term(uri=query.occupation, label=context.concept_label(query.occupation, language)) if query.occupation else None,
        isco=Coded(code=query.isco, label=context.isco_label(query.isco, language)) if query.isco else None,
        skill=Term(uri=query.skill, label=context.concept_label(query.skill, language)) if query.skill else None,
        month_from=query.month_from,
        month_to=query.month_to,
    )


def _by_region(context: ApiContext, cube: Cube, query: DemandQuery, level: int) -> tuple[RegionCount, ...]:
    if level > _DEEPEST:
        return ()
    counted = cube.by_region(query, level)
    return tuple(count.model_copy(update={"label": context.region_label(count.region)}) for count in counted)


def _boards(context: ApiContext, table: DemandTable) -> tuple[BoardShare, ...]:
    return tuple(
        BoardShare(
            board=count.board,
            name=context.board_name(count.board),
            legal_basis=source.legal_basis if (source := context.sources.get(count.board)) else None,
            postings=count.postings,
            vacancies=count.vacancies,
        )
        for count in table.rests_on.boards
    )


def _zero_reason(cube: Cube, query: DemandQuery) -> ZeroReason:
    def count(changed: DemandQuery) -> int:
        return cube.demand(changed.model_copy(update={"limit": 1})).rests_on.vacancies

    active = [name for name in ("region", "occupation", "isco", "month_from", "month_to") if getattr(query, name) is not None]
    counts = {name: count(query.model_copy(update={name: None})) for name in active}
    return explain_zero(counts, count(DemandQuery(limit=1)), nothing="There are no figures yet: no vacancies have been collected.")
