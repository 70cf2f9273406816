"""The health pages: the boards with their lines over runs, and one board with its fields and runs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from search_api.dashboard.sparkline import Spark, spark_of
from vacancies.health.overview import BoardHealth
from vacancies.health.record import SourceHealth
from vacancies.run import RunStatus

_SHOWN_RUNS: Final = 20

Read = Callable[[SourceHealth], float | None]


@dataclass(frozen=True)
class LineOfRuns:
    """A figure with its value now and its line."""

    name: str
    now: float | None
    spark: Spark | None


@dataclass(frozen=True)
class FieldRow:
    """A field of the board's postings: the share that states it now, and its line; `unread` values were stated and could not be read."""

    field: str
    stated: int
    share: float
    unread: int
    spark: Spark | None


@dataclass(frozen=True)
class BoardView:
    """A board as the pages show it."""

    health: BoardHealth
    postings: LineOfRuns
    new: LineOfRuns
    filled: LineOfRuns
    age: LineOfRuns
    latency: LineOfRuns
    fields: tuple[FieldRow, ...]
    runs: tuple[SourceHealth, ...]  # newest first


def board_view(health: BoardHealth) -> BoardView:
    """Put a board together for the pages."""
    runs = health.runs
    read = next((run for run in reversed(runs) if run.postings), None)
    return BoardView(
        health=health,
        postings=_line(runs, "postings", lambda run: run.postings if run.came_to_its_end else None),
        new=_line(runs, "new postings", _new),
        filled=_line(runs, "fields stated", _mean_fill, share=True),
        age=_line(runs, "days old at first sight", lambda run: run.age_days),
        latency=_line(runs, "seconds to an answer", lambda run: run.latency),
        fields=tuple(_field(runs, read, name) for name in read.filled) if read else (),
        runs=tuple(reversed(runs[-_SHOWN_RUNS:])),
    )


def _line(runs: Sequence[SourceHealth], name: str, value: Read, *, share: bool = False) -> LineOfRuns:
    values = [value(run) for run in runs]
    now = next((each for each in reversed(values) if each is not None), None)
    return LineOfRuns(name, now, spark_of(values, name=name, share=share))


def _field(runs: Sequence[SourceHealth], last: SourceHealth, name: str) -> FieldRow:
    values = [run.filled.get(name, 0) / run.postings if run.postings else None for run in runs]
    stated = last.filled[name]
    return FieldRow(name, stated, stated / last.postings, last.unread.get(name, 0), spark_of(values, name=name, share=True))


def _mean_fill(run: SourceHealth) -> float | None:
    return sum(run.filled.values()) / (len(run.filled) * run.postings) if run.postings and run.filled else None


def _new(run: SourceHealth) -> float | None:
    """The new postings of a run that was taken over; a first run's are the whole board, beside which all others would look like none."""
    return run.new if run.status is RunStatus.DONE and run.open_before else None
