"""Boards that are left alone for a while, since they fail again and again: in one crawl, or in several in a row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import takewhile

from vacancies.health.record import SourceHealth
from vacancies.lake import Lake


def without_page_in_a_row(runs: Sequence[SourceHealth]) -> int:
    """Count the last crawls of a board, oldest first, in which it was asked and gave no page at all."""
    crawls = (run for run in reversed(runs) if run.step == "crawl")
    return sum(1 for _ in takewhile(lambda run: run.gave_no_page, crawls))


def resting_boards(lake: Lake, *, now: datetime) -> dict[str, datetime]:
    """Tell which boards are left alone now, by their last collection, and until when."""
    columns = ["board", "at", "health_key", "resting_until"]
    table = lake.dataset("source_health").to_table(columns=columns).sort_by([("at", "ascending"), ("health_key", "ascending")])
    last = dict(zip(table["board"].to_pylist(), table["resting_until"].to_pylist(), strict=True))
    return {board: until for board, until in last.items() if until is not None and until > now}
