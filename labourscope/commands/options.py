"""Options that several commands share, and running a step with progress."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated

import typer

from flows.context import RunContext, StepResult
from labourscope.console import out, print_json, print_rows, progress_reporter
from labourscope.error import ExitCode
from labourscope.installation import run_context
from labourscope.settings import Settings
from vacancies.lake import Lake

Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")]
Force = Annotated[bool, typer.Option("--force", help="A person's word: let a held step through its gate.")]
TaxonomyName = Annotated[
    str | None, typer.Option("--taxonomy", help="Taxonomy as scheme:version (default: the newest ESCO imported, else the starter).")
]
Boards = Annotated[list[str] | None, typer.Option("--board", help="Only this board of the source register; may be given several times.")]


def run_steps(
    steps: list[Callable[[RunContext, Lake], StepResult]],
    *,
    as_json: bool,
    boards: list[str] | None = None,
    force: bool = False,
    taxonomy: str | None = None,
    clock: datetime | None = None,
) -> None:
    """Run steps in this process under the lake's lock, show progress, print the counts; ends with HELD when a gate held one."""
    with progress_reporter(quiet=as_json) as reporter:
        context = run_context(Settings(), reporter, boards=tuple(boards or ()), force=force, taxonomy=taxonomy, clock=clock)
        lake = Lake.open(context.home.lake)
        with lake.lock(f"run {context.run_id}"):
            results = []
            for step in steps:
                results.append(step(context, lake))
                if results[-1].held:
                    break
    finish(context.run_id, results, as_json=as_json)


def finish(run_id: str, results: list[StepResult], *, as_json: bool) -> None:
    """Print results as JSON where asked, else a line for each board, and end with the exit code they mean."""
    if as_json:
        steps = [vars(result) | {"boards": [line._asdict() for line in result.boards]} for result in results]
        print_json({"run_id": run_id, "steps": steps})
    else:
        for result in results:
            _show_boards(result)
    if any(result.held for result in results):
        raise typer.Exit(ExitCode.HELD)
    if any(result.failed for result in results):
        raise typer.Exit(ExitCode.FAILED)


def _show_boards(result: StepResult) -> None:
    """Print a line for each board, then what the boards say that is not in the step's own message."""
    if result.boards:
        print_rows([{name: value for name, value in line._asdict().items() if name != "note"} for line in result.boards])
    for line in result.boards:
        if line.note and line.note not in (result.message or ""):
            out.print(f"{line.board}: {line.note}", markup=False, highlight=False, soft_wrap=True)
