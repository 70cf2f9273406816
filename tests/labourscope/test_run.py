"""`labourscope run`: the whole way by Prefect in a process of its own, as cron or a person starts it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from vacancies.lake import Lake
from vacancies.run import RunStatus

from .conftest import Ended, Labourscope

COMMAND = [sys.executable, "-c", "from labourscope.cli import main; main()"]


def run_in_process(home: Path, *words: str) -> Ended:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environment = kept | {"LABOURSCOPE_HOME": str(home), "COLUMNS": "200"}
    ended = subprocess.run([*COMMAND, *words], cwd=home, env=environment, capture_output=True, text=True, check=False)
    return Ended(ended.returncode, ended.stdout, ended.stderr)


@pytest.mark.long
def test_a_run_goes_every_step_and_writes_json_alone(home: Path) -> None:
    ended = run_in_process(home, "run", "--json")
    assert ended.code == 0, ended.err
    assert [step["step"] for step in ended.value["steps"]] == ["crawl", "enrich", "merge", "index", "figures", "release"]
    runs = Lake.open(home / "lake").runs(run_id=ended.value["run_id"])
    assert {run.status for run in runs} == {RunStatus.DONE}
    assert len(runs) == 6
    assert "Traceback" not in ended.err
    assert (home / "prefect").is_dir(), "Prefect's state lies in the home folder"


def test_a_run_beside_another_is_refused_at_once(labourscope: Labourscope, home: Path) -> None:
    with Lake.open(home / "lake").lock("the nightly run"):
        busy = labourscope("run", "--only", "merge")
    assert busy.code == 4
    assert busy.err.startswith("Error: process ")
    assert "the nightly run" in busy.err


def test_a_schedule_needs_a_server_to_plan_it(labourscope: Labourscope, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PREFECT_API_URL", raising=False)
    ended = labourscope("schedule")
    assert ended.code == 1
    assert "PREFECT_API_URL" in ended.err


@pytest.mark.usefixtures("home")
@pytest.mark.parametrize("option", ["--skip", "--only"])
def test_a_step_that_is_not_there_is_told(labourscope: Labourscope, option: str) -> None:
    ended = labourscope("run", option, "dance")
    assert ended.code == 2
    assert "dance" in ended.err
    assert "figures" in ended.err
