"""`sources`: the register of boards."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from labourscope.commands import platforms, probing, register_rows, source_health
from labourscope.commands.options import Json
from labourscope.console import print_rows
from labourscope.installation import home_of, register_of, register_path
from labourscope.settings import Settings
from vacancies.lake import Lake
from vacancies.source import Source

app = typer.Typer(help="The source register: which boards are collected, on what legal basis, at what pace.", no_args_is_help=True)
register_rows.add_to(app)
platforms.add_to(app)
probing.add_to(app)
source_health.add_to(app)


Wide = Annotated[bool, typer.Option("--wide", help="Every field of the rows.")]


@app.command("list")
def list_sources(wide: Wide = False, json: Json = False) -> None:
    """List the boards with their legal basis and what the lake holds of them; `--json` gives every field, as `--wide` does."""
    settings = Settings()
    folder = home_of(settings).lake
    lake = Lake.open(folder) if folder.exists() else None
    today = (settings.clock or datetime.now(UTC)).date()
    rows = [
        _short(source)
        | {"active": source.active_on(today), "delay s": source.delay, "open postings": lake.open_count(source.board) if lake else 0}
        | (_rest(source) if wide or json else {})
        for source in register_of(settings)
    ]
    print_rows(rows, title=f"Source register {register_path(settings)}", as_json=json, empty="the register has no rows")


def _short(source: Source) -> dict[str, object]:
    return {
        "board": source.board,
        "name": source.name,
        "platform": source.platform,
        "countries": " ".join(source.countries),
        "languages": " ".join(source.languages),
        "legal basis": source.legal_basis,
    }


def _rest(source: Source) -> dict[str, object]:
    """Give the fields that the short list leaves out; of credentials the variables' names, which are no secrets."""
    named = {"board", "name", "platform", "countries", "languages", "legal_basis", "delay"}
    fields = {name: value for name, value in source.model_dump(mode="json").items() if name not in named}
    credentials = " ".join(f"{name}={variable}" for name, variable in source.credentials.items())
    return fields | {"credentials": credentials or None}
