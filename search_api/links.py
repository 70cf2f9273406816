"""Addresses of this API and its pages, below the path a proxy serves it under."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from fastapi import Request


def path_to(request: Request, route: str, /, **parts: str) -> str:
    """The path of a named route."""
    return str(request.scope.get("root_path") or "") + str(request.app.url_path_for(route, **parts))


def own_path(request: Request) -> str:
    """The path asked for, below the application's own root; servers differ in whether they put the root before it."""
    path = str(request.scope["path"])
    root = str(request.scope.get("root_path") or "")
    return path.removeprefix(root) if path.startswith(f"{root}/") else path


def with_parameters(path: str, parameters: Mapping[str, object]) -> str:
    """The path with a query; None and empty values are left out, lists repeat their name."""
    kept = {name: value for name, value in parameters.items() if value not in (None, "", [], ())}
    return f"{path}?{urlencode(kept, doseq=True)}" if kept else path


def same_with(request: Request, **changed: object) -> str:
    """This request's own path and parameters with some of them changed; None drops one."""
    parameters: dict[str, object] = {name: request.query_params.getlist(name) for name in request.query_params}
    path = str(request.scope.get("root_path") or "") + own_path(request)
    return with_parameters(path, {**parameters, **changed})
