"""The whole way as a real Prefect flow in this process: order, retries on what is temporary, one run at a time, gates."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.context import StepResult
from flows.local_api import configure_prefect
from search_api.document import VacancyDocument
from search_api.engines.protocol import IndexInfo
from search_api.engines.tantivy_engine import TantivyEngine
from search_api.error import IndexBuildFailed, IndexUnavailable
from vacancies.error import LakeBusy
from vacancies.run import RunStatus

from .conftest import World, make_posting

WAY = ("enrich", "merge", "index", "figures", "release")


@pytest.fixture(scope="module", autouse=True)
def prefect_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Prefect's state in a folder of this test, and the environment as it was afterwards."""
    before = dict(os.environ)
    configure_prefect(tmp_path_factory.mktemp("prefect"), errors_are_told=True)
    yield
    os.environ.clear()
    os.environ.update(before)


class Failing(TantivyEngine):
    """The embedded engine, whose first builds fail."""

    def __init__(self, folder: Path, error: Exception, times: int) -> None:
        super().__init__(folder)
        self.error = error
        self.left = times
        self.builds = 0

    def build(self, documents: Iterable[VacancyDocument], **given: Any) -> IndexInfo:
        """Fail as often as told, then build."""
        self.builds += 1
        if self.left:
            self.left -= 1
            raise self.error
        return super().build(documents, **given)


def go(world: World, names: tuple[str, ...] = WAY, run_id: str = "run-1", **given: object) -> list[StepResult]:
    from flows.way import whole_way

    return whole_way(world.context(run_id, **given), names)


def counted(results: list[StepResult], *names: str) -> list[int | None]:
    """One count of each step."""
    return [result.counts.get(name) for result, name in zip(results, names, strict=True)]


@pytest.mark.long
def test_the_whole_way_runs_its_steps_in_order(world: World) -> None:
    world.put([make_posting(number) for number in range(4)])
    results = go(world)
    assert [result.step for result in results] == list(WAY)
    assert counted(results, "read", "vacancies", "indexed", "vacancies", "released") == [4, 4, 4, 4, 1]
    assert {(run.step, run.status) for run in world.lake.runs(run_id="run-1")} == {(name, RunStatus.DONE) for name in WAY}
    again = go(world, run_id="run-2")
    assert counted(again, "read", "new", "indexed", "vacancies", "released") == [0, 0, 0, 4, 0]


def test_what_is_temporary_is_tried_again(merged: World) -> None:
    engine = Failing(merged.home.index, IndexUnavailable("the engine does not answer"), times=1)
    (result,) = go(merged, ("index",), engine=lambda: engine)
    assert (engine.builds, result.counts["indexed"]) == (2, 10)
    (run,) = merged.lake.runs(step="index")
    assert run.status is RunStatus.DONE


def test_what_is_final_is_not_tried_again(merged: World) -> None:
    engine = Failing(merged.home.index, IndexBuildFailed("a repeated id"), times=5)
    with pytest.raises(IndexBuildFailed):
        go(merged, ("index", "figures"), engine=lambda: engine)
    assert engine.builds == 1
    assert [run.status for run in merged.lake.runs(step="index")] == [RunStatus.FAILED]
    assert merged.lake.runs(step="figures") == []


def test_two_runs_at_once_are_refused(merged: World, capfd: pytest.CaptureFixture[str]) -> None:
    with merged.lake.lock("the first run"), pytest.raises(LakeBusy, match="the first run"):
        go(merged, ("merge",))
    assert "Traceback" not in capfd.readouterr().err, "the caller tells the error, Prefect need not"
    assert go(merged, ("merge",))[0].counts["vacancies"] == 10


def test_a_held_step_stops_what_comes_after_it(merged: World) -> None:
    go(merged, ("index",))
    lost = merged.copied(merged.home.root.with_name("lost"))
    lost.lake.replace_vacancies([])
    lost.lake.replace_vacancies(list(merged.lake.vacancies())[:5])
    results = go(lost, ("index", "figures", "release"), run_id="run-2")
    assert [(result.step, result.held) for result in results] == [("index", True)]
    forced = go(lost, ("index", "figures", "release"), run_id="run-3", force=True)
    assert [(result.step, result.held) for result in forced] == [("index", False), ("figures", False), ("release", False)]


def test_one_step_is_a_flow_of_its_own(merged: World) -> None:
    from flows.way import STEP_FLOWS

    (result,) = STEP_FLOWS["merge"](merged.context())
    assert (result.step, result.counts["vacancies"]) == ("merge", 10)
