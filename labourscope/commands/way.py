"""`run`: the whole way as a Prefect flow, and where its parts stand."""

from __future__ import annotations

import logging
import os
from typing import Annotated

import typer

from flows.context import RunContext
from flows.local_api import configure_prefect
from labourscope.commands.options import Boards, Force, Json, TaxonomyName, finish
from labourscope.console import LoggingReporter, progress_reporter
from labourscope.error import CommandError
from labourscope.installation import home_of, run_context
from labourscope.settings import Settings
from vacancies.lake import Lake

_STEPS = ("crawl", "enrich", "merge", "index", "figures", "release")


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(run)
    app.command()(schedule)


def run(
    board: Boards = None,
    skip: Annotated[list[str] | None, typer.Option(help=f"Leave a step out: {', '.join(_STEPS)}.")] = None,
    only: Annotated[str | None, typer.Option(help="Run the flow of this one step.")] = None,
    taxonomy: TaxonomyName = None,
    force: Force = False,
    json: Json = False,
) -> None:
    """Go the whole way: crawl, enrich, merge, index, figures, release; starting again after a kill goes on."""
    unknown = {*(skip or ()), *([only] if only else ())} - set(_STEPS)
    if unknown:
        raise typer.BadParameter(f"no such step: {', '.join(sorted(unknown))}; steps are {', '.join(_STEPS)}", param_hint="--skip, --only")
    settings = Settings()
    home = home_of(settings)
    with Lake.open(home.lake).lock("starting a run"):
        pass  # beside another run this one ends here, not after the seconds that Prefect takes to start
    configure_prefect(home.root, errors_are_told=True)
    from flows.way import STEP_FLOWS, whole_way

    with progress_reporter(quiet=json) as reporter:
        context = run_context(settings, reporter, boards=tuple(board or ()), force=force, taxonomy=taxonomy)
        results = STEP_FLOWS[only](context) if only else whole_way(context, tuple(step for step in _STEPS if step not in (skip or ())))
    finish(context.run_id, results, as_json=json)


def schedule(
    cron: Annotated[str, typer.Option(help="When to run, as five cron fields in UTC.")] = "0 3 * * *",
    taxonomy: TaxonomyName = None,
) -> None:
    """Register the whole way with the Prefect server that PREFECT_API_URL names, and run it when it is due, until Ctrl-C."""
    if not os.environ.get("PREFECT_API_URL"):
        raise CommandError(
            "a schedule needs a Prefect server: start one with `prefect server start` and set PREFECT_API_URL, "
            "for example to http://127.0.0.1:4200/api; or let cron call `labourscope run`"
        )
    settings = Settings()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    configure_prefect(home_of(settings).root)
    from flows.scheduled import serve_schedule

    def make_context() -> RunContext:
        return run_context(Settings(), LoggingReporter(), taxonomy=taxonomy)

    serve_schedule(make_context, cron=cron)
