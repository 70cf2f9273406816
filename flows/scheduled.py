"""The whole way on a schedule: served by this process, planned and recorded by the Prefect server that PREFECT_API_URL names."""

from __future__ import annotations

from collections.abc import Callable

from prefect import flow

from flows.context import RunContext
from flows.error import StepHeld
from flows.way import whole_way


def serve_schedule(make_context: Callable[[], RunContext], *, cron: str) -> None:
    """Serve the flow `labourscope-scheduled` with a cron schedule (UTC) until interrupted; each run gets a context of its own."""

    @flow(name="labourscope-scheduled")
    def labourscope_scheduled() -> dict[str, dict[str, int]]:
        """Go the whole way once; a step that failed or was held makes the run fail, so that somebody looks."""
        results = whole_way(make_context())
        wanting = [f"{result.step}: {result.message}" for result in results if result.held or result.failed]
        if wanting:
            raise StepHeld("; ".join(wanting))
        return {result.step: result.counts for result in results}

    labourscope_scheduled.serve(name="labourscope", cron=cron, limit=1)
