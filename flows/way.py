"""The Prefect flows: the whole way and each step on its own, with retries on what is temporary.

Prefect runs in this process with its in-process API unless PREFECT_API_URL names a server. Steps are idempotent: after a kill, starting
again goes on from what the lake holds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.tasks import Task

from flows import steps
from flows.context import RunContext, StepResult
from search_api.error import IndexUnavailable
from vacancies.lake import Lake

Step = Callable[[RunContext, Lake], StepResult]
_RETRY_DELAYS: Final = [2, 10]  # seconds
_TEMPORARY: Final = (IndexUnavailable, ConnectionError, TimeoutError)


def _is_temporary(_task: Task[Any, Any], _run: TaskRun, state: State[Any]) -> bool:
    error = state.data if isinstance(state.data, BaseException) else getattr(state.data, "exception", None)
    return isinstance(error or _raised(state), _TEMPORARY)


def _raised(state: State[Any]) -> object:
    try:
        return state.result(raise_on_failure=False)
    except _TEMPORARY as error:
        return error


def _as_task(step: Step, name: str) -> Task[Any, StepResult]:
    return task(
        name=name,
        retries=len(_RETRY_DELAYS),
        retry_delay_seconds=[float(delay) for delay in _RETRY_DELAYS],
        retry_condition_fn=_is_temporary,
        persist_result=False,
        cache_policy=NO_CACHE,
    )(step)


STEPS: Final[dict[str, Step]] = {
    "crawl": steps.crawl,
    "enrich": steps.enrich,
    "merge": steps.merge,
    "index": steps.index,
    "figures": steps.figures,
    "release": steps.release,
}
TASKS: Final = {name: _as_task(step, name) for name, step in STEPS.items()}


@flow(name="labourscope", validate_parameters=False, persist_result=False)
def whole_way(context: RunContext, names: tuple[str, ...] = tuple(STEPS)) -> list[StepResult]:
    """Run the steps in order on one lake under one run id; a held step stops what comes after it, unless the context forces it.

    Raises LakeBusy when another run is writing.
    """
    results: list[StepResult] = []
    lake = Lake.open(context.home.lake)
    with lake.lock(f"run {context.run_id}"):
        for name in names:
            results.append(TASKS[name](context, lake))
            if results[-1].held and name != "crawl":  # a held board does not keep the others from being published
                break
    return results


def _flow_of(name: str) -> Any:
    @flow(name=f"labourscope-{name}", validate_parameters=False, persist_result=False)
    def one_step(context: RunContext) -> list[StepResult]:
        """Run one step of the way."""
        lake = Lake.open(context.home.lake)
        with lake.lock(f"{name} {context.run_id}"):
            return [TASKS[name](context, lake)]

    return one_step


STEP_FLOWS: Final = {name: _flow_of(name) for name in STEPS}
