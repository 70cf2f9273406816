"""Demand figures: what is asked of the cube and what it answers, each figure with what it rests on."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

Month = Annotated[str, Field(pattern=r"^[12]\d{3}-(0[1-9]|1[0-2])$")]  # YYYY-MM
Count = Annotated[int, Field(ge=0)]
Share = Annotated[float, Field(ge=0, le=1)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class DemandQuery(_Frozen):
    """What a demand figure is about: None means no condition, or as far as the data reach for the months.

    `region` is a NUTS code of any level (a country's is its NUTS code, `EL` for Greece) and includes everything below it;
    `isco` is an ISCO-08 code of 1 to 4 digits and includes everything below it; `occupation` and `skill` are concept URIs.
    Both months are included. `limit` is the number of rows of a table, most asked first.
    """

    region: str | None = None
    occupation: str | None = None
    isco: Annotated[str, Field(pattern=r"^\d{1,4}$")] | None = None
    skill: str | None = None
    month_from: Month | None = None
    month_to: Month | None = None
    limit: Annotated[int, Field(ge=1, le=5000)] = 50

    @model_validator(mode="after")
    def _period(self) -> DemandQuery:
        if self.month_from and self.month_to and self.month_to < self.month_from:
            raise ValueError(f"month_to {self.month_to} lies before month_from {self.month_from}")
        return self


class SkillDemand(_Frozen):
    """How much one skill is asked for.

    A vacancy counts once, under its strongest status: `required + preferred + duty == vacancies`. `share` is of all vacancies in
    scope (with the query's region, occupation and period), 0..1. `previous_vacancies` is the count in the period of equal length just
    before; None when the data do not reach back over the whole of it. `change` is vacancies / previous_vacancies - 1, None when that
    cannot be said.
    """

    uri: str
    label: str
    kind: str | None
    postings: Count
    vacancies: Count
    employers: Count
    boards: Count
    required: Count
    preferred: Count
    duty: Count
    share: Share
    previous_vacancies: Count | None
    change: float | None


class SourceCount(_Frozen):
    """How much of a figure comes from one board; a vacancy found on two boards counts for both."""

    board: str
    postings: Count
    vacancies: Count


class RegionCount(_Frozen):
    """Demand in one region; `share` is of all vacancies in scope."""

    region: str
    label: str
    postings: Count
    vacancies: Count
    share: Share


class MonthCount(_Frozen):
    """Demand in one month of first publication; months without any stand with 0."""

    month: Month
    postings: Count
    vacancies: Count


class NotStated(_Frozen):
    """What share of vacancies does not state a field, 0..1, before the condition on that very field is applied.

    For example `region`: of the vacancies with this occupation and period (any region), the share whose region is not known.
    `skills` is the share in which no skill was read, under all conditions.
    """

    region: Share
    occupation: Share
    skills: Share
    employer: Share


class TextQuality(_Frozen):
    """What share of vacancies was read from less than a whole, stated advertisement, 0..1: their skills are counted too low.

    `excerpt`: the board gives the beginning of the text only; `guessed`: title and text were found in a page that states no JobPosting.
    """

    excerpt: Share
    guessed: Share


class RestsOn(_Frozen):
    """What every figure of one answer rests on, under all of its conditions but `skill`."""

    postings: Count
    vacancies: Count
    employers: Count
    boards: tuple[SourceCount, ...]
    month_from: Month  # the period in fact covered
    month_to: Month
    previous_from: Month | None  # the period compared with; None when the data do not reach back so far
    previous_to: Month | None
    previous_vacancies: Count | None
    not_stated: NotStated
    text_quality: TextQuality


class DemandTable(_Frozen):
    """Skills in demand, most asked first: rows (at most the query's limit), and what they rest on.

    `skills_total` counts the skills met, also those beyond the limit. `method` is the method in two or three plain sentences.
    """

    query: DemandQuery
    rows: tuple[SkillDemand, ...]
    skills_total: Count
    rests_on: RestsOn
    method: str
    taxonomy: str
    pipeline: str
    nuts_version: str | None


class CubeInfo(_Frozen):
    """What a cube was built from and how much it holds; `lake_version` is the lake's content version then.

    `collected_since` is the month of the first sighting: of the months before, only advertisements that were still open then are known.
    `unread` counts the vacancies that are left out because none of their postings has been read with this taxonomy and pipeline.
    """

    generation: str
    built_at: datetime
    run_id: str
    taxonomy: str
    pipeline: str
    nuts_version: str | None
    lake_version: int
    month_from: Month | None  # None for an empty cube
    month_to: Month | None
    postings: Count
    vacancies: Count
    rows: Count
    unread: Count = 0
    collected_since: Month | None = None
