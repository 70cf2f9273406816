"""Skills in demand by region, occupation and period, as JSON and as CSV."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from search_api.answer import Answer, Meta, meta_of
from search_api.context import Context
from search_api.demand_csv import demand_csv
from search_api.demand_report import DemandParameters, DemandReport, make_report
from search_api.links import path_to, with_parameters

router = APIRouter(prefix="/v1", tags=["demand"])


class DemandAnswer(Answer):
    """Skills in demand with what the figures rest on; `csv` is the address of the same table as CSV."""

    meta: Meta
    demand: DemandReport
    csv: str


@router.get("/demand", summary="Skills in demand by region, occupation and period, with what the figures rest on")
def skill_demand(request: Request, context: Context, parameters: Annotated[DemandParameters, Query()]) -> DemandAnswer:
    """Which skills are asked for, how often, and how that has changed."""
    report = make_report(context, parameters.to_query(context), parameters.lang)
    csv = with_parameters(path_to(request, "skill_demand_csv"), dict(request.query_params))
    return DemandAnswer(meta=meta_of(context), demand=report, csv=csv)


@router.get(
    "/demand.csv",
    response_class=Response,
    responses={200: {"content": {"text/csv": {}}}},
    summary="Skills in demand as a CSV file",
)
def skill_demand_csv(context: Context, parameters: Annotated[DemandParameters, Query()]) -> Response:
    """The same table as CSV, with comment lines that say what it is."""
    query = parameters.to_query(context)
    report = make_report(context, query, parameters.lang)
    parts = ["demand", query.region or "all", report.table.rests_on.month_from, report.table.rests_on.month_to]
    headers = {"Content-Disposition": f'attachment; filename="{"_".join(parts)}.csv"'}
    return Response(demand_csv(report), media_type="text/csv; charset=utf-8", headers=headers)
