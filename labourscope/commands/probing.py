"""`sources probe`: what serves an address, and its row as far as it can be drafted."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from labourscope.commands.options import Json
from labourscope.console import err, out, print_json
from labourscope.error import ExitCode
from labourscope.settings import Settings
from vacancies.register_editing import field_line

if TYPE_CHECKING:
    from crawlers.probing.probe import Probe

Contact = Annotated[str, typer.Option(help="Whom the board can write to; every request carries it.")]
Loopback = Annotated[bool, typer.Option("--loopback", help="The board is on this machine.")]


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command("probe")(probe_address)


def probe_address(
    url: Annotated[str, typer.Argument(help="A board's address: its careers page, a feed, a sitemap, an advertisement.")],
    contact: Contact,
    loopback: Loopback = False,
    json: Json = False,
) -> None:
    """Recognise the platform of an address with a few polite requests, and draft its register row as YAML on standard output.

    Ends with status 1 when nothing was recognised, with 3 when robots.txt forbids the address.
    """
    from crawlers.probing.probe import probe

    today = (Settings().clock or datetime.now(UTC)).date()
    with err.status(f"looking at {url}"):
        found = probe(url, contact=contact, today=today, loopback=loopback, delay=0 if loopback else 1.0)
    if json:
        print_json(_as_json(found))
    else:
        _tell(found)
        out.print(draft_text(found, contact=contact), end="", markup=False, highlight=False, soft_wrap=True)
    if not found.candidates:
        raise typer.Exit(ExitCode.FAILED)
    if found.robots is not None and not found.robots.allowed:
        raise typer.Exit(ExitCode.HELD)


def draft_text(found: Probe, *, contact: str) -> str:
    """Write the drafted row: what is known as YAML, what a person must fill as comments; `sources add --from` takes it."""
    lines = [f"# drafted from {found.url}; fill what stands behind #, then: labourscope sources add --from <this file>"]
    lines += [field_line(name, value) for name, value in (found.row | {"contact": contact}).items()]
    lines += [f"# {name}:   # {what}" for name, what in found.to_fill.items() if name != "contact"]
    return "\n".join(lines) + "\n"


def _tell(found: Probe) -> None:
    """Say on standard error what was found, and by what."""
    for problem in found.problems:
        err.print(f"problem: {problem}", markup=False, highlight=False, soft_wrap=True)
    for candidate in found.candidates:
        text = f"{candidate.sure:4.0%}  {candidate.platform}  {candidate.address}\n      {candidate.because}"
        err.print(text, markup=False, highlight=False, soft_wrap=True)
    if not found.candidates:
        err.print("no platform was recognised; give the address of the list of advertisements, or of a feed or sitemap")
    if found.robots is not None:
        err.print(f"robots.txt of {found.robots.address}: {found.robots.says}", markup=False, highlight=False, soft_wrap=True)


def _as_json(found: Probe) -> dict[str, object]:
    return {
        "url": found.url,
        "candidates": [candidate._asdict() for candidate in found.candidates],
        "robots": found.robots._asdict() if found.robots else None,
        "row": found.row,
        "to_fill": found.to_fill,
        "problems": list(found.problems),
        "requests": found.requests,
    }
