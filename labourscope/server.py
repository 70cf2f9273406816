"""Serving the API and the dashboard with uvicorn."""

from __future__ import annotations

import socket
import tempfile
from collections.abc import Callable
from pathlib import Path

import uvicorn

from labourscope.error import CommandError
from labourscope.installation import engine_of, home_of, register_of, taxonomy_store
from labourscope.settings import Settings
from search_api.app import Application, create_app
from search_api.security import check_exposure
from search_api.settings import ApiSettings
from taxonomies.regions import Regions
from vacancies.register import SourceRegister


def make_app(settings: Settings, *, taxonomy: str | None = None, register: SourceRegister | None = None) -> Application:
    """Put the API together for this installation."""
    home, store = home_of(settings), taxonomy_store(settings)
    return create_app(
        ApiSettings(),
        engine=engine_of(settings),
        lake_root=home.lake,
        taxonomy=store.open(taxonomy or settings.taxonomy),
        regions=Regions.open(store),
        releases=home.releases,
        cube=home.cube,
        sources=tuple(register if register is not None else register_of(settings)),
    )


def serve_until_stopped(
    settings: Settings,
    *,
    host: str,
    port: int,
    taxonomy: str | None = None,
    register: SourceRegister | None = None,
    on_ready: Callable[[str], None],
) -> None:
    """Serve until Ctrl-C; refuses to listen beyond loopback without a login. `on_ready` hears the address."""
    api_settings = ApiSettings()
    check_exposure(host, api_settings)
    app = make_app(settings, taxonomy=taxonomy, register=register)
    listening = listen(host, port)
    shown = f"[{host}]" if ":" in host else host
    config = uvicorn.Config(app, log_level="warning", server_header=False, root_path=api_settings.root_path)
    on_ready(f"http://{shown}:{listening.getsockname()[1]}")
    uvicorn.Server(config).run(sockets=[listening])


def listen(host: str, port: int) -> socket.socket:
    """Open the socket first, so that a port in use is told clearly; raises CommandError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise CommandError(
            f"cannot listen on {host} port {port}: {error.strerror}; choose another with --port (0 takes a free one)"
        ) from error
    listening.listen(128)
    return listening


def api_description() -> dict[str, str]:
    """Give every endpoint of the API, `GET /v1/vacancies`, with its summary; nothing of an installation is read."""
    with tempfile.TemporaryDirectory() as folder:
        paths = make_app(Settings(home=Path(folder))).openapi()["paths"]
    return {
        f"{method.upper()} {path}": operation.get("summary", "") for path, found in paths.items() for method, operation in found.items()
    }
