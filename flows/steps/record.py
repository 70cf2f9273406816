"""Every step leaves a run record: running, then done, held or failed, with its counts."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from flows.context import RunContext, StepResult
from vacancies.lake import Lake
from vacancies.run import Run, RunStatus


def recorded(context: RunContext, lake: Lake, step: str, work: Callable[[], StepResult]) -> StepResult:
    """Run a step and keep its record; an error is recorded with its text and raised again."""
    started, clock = datetime.now(UTC), time.monotonic()
    run = Run(run_id=context.run_id, step=step, status=RunStatus.RUNNING, started=started, version=context.version)
    lake.record_run(run)
    try:
        result = replace(work(), seconds=time.monotonic() - clock)
    except BaseException as error:
        failed = {"status": RunStatus.FAILED, "finished": datetime.now(UTC), "message": f"{type(error).__name__}: {error}"}
        lake.record_run(run.model_copy(update=failed))
        raise
    status = RunStatus.HELD if result.held else RunStatus.FAILED if result.failed else RunStatus.DONE
    ended = {
        "status": status,
        "finished": datetime.now(UTC),
        "counts": result.counts,
        "message": result.message,
        "taxonomy": context.taxonomy,
    }
    lake.record_run(run.model_copy(update=ended))
    context.reporter.end(result)
    return result
