"""`docs`: the reference pages, generated from what they describe."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from labourscope.console import out


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command(hidden=True)(docs)


def docs(
    folder: Annotated[Path, typer.Argument(help="Where the reference pages go.")] = Path("docs/reference"),
    env_example: Annotated[Path, typer.Option(help="Where the example of settings goes.")] = Path(".env.example"),
) -> None:
    """Write the reference pages of commands, settings, API and tables, and `.env.example`."""
    from labourscope.reference import reference_pages

    for path, text in reference_pages(folder, env_example).items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        out.print(f"written {path}")
