"""Every folder of `recorded/`: its board is crawled from a local server that answers as recorded; the postings are those expected."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TypeGuard

import pytest

from crawlers.recorded_answers import Replay, in_order, recorded_folders, replay
from vacancies.run import RunStatus

FOLDERS = recorded_folders(Path(__file__).parent / "recorded")


@pytest.fixture(scope="module")
def replayed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Replay]:
    """All folders whose test is to run (`-k greenhouse` chooses one), in one crawl."""
    chosen = {item.callspec.params["folder"] for item in request.session.items if _is_of_folder(item)}
    return replay([folder for folder in FOLDERS if folder in chosen], tmp_path_factory.mktemp("home"))


def _is_of_folder(item: pytest.Item) -> TypeGuard[pytest.Function]:
    return isinstance(item, pytest.Function) and item.path == Path(__file__) and "replayed" in item.fixturenames


@pytest.mark.long
@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_the_board_is_read_as_a_person_read_it(replayed: dict[str, Replay], folder: Path) -> None:
    found = replayed[folder.name]
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    command = f"labourscope sources record {folder.name}"
    assert found.postings == in_order(expected), f"run `{command}`, and read expected.json against the answers, value by value"
    assert found.unknown == []
    assert found.never_asked == []
    stated = folder / "report.json"
    wanted = json.loads(stated.read_text("utf-8")) if stated.exists() else {"status": RunStatus.DONE, "complete": True, "errors": {}}
    report = found.report.model_dump(mode="json")
    assert {key: report[key] for key in wanted} == wanted, report["message"]


@pytest.mark.long
def test_only_what_is_chosen_is_crawled(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", f"--basetemp={tmp_path / 'base'}", __file__, "-k"]
    done = subprocess.run([*command, "greenhouse or lever"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    (job,) = (tmp_path / "base").glob("home0/crawls/r/job.json")
    assert {source["board"] for source in json.loads(job.read_text())["sources"]} == {"greenhouse", "lever"}
