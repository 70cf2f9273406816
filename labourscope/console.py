"""What people see on the terminal: tables or JSON, progress, and errors without tracebacks."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final

from rich.console import Console
from rich.markup import escape
from rich.measure import Measurement
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table

from flows.context import StepResult

_FEW_COLUMNS: Final = 4  # so many are always laid out as a table
_log: Final = logging.getLogger("labourscope")
out: Final = Console()
err: Final = Console(stderr=True)


def print_json(value: object) -> None:
    """Print a value as JSON on standard output, for other programs."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=1, default=str)
    sys.stdout.write("\n")


def print_rows(
    rows: Sequence[Mapping[str, object]], *, title: str | None = None, as_json: bool = False, empty: str = "nothing to show"
) -> None:
    """Print rows as a table, or as a JSON list; the first row's keys are the columns.

    Rows too wide for the terminal are printed one below the other, a line per column.
    """
    if as_json:
        print_json(list(rows))
    elif not rows:
        out.print(empty)
    else:
        table = _table(rows, title)
        fits = Measurement.get(out, out.options.update(max_width=100_000), table).maximum <= out.width
        out.print(table if fits or len(rows[0]) <= _FEW_COLUMNS else _records(rows, title))


def _table(rows: Sequence[Mapping[str, object]], title: str | None) -> Table:
    table = Table(title=title, title_justify="left", title_style="bold")
    for name, value in rows[0].items():
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        table.add_column(name, justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(_cell(value) for value in row.values()))
    return table


def _records(rows: Sequence[Mapping[str, object]], title: str | None) -> Table:
    grid = Table(title=title, title_justify="left", title_style="bold", box=None, show_header=False, padding=(0, 2, 0, 0))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    for row in rows:
        for position, (name, value) in enumerate(row.items()):
            grid.add_row(name, f"[bold]{_cell(value)}[/]" if position == 0 else _cell(value))
        grid.add_row()
    return grid


def _cell(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}".replace(",", "\u202f")
    if isinstance(value, float):
        return f"{value:.3g}" if abs(value) < 100 else f"{value:,.0f}".replace(",", "\u202f")
    return str(value).replace("[", r"\[")


class ProgressReporter:
    """Shows each step with a bar while it runs and with its counts when it has ended (on standard error)."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self._tasks: dict[str, TaskID] = {}
        self.results: list[StepResult] = []

    def begin(self, step: str, total: int | None) -> None:
        """Show a bar."""
        self._tasks[step] = self._progress.add_task(step, total=total)

    def advance(self, step: str, done: int) -> None:
        """Move the bar on."""
        if step in self._tasks:
            self._progress.advance(self._tasks[step], done)

    def end(self, result: StepResult) -> None:
        """Replace the bar with the step's counts."""
        self.results.append(result)
        task = self._tasks.pop(result.step, None)
        if task is not None:
            self._progress.remove_task(task)
        self._progress.console.print(describe(result))


class LoggingReporter:
    """Writes each step's counts to the log, for scheduled runs."""

    def begin(self, step: str, total: int | None) -> None:
        """Log the beginning."""
        _log.info("%s begins (%s items)", step, "?" if total is None else total)

    def advance(self, step: str, done: int) -> None:
        """Keep quiet between beginning and end."""

    def end(self, result: StepResult) -> None:
        """Log the counts."""
        _log.info("%s ended after %.1f s: %s %s", result.step, result.seconds, result.counts, result.message or "")


def describe(result: StepResult) -> str:
    """Write a step's result in one line of console markup."""
    mark = "[red]failed[/]" if result.failed else "[yellow]held[/]" if result.held else "[green]done[/]"
    counts = ", ".join(f"{name} {_cell(value)}" for name, value in result.counts.items() if value) or "nothing to do"
    note = f" [dim]({escape(result.message)})[/]" if result.message else ""
    return f"{mark} [bold]{result.step:<8}[/] {counts} [dim]{result.seconds:.1f} s[/]{note}"


@contextmanager
def progress_reporter(*, quiet: bool = False) -> Iterator[ProgressReporter]:
    """Show progress on standard error while the block runs."""
    columns = (SpinnerColumn(), TextColumn("{task.description:<8}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True, disable=quiet) as progress:
        yield ProgressReporter(progress)
