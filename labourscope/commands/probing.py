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

Contact = Annotated[str, typer.Option(help="Whom the board can write to: an e-mail or web address; every request carries it.")]
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

    Ends with status 1 when nothing was recognised or the address could not be fetched (then nothing is drafted, unless a page that its
    sitemap names was looked at), with 3 when robots.txt forbids the address, or what a crawl of the row would ask for.
    """
    from crawlers.probing.probe import probe

    today = (Settings().clock or datetime.now(UTC)).date()
    with err.status(f"looking at {url}"):
        found = probe(url, contact=contact, today=today, loopback=loopback, delay=0 if loopback else 1.0)
    if json:
        print_json(_as_json(found))
    else:
        _tell(found)
        out.print(draft_text(found) if found.row else "", end="", markup=False, highlight=False, soft_wrap=True)
    if found.is_forbidden:
        raise typer.Exit(ExitCode.HELD)
    if found.has_failed or not found.candidates:
        raise typer.Exit(ExitCode.FAILED)


def draft_text(found: Probe) -> str:
    """Write the drafted row: what is known as YAML, what a person must fill and doubt as comments; `sources add --from` takes it."""
    lines = [f"# drafted from {found.url}; fill what stands behind #, then: labourscope sources add --from <this file>"]
    lines += [f"# problem: {problem}" for problem in found.problems]
    for number, candidate in enumerate(found.candidates):
        named = f"{candidate.platform}, {candidate.sure:.0%} sure" if number == 0 else f"or {candidate.platform}, {candidate.sure:.0%} sure"
        address = "" if number == 0 else f", address {candidate.address}"
        lines.append(f"# {named}{address}: {candidate.because}")
    if found.is_forbidden:
        verdicts = [verdict for verdict in (found.asked, found.robots) if verdict is not None and not verdict.allowed]
        lines += [f"# {verdict.address}: robots.txt: {verdict.says}" for verdict in verdicts]
    lines += [field_line(name, value) for name, value in found.row.items()]
    lines += [f"# {name}:   # {what}" for name, what in found.to_fill.items()]
    return "\n".join(" ".join(line.splitlines()) for line in lines) + "\n"


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
    if found.asked is not None and found.asked.allowed is False and found.asked != found.robots:
        err.print(f"robots.txt of {found.asked.address}: {found.asked.says}", markup=False, highlight=False, soft_wrap=True)


def _as_json(found: Probe) -> dict[str, object]:
    return {
        "url": found.url,
        "candidates": [candidate._asdict() for candidate in found.candidates],
        "robots": found.robots._asdict() if found.robots else None,
        "asked": found.asked._asdict() if found.asked else None,
        "has_failed": found.has_failed,
        "row": found.row,
        "to_fill": found.to_fill,
        "problems": list(found.problems),
        "requests": found.requests,
    }
