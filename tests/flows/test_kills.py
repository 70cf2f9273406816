"""A step killed (kill -9) anywhere in its middle and started again gives what an undisturbed run gives."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from nlp.pipeline import PIPELINE_VERSION
from observatory.release import latest_release, list_releases
from search_api.query import FacetField, VacancyQuery
from vacancies.run import RunStatus

from .conftest import NOW, World, make_posting

pytestmark = pytest.mark.long

STEPS = ("enrich", "merge", "index", "figures", "release")
KILLS = [
    ("enrich", "return _sift", 5),  # in the middle of reading
    ("enrich", "call Lake.upsert_enriched", 1),
    ("enrich", "return Lake.upsert_enriched", 1),  # written, not yet recorded
    ("merge", "call Lake.replace_vacancies", 1),
    ("merge", "return Lake.replace_vacancies", 1),
    ("index", "return _counted", 4),  # in the middle of the documents
    ("index", "call Generations.publish", 1),  # built, not yet live
    ("index", "return Generations.publish", 1),
    ("figures", "return write_facts", 1),
    ("figures", "call _swap", 1),
    ("figures", "return build_cube", 1),
    ("release", "return _write_tables", 1),
    ("release", "call check_package", 1),
    ("release", "call point_latest", 1),  # in its place, not yet the latest
    ("release", "return make_release", 1),
]


@pytest.fixture(scope="module")
def killer() -> Iterator[Callable[..., int]]:
    """Run a step in a process that is killed at a place; gives its exit status."""
    command = [sys.executable, str(Path(__file__).with_name("killing.py"))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

        def kill(world: World, step: str, at: str, times: int) -> int:
            assert process.stdin is not None
            assert process.stdout is not None
            order = {"step": step, "at": at, "times": times, "home": str(world.home.root), "clock": NOW.isoformat()}
            order["sources"] = [source.model_dump(mode="json") for source in world.context().register]
            process.stdin.write(json.dumps(order) + "\n")
            process.stdin.flush()
            return int(process.stdout.readline())

        yield kill
        assert process.stdin is not None
        process.stdin.close()


@pytest.fixture(scope="module")
def stages(make_world: Callable[[Path], World], tmp_path_factory: pytest.TempPathFactory) -> dict[str, World]:
    """The installation as it stands before each step, and at the end ("done")."""
    root = tmp_path_factory.mktemp("stages")
    world = make_world(root / "begun")
    world.put([make_posting(number) for number in range(8)])
    world.put([make_posting(number, "board-b") for number in (0, 1, 8, 9)], board="board-b")
    stages = {}
    for step in STEPS:
        stages[step] = world.copied(root / f"before-{step}")
        world.go(step)
    return stages | {"done": world}


def results(world: World) -> dict[str, object]:
    """Everything that users and later runs get to see, apart from run ids and the names of generations."""
    lake, engine = world.lake, world.engine
    everything = VacancyQuery(limit=100, facets=(FacetField.SKILL, FacetField.REGION))
    found = engine.search(everything)
    latest = latest_release(world.home.releases)
    assert latest is not None
    return {
        "readings": sorted(map(str, lake.enriched(PIPELINE_VERSION, "starter:1"))),
        "rows": {table: lake.row_count(table) for table in ("postings", "enriched", "vacancies", "quarantine")},
        "vacancies": sorted(map(str, lake.vacancies())),
        "documents": [hit.document for hit in found.hits],
        "facets": found.facets,
        "releases": [release.version for release in list_releases(world.home.releases)],
        "files": {file.name: file.sha256 for file in latest.files if file.name not in {"README.md", "datapackage.json", "SHA256SUMS"}},
        "left over": sorted(path.name for path in world.home.root.rglob("*building*")),
    }


@pytest.mark.parametrize(("step", "at", "times"), KILLS, ids=[f"{step} {at} {times}" for step, at, times in KILLS])
def test_started_again_after_a_kill_it_gives_the_same(
    stages: dict[str, World], killer: Callable[..., int], tmp_path: Path, step: str, at: str, times: int
) -> None:
    world = stages[step].copied(tmp_path / "home")
    assert killer(world, step, at, times) == -signal.SIGKILL
    (left,) = world.lake.runs(run_id="killed")
    assert (left.step, left.status) == (step, RunStatus.RUNNING)
    with world.lake.lock("after the kill"):
        world.go(*STEPS[STEPS.index(step) :], run_id="again")
    assert results(world) == results(stages["done"])
