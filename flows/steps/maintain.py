"""Looking after the lake: duties of the boards' licences, and files."""

from __future__ import annotations

from flows.context import RunContext, StepResult
from flows.steps.read import form_vacancies
from flows.steps.record import recorded
from vacancies.lake import Lake
from vacancies.licence_duties import delete_old_captures, withdraw_unchecked


def maintain(context: RunContext, lake: Lake) -> StepResult:
    """Close what was not checked in time, delete captures older than their board's licence allows, join the tables' small files."""
    return recorded(context, lake, "maintain", lambda: _maintain(context, lake))


def _maintain(context: RunContext, lake: Lake) -> StepResult:
    context.reporter.begin("maintain", None)
    unchecked = close_unchecked(context, lake)
    pruned = delete_old_captures(lake, context.register, at=context.now())
    lake.maintain()
    counts = {"unchecked": unchecked, "captures deleted": pruned.captures, "bodies deleted": pruned.bodies}
    return StepResult("maintain", counts, message="the lake's tables are compacted")


def close_unchecked(context: RunContext, lake: Lake) -> int:
    """Close what was not checked in time; then the vacancies are formed anew, so that none of it is published as open."""
    closed = withdraw_unchecked(lake, context.register, at=context.now())
    if closed:
        form_vacancies(context, lake)
    return closed
