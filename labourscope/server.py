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
from search_api.reference import ReferenceOpener
from search_api.security import check_exposure
from search_api.settings import ApiSettings
from taxonomies.manifest import MANIFEST_NAME
from taxonomies.regions import Regions
from vacancies.register import SourceRegister


def make_app(settings: Settings, *, taxonomy: str | None = None, register: SourceRegister | None = None) -> Application:
    """Put the API together for this installation; labels come from the taxonomy of the live index, `taxonomy` is for where there is none.

    A given `register` is kept; the installation's own is read anew when its file changes. Raises UnknownTaxonomy and RegisterInvalid for
    what could not be served.
    """
    home = home_of(settings)
    reference = reference_of(settings, taxonomy=taxonomy, register=register)
    reference.taxonomy(None)
    reference.sources()
    return create_app(
        ApiSettings(),
        engine=engine_of(settings),
        lake_root=home.lake,
        reference=reference,
        releases=home.releases,
        cube=home.cube,
    )


def reference_of(settings: Settings, *, taxonomy: str | None, register: SourceRegister | None) -> ReferenceOpener:
    """Say how this installation's taxonomies, regions and register are opened, and by what files their change is known."""
    store = taxonomy_store(settings)
    own_register = settings.source_register or home_of(settings).root / "sources.yaml"  # without it the bundled one, which never changes
    return ReferenceOpener(
        taxonomy=lambda name: store.open(name or taxonomy or settings.taxonomy),
        regions=lambda: Regions.open(store),
        sources=lambda: register if register is not None else register_of(settings),
        imports_mark=lambda: tuple(_mark(path) for path in sorted(store.root.glob(f"*/*/{MANIFEST_NAME}"))),
        register_mark=lambda: None if register is not None else _mark(own_register),
    )


def _mark(path: Path) -> tuple[str, int, int, int] | None:
    """What is another when a file was written or replaced; None while there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return str(path), found.st_ino, found.st_mtime_ns, found.st_size


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
