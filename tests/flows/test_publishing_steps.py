"""Index, figures and release: left alone when nothing changed, renewed when the lake moved on, held by their gates when they shrank."""

from __future__ import annotations

from datetime import timedelta

import pytest

from flows.context import StepResult
from observatory.cube import live_cube_folder, read_info
from observatory.release import latest_release, list_releases
from search_api.query import VacancyQuery

from .conftest import NOW, World, make_posting

LATER = NOW + timedelta(days=1)
PUBLISHING = ("index", "figures", "release")


def publish(world: World, run_id: str = "run-1", **given: object) -> dict[str, StepResult]:
    return world.go(*PUBLISHING, run_id=run_id, **given)


def move_on(world: World) -> None:
    """Two new postings appear."""
    world.put([make_posting(number) for number in (*range(8), 20, 21)], seen_at=LATER)
    world.go("enrich", "merge", run_id="run-2", clock=LATER)


def test_the_first_publication_holds_every_vacancy(merged: World) -> None:
    results = publish(merged)
    release = latest_release(merged.home.releases)
    assert results["index"].counts == {"indexed": 10, "documents": 10, "unchecked": 0}
    assert (results["figures"].counts["vacancies"], results["figures"].counts["postings"]) == (10, 12)
    assert results["release"].counts["released"] == 1
    assert release is not None
    assert (release.vacancies, release.postings, release.run_id, release.version) == (10, 12, "run-1", "2026-09-29")
    found = {hit.document.vacancy_id for hit in merged.engine.search(VacancyQuery(limit=100)).hits}
    assert found == {vacancy.vacancy_id for vacancy in merged.lake.vacancies()}


def test_nothing_is_built_again_when_nothing_changed(merged: World) -> None:
    publish(merged)
    generation, cube = merged.engine.info().generation, live_cube_folder(merged.home.cube)
    results = publish(merged, "run-2", clock=LATER)
    assert merged.engine.info().generation == generation
    assert (live_cube_folder(merged.home.cube), read_info(cube).run_id) == (cube, "run-1")
    assert len(list_releases(merged.home.releases)) == 1
    assert (results["index"].counts, results["release"].counts) == ({"indexed": 0, "documents": 10}, {"released": 0})
    assert [result.message for result in results.values()] == [
        "the index is as new as the lake",
        "the figures are as new as the lake",
        "nothing has changed since release 2026-09-29",
    ]


def test_a_lake_that_moved_on_is_published_anew(merged: World) -> None:
    publish(merged)
    generation = merged.engine.info().generation
    move_on(merged)
    results = publish(merged, "run-2", clock=LATER)
    assert merged.engine.info().generation != generation
    assert results["index"].counts == {"indexed": 12, "documents": 12, "unchecked": 0}
    assert results["figures"].counts["vacancies"] == 12
    assert [release.version for release in list_releases(merged.home.releases)] == ["2026-09-30", "2026-09-29"]


def test_force_builds_the_index_again(merged: World) -> None:
    publish(merged)
    generation = merged.engine.info().generation
    assert merged.go("index", run_id="run-2", force=True)["index"].counts["indexed"] == 10
    assert merged.engine.info().generation != generation


@pytest.fixture(scope="module")
def shrunk_world(read_world: World, tmp_path_factory: pytest.TempPathFactory) -> World:
    """120 vacancies are published, then most of the lake is lost (another lake is put in its place)."""
    root = tmp_path_factory.mktemp("shrunk")
    world = read_world.copied(root / "home")
    world.put([make_posting(number) for number in range(120)])
    world.go("enrich", "merge", run_id="run-0")
    publish(world)
    small = read_world.copied(root / "small")
    for name in PUBLISHING:
        source = {"index": world.home.index, "figures": world.home.cube, "release": world.home.releases}[name]
        source.rename(small.home.root / source.name)
    return small


@pytest.fixture
def shrunk(shrunk_world: World, tmp_path: object) -> World:
    return shrunk_world.copied(tmp_path / "home")  # type: ignore[operator]


def test_a_shrunken_index_is_held_until_a_person_says_so(shrunk: World) -> None:
    live = shrunk.engine.info()
    held = shrunk.go("index", run_id="run-2")["index"]
    assert held.held
    assert held.counts == {"indexed": 0, "documents": live.documents}
    assert "--force" in (held.message or "")
    assert shrunk.engine.info() == live
    forced = shrunk.go("index", run_id="run-3", force=True)["index"]
    assert (forced.held, forced.counts["documents"]) == (False, 10)


def test_a_shrunken_release_is_held_until_a_person_says_so(shrunk: World) -> None:
    before = list_releases(shrunk.home.releases)
    held = shrunk.go("release", run_id="run-2", clock=LATER)["release"]
    assert (held.held, held.counts) == (True, {"released": 0})
    assert "--force" in (held.message or "")
    assert list_releases(shrunk.home.releases) == before
    forced = shrunk.go("release", run_id="run-3", clock=LATER, force=True)["release"]
    latest = latest_release(shrunk.home.releases)
    assert (forced.held, forced.counts["released"]) == (False, 1)
    assert latest is not None
    assert (latest.version, latest.vacancies) == ("2026-09-30", 10)
