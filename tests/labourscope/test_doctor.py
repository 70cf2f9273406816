"""The doctor looks at everything, says what is wrong and how to mend it, and never falls over what is broken."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from vacancies.lake import Lake
from vacancies.run import Run, RunStatus

from .conftest import Ended, Labourscope

AREAS = ["software", "disk", "register", "taxonomies", "lake", "runs", "index", "figures", "releases"]


def findings(ended: Ended) -> dict[str, dict[str, object]]:
    return {finding["area"]: finding for finding in ended.value}


def test_a_healthy_installation_is_well(labourscope: Labourscope, home: Path) -> None:
    ended = labourscope("doctor", "--json")
    assert ended.code == 0, ended.value
    assert [finding["area"] for finding in ended.value] == AREAS
    assert all(finding["well"] and finding["mend"] is None for finding in ended.value)
    assert "postings 12" in findings(ended)["lake"]["state"]
    people = labourscope("doctor")
    assert people.code == 0
    assert all(area in people.out for area in AREAS)


def test_an_empty_installation_is_told_where_to_begin(labourscope: Labourscope) -> None:
    ended = labourscope("doctor", "--json")
    wrong = {area: str(finding["mend"]) for area, finding in findings(ended).items() if not finding["well"]}
    assert ended.code == 1
    assert set(wrong) == {"lake", "index", "figures"}
    assert all("labourscope " in mend for mend in wrong.values()), wrong


def _write(home: Path, path: str, text: str) -> None:
    (home / path).write_text(text)


def _damage_release(home: Path) -> None:
    folder = (home / "releases" / "latest").resolve()
    (folder / "release.json").chmod(0o644)
    (folder / "release.json").write_text("garbage")


def _damage_cube(home: Path) -> None:
    next((home / "cube").glob("*/info.json")).write_text("garbage")


def _truncate(home: Path, pattern: str) -> None:
    with next((home / "lake").glob(pattern)).open("r+b") as file:
        file.truncate(100)


DAMAGE: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "a newer lake": (lambda home: _write(home, "lake/format.json", '{"format": 99}'), "lake", "upgrade"),
    "no lake version": (lambda home: _write(home, "lake/format.json", "garbage"), "lake", "format.json"),
    "a truncated table": (lambda home: _truncate(home, "postings/*.parquet"), "lake", "backup"),
    "a garbled table log": (lambda home: _write(home, "lake/vacancies/_delta_log/00000000000000000001.json", "garbage"), "lake", "merge"),
    "a lost table file": (lambda home: next((home / "lake/enriched").rglob("*.parquet")).unlink(), "lake", "enrich"),
    "a register row": (lambda home: _write(home, "sources.yaml", "- board: x y"), "register", "row 1"),
    "no index": (lambda home: shutil.rmtree(home / "index"), "index", "labourscope index"),
    "a damaged index": (lambda home: next((home / "index").rglob("info.json")).unlink(), "index", "labourscope index --force"),
    "no figures": (lambda home: shutil.rmtree(home / "cube"), "figures", "labourscope index"),
    "damaged figures": (_damage_cube, "figures", "labourscope index"),
    "a damaged release": (_damage_release, "releases", "labourscope release"),
}


@pytest.mark.parametrize("name", DAMAGE)
def test_damage_is_found_and_its_mend_told(labourscope: Labourscope, home: Path, name: str) -> None:
    damage, area, mend = DAMAGE[name]
    damage(home)
    ended = labourscope("doctor", "--json")
    found = findings(ended)
    assert ended.code == 1
    assert (found[area]["well"], mend in str(found[area]["mend"])) == (False, True), found[area]
    assert found["releases"]["area"] == "releases", "the doctor looks at everything to the end"
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("name", ["no index", "a damaged index", "no figures"])
def test_what_the_doctor_says_mends_it(labourscope: Labourscope, home: Path, name: str) -> None:
    damage, area, _ = DAMAGE[name]
    damage(home)
    mend = str(findings(labourscope("doctor", "--json"))[area]["mend"])
    words = mend[mend.index("labourscope index") :].replace("`", "").split()[1:3]
    assert labourscope(*(word for word in words if word in {"index", "--force"})).code == 0
    assert labourscope("doctor").code == 0


def test_an_index_that_is_older_than_the_lake_is_told(labourscope: Labourscope, home: Path) -> None:
    lake = Lake.open(home / "lake")
    lake.replace_vacancies(list(lake.vacancies())[:11])
    index = findings(labourscope("doctor", "--json"))["index"]
    assert (index["well"], index["mend"]) == (False, "labourscope index")
    assert "older than the lake" in str(index["state"])


@pytest.mark.parametrize(
    ("status", "told"), [(RunStatus.FAILED, "run the step again"), (RunStatus.HELD, "--force"), (RunStatus.RUNNING, "was killed")]
)
def test_the_last_run_of_each_step_counts(labourscope: Labourscope, home: Path, status: RunStatus, told: str) -> None:
    lake = Lake.open(home / "lake")
    begun = datetime.now(UTC)
    bad = Run(run_id="nightly", step="crawl", board="partner", status=status, started=begun, message="the board shrank", version="test")
    lake.record_run(bad)
    lake.record_run(Run(run_id="nightly", step="merge", status=RunStatus.DONE, started=datetime.now(UTC), version="test"))
    runs = findings(labourscope("doctor", "--json"))["runs"]
    assert runs["well"] is False
    assert "crawl partner nightly" in str(runs["state"])
    assert told in str(runs["mend"])
    lake.record_run(bad.model_copy(update={"run_id": "next", "status": RunStatus.DONE, "started": datetime.now(UTC)}))
    assert findings(labourscope("doctor", "--json"))["runs"]["well"] is True


def test_a_board_that_is_paused_is_well(labourscope: Labourscope, home: Path) -> None:
    paused = Run(run_id="nightly", step="crawl", board="partner", status=RunStatus.PAUSED, started=datetime.now(UTC), version="test")
    Lake.open(home / "lake").record_run(paused.model_copy(update={"message": "the hours ended"}))
    runs = findings(labourscope("doctor", "--json"))["runs"]
    assert (runs["well"], runs["state"]) == (True, "crawl partner nightly: paused the hours ended")


def test_a_json_answer_is_one_list(labourscope: Labourscope) -> None:
    assert isinstance(json.loads(labourscope("doctor", "--json").out), list)
