"""The demand page: its form, its figures and its charts."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from observatory.demand_model import DemandQuery, SkillDemand
from search_api.context import ApiContext
from search_api.dashboard.choices import Named, RegionOption, default_period, months_of, name_occupation, regions_of_cube
from search_api.dashboard.svg_chart import RegionMap, TrendChart, region_map, trend_chart
from search_api.demand_report import DemandReport, make_report
from search_api.problem import Near
from search_api.vocabulary import near_regions

_MONTH = r"^$|^[12]\d{3}-(0[1-9]|1[0-2])$"


class DemandForm(BaseModel):
    """The form as sent; empty fields mean no condition."""

    model_config = ConfigDict(frozen=True)

    region: Annotated[str, Field(max_length=100)] = ""
    occupation: Annotated[str, Field(max_length=500)] = ""
    month_from: Annotated[str, Field(pattern=_MONTH)] = ""
    month_to: Annotated[str, Field(pattern=_MONTH)] = ""
    rows: Annotated[int, Field(ge=1, le=500)] = 25


@dataclass(frozen=True)
class FormFault:
    """Something in a form that was not understood, with choices that would be."""

    field: str
    message: str
    near: tuple[Near, ...] = ()


@dataclass(frozen=True)
class SkillRow:
    """A row of the table with the widths of its bar's parts, 0..100 of the longest bar."""

    figure: SkillDemand
    required: float
    preferred: float
    duty: float
    few: bool


@dataclass(frozen=True)
class DemandView:
    """What the demand page shows; `report` is None when the form was not understood."""

    form: DemandForm
    occupation: Named
    faults: tuple[FormFault, ...]
    regions: tuple[RegionOption, ...]
    months: tuple[str, ...]
    query: DemandQuery | None
    report: DemandReport | None
    rows: tuple[SkillRow, ...]
    trend: TrendChart | None
    map: RegionMap | None
    cautions: tuple[str, ...]

    @property
    def posted(self) -> dict[str, str]:
        """The period in days, as the search of vacancies takes it."""
        if self.report is None:
            return {}
        rests = self.report.table.rests_on
        year, month = int(rests.month_to[:4]), int(rests.month_to[5:])
        return {"posted_from": f"{rests.month_from}-01", "posted_to": f"{rests.month_to}-{monthrange(year, month)[1]}"}

    @property
    def parameters(self) -> dict[str, object]:
        """The parameters of the same figures in the API."""
        return {} if self.query is None else self.query.model_dump(exclude_none=True)


def make_demand_view(context: ApiContext, form: DemandForm) -> DemandView:
    """Understand the form, ask the cube, draw the charts; raises CubeMissing when no figures have been built."""
    cube = context.cube
    months = months_of(cube.info())
    occupation = name_occupation(context, form.occupation)
    start, end = default_period(months) if not form.month_from and not form.month_to else (form.month_from or None, form.month_to or None)
    faults = tuple(_faults(context, form, occupation))
    query = None
    if not faults:
        query = DemandQuery(
            region=form.region or None, occupation=occupation.uri, isco=occupation.isco, month_from=start, month_to=end, limit=form.rows
        )
    report = make_report(context, query) if query else None
    return DemandView(
        form=form.model_copy(update={"month_from": start or "", "month_to": end or ""}),
        occupation=occupation,
        faults=faults,
        regions=regions_of_cube(context, cube, form.region or None),
        months=months,
        query=query,
        report=report,
        rows=_rows(report, context.settings.few_cases) if report else (),
        trend=trend_chart(report.trend) if report else None,
        map=_map(context, report) if report else None,
        cautions=tuple(cautions(report, context.settings.few_cases)) if report else (),
    )


def _faults(context: ApiContext, form: DemandForm, occupation: Named) -> list[FormFault]:
    faults = []
    if form.region and not context.regions.exists(form.region):
        faults.append(FormFault("region", f"“{form.region}” is not a region.", near_regions(context, form.region)))
    if occupation.unknown:
        faults.append(FormFault("occupation", f"“{occupation.label}” is not the name of an occupation.", occupation.near))
    if form.month_from and form.month_to and form.month_to < form.month_from:
        faults.append(FormFault("month_to", f"The period ends ({form.month_to}) before it begins ({form.month_from})."))
    return faults


def _rows(report: DemandReport, few: int) -> tuple[SkillRow, ...]:
    longest = max((row.vacancies for row in report.table.rows), default=0) or 1

    def width(part: int) -> float:
        return round(100 * part / longest, 2)

    return tuple(
        SkillRow(row, required=width(row.required), preferred=width(row.preferred), duty=width(row.duty), few=row.vacancies < few)
        for row in report.table.rows
    )


def _map(context: ApiContext, report: DemandReport) -> RegionMap | None:
    if report.region_level is None or not report.by_region:
        return None
    region = report.filters.region
    outlines = context.regions.outlines(report.region_level, region.code[:2] if region else None)
    inside = (item for item in outlines if region is None or item[0].startswith(region.code))
    counts = {row.region: row.vacancies for row in report.by_region}
    return region_map(inside, counts, context.region_names)


def cautions(report: DemandReport, few: int) -> list[str]:
    """What a reader should bear in mind about these figures."""
    rests = report.table.rests_on
    found = []
    if 0 < rests.vacancies < few:
        found.append(f"Few cases: these figures rest on {rests.vacancies} vacancies, fewer than {few}. Shares and changes mean little.")
    elif any(row.vacancies < few for row in report.table.rows):
        found.append(f"Rows marked “few” rest on fewer than {few} vacancies; their order and change say little.")
    if len(rests.boards) == 1:
        found.append("All vacancies come from one board; what it does not carry is not seen.")
    elif rests.boards and rests.boards[0].vacancies > rests.vacancies / 2:
        share = rests.boards[0].vacancies / rests.vacancies
        found.append(f"{share:.0%} of the vacancies are on one board, {report.boards[0].name}.")
    since = report.cube.collected_since
    if since and (rests.previous_from or rests.month_from) < since:
        found.append(
            f"Collecting began in {since}: of earlier months only what was still open then is known, so growth up to then is no trend."
        )
    if rests.previous_from is None:
        found.append("The data do not reach back over the period before, so no change is given.")
    for name, share in (
        ("region", rests.not_stated.region),
        ("occupation", rests.not_stated.occupation),
        ("skill", rests.not_stated.skills),
    ):
        if share > 0.25:
            found.append(f"In {share:.0%} of the vacancies no {name} could be read.")
    return found
