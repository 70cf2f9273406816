"""Rendering of pages: one template environment, escaping everything, and the filters that templates use."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Final

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from search_api.code_names import condition_name
from search_api.links import own_path, path_to, with_parameters
from search_api.problem import Problem

STATIC: Final = Path(__file__).parent / "static"
NAVIGATION: Final = (
    ("demand_page", "Demand"),
    ("vacancy_search_page", "Search vacancies"),
    ("sources_page", "Sources"),
    ("health_page", "Board health"),
    ("datasets_page", "Datasets"),
    ("api_page", "API"),
)


def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(number=number, percent=percent, change=change, day=day, moment=moment, size=size, words=condition_name)
    made.globals["with_parameters"] = with_parameters
    made.globals["navigation"] = NAVIGATION
    return made


def render(
    request: Request, template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **values: object
) -> HTMLResponse:
    """Render a page; templates make links with `path(route, **parts)` and `with_parameters(path, parameters)`."""
    text = _ENVIRONMENT.get_template(template).render(path=partial(path_to, request), static=path_to(request, "static", path="/"), **values)
    return HTMLResponse(text, status, headers=dict(headers or {}))


def is_page(request: Request) -> bool:
    """Tell whether a request is for a page rather than for the API."""
    return not own_path(request).startswith("/v1/")


def error_page(request: Request, problem: Problem) -> HTMLResponse:
    """A problem as a page."""
    return render(
        request, "error.html", status=problem.status, headers=problem.headers, here=None, problem=problem.document(request.url.path)
    )


def number(value: float) -> str:
    """1234 as 1,234."""
    return f"{value:,.0f}"


def percent(share: float) -> str:
    """A share 0..1 in per cent; small ones with a decimal, so that few is not shown as none."""
    if 0 < share < 0.001:
        return "under 0.1 %"
    return f"{share:.1%}".replace("%", " %") if share < 0.1 else f"{share:.0%}".replace("%", " %")


def change(value: float | None) -> str:
    """A relative change with its sign, in per cent; doublings and more as a factor."""
    if value is None:
        return "–"
    if value >= 1:
        return f"× {value + 1:.1f}"
    return f"{'+' if value > 0 else '−' if value < 0 else '±'}{abs(value):.0%}".replace("%", " %")


def day(value: date | None) -> str:
    """A day as 2025-03-09."""
    return "not stated" if value is None else f"{value:%Y-%m-%d}"


def moment(value: datetime | None) -> str:
    """A moment as 2025-03-09 14:05 UTC."""
    return "not stated" if value is None else f"{value:%Y-%m-%d %H:%M} UTC"


def size(value: int) -> str:
    """Bytes in the largest unit that gives 1 or more."""
    amount = float(value)
    for unit in ("bytes", "KB", "MB", "GB"):
        if amount < 1000 or unit == "GB":
            return f"{amount:,.0f} {unit}" if unit == "bytes" else f"{amount:,.1f} {unit}"
        amount /= 1000
    return f"{amount:,.1f} GB"


_ENVIRONMENT: Final = _environment()  # templates are read when first rendered
