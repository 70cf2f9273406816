"""Every step leaves a record: running while it works, then done, held or failed with the reason."""

from __future__ import annotations

import pytest

from flows.context import StepResult
from flows.steps.record import recorded
from search_api.error import IndexUnavailable
from taxonomies.error import UnknownTaxonomy
from vacancies.run import RunStatus

from .conftest import World, make_posting


class Witness:
    """A reporter that looks at the run records while a step works."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.seen: dict[str, RunStatus] = {}
        self.ended: list[str] = []

    def begin(self, step: str, total: int | None) -> None:
        self.seen[step] = self.world.lake.runs(step=step)[0].status

    def advance(self, step: str, done: int) -> None:
        pass

    def end(self, result: StepResult) -> None:
        self.ended.append(result.step)


def test_a_record_says_running_and_then_done(world: World) -> None:
    world.put([make_posting(0), make_posting(1)])
    witness = Witness(world)
    names = ["enrich", "merge", "index", "figures", "release"]
    world.go(*names, reporter=witness)
    runs = {run.step: run for run in world.lake.runs(run_id="run-1")}
    assert set(witness.seen.items()) == {(name, RunStatus.RUNNING) for name in names}
    assert witness.ended == names
    assert {(run.step, run.status) for run in runs.values()} == {(name, RunStatus.DONE) for name in names}
    assert all(run.finished and run.started <= run.finished and run.version == "test" for run in runs.values())
    assert runs["enrich"].counts["read"] == 2


def test_a_failed_step_leaves_its_reason_and_raises(world: World) -> None:
    world.put([make_posting(0)])
    with pytest.raises(UnknownTaxonomy, match="starter:9"):
        world.go("enrich", taxonomy="starter:9")
    (run,) = world.lake.runs()
    assert run.status is RunStatus.FAILED
    assert "UnknownTaxonomy" in (run.message or "")


@pytest.mark.parametrize(
    ("result", "status"),
    [
        (StepResult("crawl", {"new": 1}), RunStatus.DONE),
        (StepResult("crawl", {"new": 1}, held=True, message="board-a shrank"), RunStatus.HELD),
        (StepResult("crawl", {"new": 1}, failed=True, message="board-b did not answer"), RunStatus.FAILED),
        (StepResult("crawl", {}, held=True, failed=True, message="both"), RunStatus.HELD),
    ],
)
def test_the_status_is_what_the_result_says(world: World, result: StepResult, status: RunStatus) -> None:
    recorded(world.context(), world.lake, "crawl", lambda: result)
    (run,) = world.lake.runs()
    assert (run.status, run.counts, run.message) == (status, result.counts, result.message)


@pytest.mark.parametrize("error", [KeyboardInterrupt(), IndexUnavailable("down")])
def test_an_interruption_is_recorded_too(world: World, error: BaseException) -> None:
    def work() -> StepResult:
        raise error

    with pytest.raises(type(error)):
        recorded(world.context(), world.lake, "index", work)
    (run,) = world.lake.runs()
    assert (run.status, run.finished is not None) == (RunStatus.FAILED, True)
    assert type(error).__name__ in (run.message or "")
