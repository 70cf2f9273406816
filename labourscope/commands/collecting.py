"""`crawl` and `ingest`: getting advertisements in."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from labourscope.commands.options import Boards, Force, Json, run_steps
from labourscope.console import out, print_json, print_rows
from labourscope.error import ExitCode
from labourscope.installation import home_of, new_run_id, register_of
from labourscope.settings import Settings
from vacancies.feed_mapping import FeedMapping, find_mapping

Mapping = Annotated[str | None, typer.Option(help="Mapping of the feed's columns: a file (YAML), or the name of one that comes with us.")]


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(crawl)
    app.command()(ingest)


def crawl(
    board: Boards = None,
    from_captures: Annotated[bool, typer.Option("--from-captures", help="Fetch nothing: parse the captures of the lake again.")] = False,
    afresh: Annotated[bool, typer.Option("--afresh", help="Fetch everything, also what is known to be unchanged.")] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="With --from-captures: read all captures anew and show what would change; write nothing.")
    ] = False,
    force: Force = False,
    json: Json = False,
) -> None:
    """Crawl the boards of the source register: captures are stored, parsed and taken over into the lake."""
    from flows import steps

    if dry_run:
        if not from_captures:
            raise typer.BadParameter("only with --from-captures: what a board would answer is not known", param_hint="--dry-run")
        from labourscope.reading_diff_view import show_reading_diff

        show_reading_diff(board, as_json=json)
        return
    run_steps([steps.reparse if from_captures else partial(steps.crawl, afresh=afresh)], as_json=json, boards=board, force=force)


def ingest(
    file: Annotated[Path, typer.Argument(help="JSON Lines, a JSON array, CSV, Excel (.xlsx) or XML; plain or gzip.")],
    board: Annotated[str | None, typer.Option(help="Board of records that name none; it needs a row in the source register.")] = None,
    mapping: Mapping = None,
    complete: Annotated[bool, typer.Option("--complete", help="The file holds all open postings: mark the others as gone.")] = False,
    check: Annotated[bool, typer.Option("--check", help="Write nothing: report what each field holds and what would change.")] = False,
    draft_mapping: Annotated[bool, typer.Option("--draft-mapping", help="Write nothing: propose a mapping for the file.")] = False,
    force: Force = False,
    json: Json = False,
) -> None:
    """Take a partner's feed over into the lake; `--draft-mapping` and `--check` come before the first time."""
    if draft_mapping:
        from vacancies.feeds.mapping_draft import draft_mapping as draft

        out.print(draft(file), end="", markup=False, highlight=False, soft_wrap=True)
        return
    feed_mapping = _mapping_of(board, mapping)
    if check:
        _check(file, board, feed_mapping, as_json=json)
        return
    from flows import steps

    run_steps([partial(steps.ingest, path=file, board=board, mapping=feed_mapping, complete=complete)], as_json=json, force=force)


def _mapping_of(board: str | None, name: str | None) -> FeedMapping | None:
    """Find the mapping named, else that of the board's row."""
    if name is None and board is not None:
        name = register_of(Settings()).get(board).mapping
    return find_mapping(name) if name else None


def _check(file: Path, board: str | None, mapping: FeedMapping | None, *, as_json: bool) -> None:
    """Print what a feed holds; ends with FAILED when nothing can be read, with HELD when a person should look."""
    from labourscope.feed_view import feed_tables, verdict
    from vacancies.feed_check import check_feed
    from vacancies.ingest import FeedReader
    from vacancies.lake import Lake

    settings = Settings()
    folder = home_of(settings).lake
    reader = FeedReader(register_of(settings), new_run_id(), settings.clock or datetime.now(UTC), board=board, mapping=mapping)
    report = check_feed(file, Lake.open(folder) if folder.exists() else None, reader)
    if as_json:
        print_json(report.model_dump(mode="json") | {"is_well": report.is_well})
    else:
        for title, rows in feed_tables(report):
            print_rows(rows, title=title)
        out.print(verdict(report))
    if not report.is_well:
        raise typer.Exit(ExitCode.HELD if report.postings else ExitCode.FAILED)
