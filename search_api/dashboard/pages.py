"""The dashboard's pages."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from observatory.release import list_releases
from search_api.context import Context
from search_api.dashboard.api_view import operations_of
from search_api.dashboard.choices import suggestions
from search_api.dashboard.demand_view import DemandForm, make_demand_view
from search_api.dashboard.health_view import board_view
from search_api.dashboard.highlight import highlighted
from search_api.dashboard.rendering import render
from search_api.dashboard.search_view import SearchForm, make_search_view
from search_api.error import IndexMissing, IndexUnavailable
from search_api.links import path_to
from search_api.problem import Problem
from search_api.query import FacetField
from search_api.routes.datasets import dataset_of
from search_api.routes.health import health_of
from search_api.routes.source_health import healths_of
from search_api.source_status import source_statuses
from search_api.vacancy_detail import load_vacancy
from vacancies.enriched import SkillStatus

router = APIRouter(include_in_schema=False)
_ID_LENGTH = 32


@router.get("/")
def start_page(request: Request) -> RedirectResponse:
    """Lead on to the dashboard."""
    return RedirectResponse(path_to(request, "demand_page"), 307)


@router.get("/dashboard")
def demand_page(request: Request, context: Context, form: Annotated[DemandForm, Query()]) -> HTMLResponse:
    """Skills in demand by region, occupation and period."""
    view = make_demand_view(context, form)
    try:
        offered = suggestions(context, FacetField.OCCUPATION)
    except (IndexMissing, IndexUnavailable):  # the figures do not need the index; only the list of suggestions is shorter
        offered = ()
    status = 422 if view.faults else 200
    return render(
        request, "demand.html", status=status, here="demand_page", view=view, suggestions=offered, few_cases=context.settings.few_cases
    )


@router.get("/dashboard/vacancies")
def vacancy_search_page(request: Request, context: Context, form: Annotated[SearchForm, Query()]) -> HTMLResponse:
    """Search vacancies."""
    view = make_search_view(context, form)
    offered = {"occupation": suggestions(context, FacetField.OCCUPATION), "skill": suggestions(context, FacetField.SKILL)}
    return render(request, "search.html", status=422 if view.faults else 200, here="vacancy_search_page", view=view, suggestions=offered)


@router.get("/dashboard/vacancies/{vacancy_id}")
def vacancy_page(request: Request, context: Context, vacancy_id: str) -> HTMLResponse:
    """One vacancy with its text, skills, postings and copies."""
    if len(vacancy_id) != _ID_LENGTH:
        raise Problem(404, "unknown-vacancy", f"there is no vacancy {vacancy_id[:_ID_LENGTH]}")
    detail = load_vacancy(context, vacancy_id, "en", path_to(request, "get_vacancy", vacancy_id=vacancy_id))
    shown = detail.postings[0] if detail.postings else None
    text = highlighted(shown.text, shown.blocks, shown.skills) if shown and shown.text is not None else ()
    by_status = {
        status: [skill for skill in shown.skills if skill.status is status and skill.concept] if shown else [] for status in SkillStatus
    }
    return render(request, "vacancy.html", here="vacancy_search_page", detail=detail, shown=shown, text=text, by_status=by_status)


@router.get("/dashboard/sources")
def sources_page(request: Request, context: Context) -> HTMLResponse:
    """The boards behind the data, and the state of the index."""
    return render(request, "sources.html", here="sources_page", sources=source_statuses(context), health=health_of(context, in_full=True))


@router.get("/dashboard/health")
def health_page(request: Request, context: Context) -> HTMLResponse:
    """How the collection of each board goes, and what is not as usual."""
    views = [board_view(health) for health in healths_of(context)]
    decided = sorted((run for view in views for run in view.health.runs if run.decision), key=lambda run: run.at, reverse=True)
    alerts = sum(len(view.health.alerts) for view in views)
    longest = max((len(view.health.runs) for view in views), default=0)
    return render(request, "health.html", here="health_page", boards=views, alerts=alerts, longest=longest, decided=decided)


@router.get("/dashboard/health/{board}")
def board_health_page(request: Request, context: Context, board: str) -> HTMLResponse:
    """One board: its alerts, the fill rate of every field, its runs."""
    found = next((health for health in healths_of(context) if health.board == board), None)
    if found is None:
        raise Problem(404, "unknown-board", f"there is no board {board[:64]!r} in the register or among those collected")
    return render(request, "board_health.html", here="health_page", view=board_view(found))


@router.get("/dashboard/datasets")
def datasets_page(request: Request, context: Context) -> HTMLResponse:
    """Releases and their files."""
    datasets = [dataset_of(request, release) for release in list_releases(context.releases)]
    return render(request, "datasets.html", here="datasets_page", datasets=datasets)


@router.get("/dashboard/api")
def api_page(request: Request) -> HTMLResponse:
    """The API's operations and parameters."""
    return render(request, "api.html", here="api_page", operations=operations_of(request.app.openapi()), api=request.app)
