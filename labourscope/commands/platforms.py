"""`sources platforms`, `sources new-platform` and `sources record`: what a contributor needs to add a platform."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from labourscope.commands.options import Json
from labourscope.console import out, print_rows
from labourscope.error import CommandError, ExitCode

Root = Annotated[Path, typer.Option("--root", help="Checkout of the project.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("platforms")(list_platforms)
    app.command("new-platform")(make_platform)
    app.command("record")(record)


def list_platforms(json: Json = False) -> None:
    """List the platforms that register rows may name, with the credentials that they need."""
    from crawlers.coverage import coverage

    rows = [
        {"platform": one.platform, "about": one.about, "credentials": " ".join(one.credentials), "verified": one.verified}
        for one in coverage(Path("tests/crawlers/recorded"))
    ]
    print_rows(rows, as_json=json)


def make_platform(
    name: Annotated[str, typer.Argument(help="Name of the platform: small letters, digits and _.")], root: Root = Path()
) -> None:
    """Make the files of a new platform: spider, page parser and a folder of recorded answers whose test runs."""
    from crawlers.scaffold import new_platform

    paths = new_platform(name, root)
    for path in paths:
        out.print(f"made {path}", highlight=False, soft_wrap=True)
    folder = paths[-1].parent
    out.print(
        f"\nThe test runs, and fails until {folder / 'expected.json'} is filled. Next:\n"
        f"1. Write answers in the platform's real form, with invented employers and texts, beside {folder / 'exchange.json'};\n"
        "   list every request there: two pages at least, one error, and the form's traps (nothing stated, several places, HTML).\n"
        f"2. Correct {paths[0]} and {paths[1]} until all that the answers state is read.\n"
        f"3. labourscope sources record {name}   (writes expected.json: read it against your answers, value by value)\n"
        f"4. python -m pytest tests/crawlers/test_recorded_platforms.py -k {name}\n"
        "5. make docs   (the table of platforms)",
        markup=False,
        highlight=False,
        soft_wrap=True,
    )


def record(name: Annotated[str, typer.Argument(help="Folder under tests/crawlers/recorded.")], root: Root = Path()) -> None:
    """Crawl a recorded board from a local server and write what was read to its expected.json, for a person to read."""
    from crawlers.recorded_answers import write_expected

    folder = root / "tests" / "crawlers" / "recorded" / name
    if not (folder / "exchange.json").exists():
        raise CommandError(f"{folder} holds no exchange.json; make a new platform with labourscope sources new-platform {name}")
    result, log = write_expected(folder)
    report = result.report
    out.print(f"written {folder / 'expected.json'}: {len(result.postings)} postings; read every value against the answers", soft_wrap=True)
    lines = {
        "status": f"{report.status.value} {report.message or ''}".strip(),
        "quarantined": report.quarantined,
        "errors": report.errors,
        "refused": report.refused,
        "values not read": report.unread,
        "requests that nobody recorded": result.unknown,
        "recorded requests never made": result.never_asked,
    }
    for label, value in lines.items():
        if value:
            out.print(f"  {label}: {value}", markup=False, highlight=False, soft_wrap=True)
    if result.unknown or result.never_asked or not result.postings:
        out.print(log, markup=False, highlight=False, soft_wrap=True)
        raise typer.Exit(ExitCode.FAILED)
