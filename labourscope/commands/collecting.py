"""`crawl` and `ingest`: getting advertisements in."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from flows import steps
from labourscope.commands.options import Boards, Force, Json, run_steps
from vacancies.feed_mapping import load_mapping


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(crawl)
    app.command()(ingest)


def crawl(
    board: Boards = None,
    from_captures: Annotated[bool, typer.Option("--from-captures", help="Fetch nothing: parse the captures of the lake again.")] = False,
    force: Force = False,
    json: Json = False,
) -> None:
    """Crawl the boards of the source register: captures are stored, parsed and taken over into the lake."""
    run_steps([steps.reparse if from_captures else steps.crawl], as_json=json, boards=board, force=force)


def ingest(
    file: Annotated[Path, typer.Argument(help="JSON Lines of schema.org JobPosting objects, plain or gzip.")],
    board: Annotated[str | None, typer.Option(help="Board of records that name none; it needs a row in the source register.")] = None,
    mapping: Annotated[Path | None, typer.Option(help="Mapping file (YAML) for feeds in another form.")] = None,
    complete: Annotated[bool, typer.Option("--complete", help="The file holds all open postings: mark the others as gone.")] = False,
    force: Force = False,
    json: Json = False,
) -> None:
    """Take a partner's feed over into the lake."""
    feed_mapping = load_mapping(mapping) if mapping else None
    run_steps([partial(steps.ingest, path=file, board=board, mapping=feed_mapping, complete=complete)], as_json=json, force=force)
