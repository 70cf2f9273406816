"""The application: routes, pages, error answers and what every answer carries."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.responses import Response

from observatory.error import CubeMissing, ObservatoryError
from search_api.context import LiveContext, live_context_of
from search_api.dashboard import pages, rendering
from search_api.engines.protocol import SearchEngine
from search_api.error import CursorInvalid, IndexMissing, IndexUnavailable, SearchError
from search_api.problem import Problem, ProblemDocument, faults_of_validation, problem_response
from search_api.reference import ReferenceOpener
from search_api.routes import concepts, datasets, demand, health, match, source_health, vacancies
from search_api.routes import sources as boards
from search_api.security import SECURITY_HEADERS, BodyLimit, SecurityHeaders, TokenGate, is_known
from search_api.settings import ApiSettings
from taxonomies.error import TaxonomyError
from vacancies.error import VacanciesError

Application = FastAPI  # the name by which other packages speak of it
API_VERSION: Final = "1.0.0"  # of the interface under /v1: the second number grows with additions, the first with a change that breaks
_DESCRIPTION: Final = (
    "Search vacancies, match skills to them, and see which skills are in demand. Every answer names the taxonomy, the pipeline and the "
    "index it rests on; codes come with their labels; an unknown code is an error that names near values, never zero hits."
)
_ERRORS: Final[dict[int | str, dict[str, Any]]] = {
    404: {"model": ProblemDocument, "description": "There is no such thing."},
    422: {"model": ProblemDocument, "description": "A value is unknown or out of range; near values are named."},
    503: {"model": ProblemDocument, "description": "There is no index or the engine does not answer; see Retry-After."},
}


def create_app(
    settings: ApiSettings,
    *,
    engine: SearchEngine,
    lake_root: Path,
    reference: ReferenceOpener,
    releases: Path,
    cube: Path,
) -> FastAPI:
    """Put the API and the dashboard together; nothing is read before the first request.

    `cube` is the folder that the observatory's `build_cube` builds into, `releases` the one it publishes into. `reference` opens the
    taxonomy, the regions and the register, at the first request and whenever they have changed.
    """
    app = FastAPI(
        title="Labourscope",
        version=API_VERSION,
        description=_DESCRIPTION,
        docs_url=None,  # Swagger UI and ReDoc load scripts from elsewhere; /dashboard/api describes the API without any
        redoc_url=None,
        responses=_ERRORS,
        generate_unique_id_function=lambda route: route.name,  # generated clients get our function names
    )
    app.state.live = LiveContext(settings, engine=engine, lake_root=lake_root, reference=reference, releases=releases, cube_folder=cube)
    for routes in (vacancies, match, demand, concepts, datasets, boards, source_health, health):
        app.include_router(routes.router)
    app.include_router(pages.router)
    app.mount("/static", StaticFiles(directory=rendering.STATIC), name="static")
    _answer_errors(app)
    app.add_middleware(BodyLimit, limit=settings.max_body_bytes)
    app.add_middleware(TokenGate, tokens=settings.tokens)
    app.add_middleware(SecurityHeaders)
    return app


def _answer_errors(app: FastAPI) -> None:
    handlers = {
        Problem: _as_it_is,
        RequestValidationError: _of_validation,
        HTTPException: _of_http,
        CursorInvalid: _of_cursor,
        IndexMissing: _of_missing,
        CubeMissing: _of_missing,
        IndexUnavailable: _of_unavailable,
        SearchError: _of_state,
        ObservatoryError: _of_state,
        VacanciesError: _of_state,
        TaxonomyError: _of_state,
        Exception: _of_fault,
    }
    for kind, to_problem in handlers.items():
        app.add_exception_handler(kind, _handler(to_problem))


def _handler(to_problem: Any) -> Any:
    async def answer(request: Request, error: Exception) -> Response:
        problem: Problem = to_problem(request, error)
        if rendering.is_page(request):
            return rendering.error_page(request, problem)
        return problem_response(problem, request.url.path)

    return answer


def _as_it_is(request: Request, error: Problem) -> Problem:
    return error


def _of_validation(request: Request, error: RequestValidationError) -> Problem:
    faults = faults_of_validation(error.errors(), _parameter_names(request))
    more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
    return Problem(422, "invalid-value", faults[0].message + more, errors=faults, mend="See /openapi.json or /dashboard/api.")


def _of_http(request: Request, error: HTTPException) -> Problem:
    if error.status_code == 404:
        return Problem(404, "not-found", f"there is nothing at {request.url.path}", mend="See /openapi.json or /dashboard/api.")
    return Problem(error.status_code, "http", str(error.detail), headers=error.headers)


def _of_cursor(request: Request, error: CursorInvalid) -> Problem:
    return Problem(422, "cursor-invalid", str(error), mend="Search again without cursor.")


def _of_missing(request: Request, error: IndexMissing | CubeMissing) -> Problem:
    return Problem(503, "index-missing", _told(request, error), mend="Run: labourscope index", headers=_later(request))


def _of_unavailable(request: Request, error: IndexUnavailable) -> Problem:
    return Problem(
        503, "index-unavailable", _told(request, error), mend="Try again later; if it stays, see /v1/health.", headers=_later(request)
    )


def _of_state(request: Request, error: Exception) -> Problem:
    mend = "The operator of this Labourscope has to mend it; see /v1/health."
    return Problem(503, "not-ready", _told(request, error), mend=mend, headers=_later(request))


def _of_fault(request: Request, error: Exception) -> Problem:
    # answered outside of the middleware that adds these headers to all other answers
    return Problem(
        500,
        "fault",
        "something failed here that should not have",
        mend="The server's log has the details; please report it.",
        headers=SECURITY_HEADERS,
    )


def _told(request: Request, error: Exception) -> str:
    """The error's text, which may name folders and addresses; only its kind to those who reach an open path without a token."""
    known = is_known(request.scope, live_context_of(request).settings.tokens)
    return str(error) if known else "something that this service needs cannot be read"


def _later(request: Request) -> dict[str, str]:
    return {"Retry-After": str(live_context_of(request).settings.retry_after)}


def _parameter_names(request: Request) -> tuple[str, ...]:
    route = request.scope.get("route")
    if not isinstance(route, APIRoute):
        return ()
    described = request.app.openapi()["paths"].get(route.path_format, {}).get(request.method.lower(), {})
    return tuple(parameter["name"] for parameter in described.get("parameters", ()))
