"""`sources`: the register of boards."""

from __future__ import annotations

from datetime import UTC, datetime

import typer

from labourscope.commands import source_health
from labourscope.commands.options import Json
from labourscope.console import out, print_rows
from labourscope.installation import home_of, register_of, register_path
from labourscope.settings import Settings
from vacancies.lake import Lake

app = typer.Typer(help="The source register: which boards are collected, on what legal basis, at what pace.", no_args_is_help=True)
source_health.add_to(app)


@app.command("list")
def list_sources(json: Json = False) -> None:
    """List the boards with their legal basis and what the lake holds of them."""
    settings = Settings()
    folder = home_of(settings).lake
    lake = Lake.open(folder) if folder.exists() else None
    today = (settings.clock or datetime.now(UTC)).date()
    rows = [
        {
            "board": source.board,
            "name": source.name,
            "platform": source.platform,
            "countries": " ".join(source.countries),
            "languages": " ".join(source.languages),
            "legal basis": source.legal_basis,
            "active": source.active_on(today),
            "delay s": source.delay,
            "open postings": lake.open_count(source.board) if lake else 0,
        }
        for source in register_of(settings)
    ]
    print_rows(rows, title=f"Source register {register_path(settings)}", as_json=json, empty="the register has no rows")


@app.command()
def check(json: Json = False) -> None:
    """Check the register: every row's fields, known platforms, dates; ends with an error that names row, field and value."""
    from crawlers.registry import platforms

    settings = Settings()
    register = register_of(settings)
    known = {*platforms(), "feed"}
    rows = [
        {"board": source.board, "platform": source.platform, "problem": f"unknown platform; known: {', '.join(sorted(known))}"}
        for source in register
        if source.platform not in known
    ]
    if rows or json:
        print_rows(rows, as_json=json)
    if rows:
        raise typer.Exit(1)
    if not json:
        out.print(f"{len(tuple(register))} rows, all well: {register_path(settings)}")
