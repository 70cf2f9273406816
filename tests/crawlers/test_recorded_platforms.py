"""Every folder of `recorded/`: its board is crawled from a local server that answers as recorded; the postings are those expected."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crawlers.recorded_answers import Replay, in_order, recorded_folders, replay
from vacancies.run import RunStatus

FOLDERS = recorded_folders(Path(__file__).parent / "recorded")


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Replay]:
    return replay(FOLDERS, tmp_path_factory.mktemp("home"))


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
