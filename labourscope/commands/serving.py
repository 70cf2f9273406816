"""`index`, `release` and `serve`: what users see."""

from __future__ import annotations

from typing import Annotated

import typer

from labourscope.commands.options import Force, Json, TaxonomyName, run_steps
from labourscope.console import out
from labourscope.settings import Settings
from search_api.settings import ApiSettings


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(index)
    app.command()(release)
    app.command()(serve)
    app.command()(maintain)


def index(taxonomy: TaxonomyName = None, force: Force = False, json: Json = False) -> None:
    """Build the search index and the demand figures from the lake, beside the live ones, then swap them in."""
    from flows import steps

    run_steps([steps.index, steps.figures], as_json=json, taxonomy=taxonomy, force=force)


def release(taxonomy: TaxonomyName = None, force: Force = False, json: Json = False) -> None:
    """Publish the datasets as a new, immutable release."""
    from flows import steps

    run_steps([steps.release], as_json=json, taxonomy=taxonomy, force=force)


def serve(
    host: Annotated[
        str | None,
        typer.Option(help="Address to listen on (default: LABOURSCOPE_API_HOST); beyond loopback only with a token or a proxy login."),
    ] = None,
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port, 0 takes a free one (default: LABOURSCOPE_API_PORT).")] = None,
    taxonomy: TaxonomyName = None,
) -> None:
    """Serve the API and the dashboard until Ctrl-C."""
    from labourscope.server import serve_until_stopped

    own = ApiSettings()
    serve_until_stopped(
        Settings(),
        host=own.host if host is None else host,
        port=own.port if port is None else port,
        taxonomy=taxonomy,
        on_ready=lambda address: out.print(f"serving on {address}"),
    )


def maintain(json: Json = False) -> None:
    """Close postings not checked in time, delete raw answers older than their licence allows, join small files, drop old table versions."""
    from flows import steps

    run_steps([steps.maintain], as_json=json)
