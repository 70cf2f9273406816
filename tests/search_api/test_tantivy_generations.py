from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from search_api.document import VacancyDocument
from search_api.engines.tantivy_build import rank_documents
from search_api.engines.tantivy_engine import TantivyEngine
from search_api.error import IndexBuildFailed, IndexUnavailable
from search_api.query import VacancyFilter, VacancyQuery

BUILD = {"run_id": "run-1", "taxonomy": "starter:1", "pipeline": "1", "lake_version": 7}
EVERYTHING = VacancyQuery(filter=VacancyFilter(open_only=False), limit=1)


def generations(folder: Path) -> list[str]:
    return sorted(path.name for path in (folder / "generations").iterdir())


def test_a_running_reader_picks_up_a_swapped_generation(tmp_path: Path, documents: list[VacancyDocument]) -> None:
    reader, builder = TantivyEngine(tmp_path), TantivyEngine(tmp_path)
    builder.build(documents[:10], **BUILD)
    assert reader.search(EVERYTHING).total == 10
    built = builder.build(documents[:20], **BUILD)
    assert reader.search(EVERYTHING).total == 20
    assert reader.info() == built


def test_the_previous_generation_is_kept_and_older_ones_removed(tmp_path: Path, documents: list[VacancyDocument]) -> None:
    engine = TantivyEngine(tmp_path)
    built = [engine.build(documents[:10], **BUILD).generation for _ in range(4)]
    assert generations(tmp_path) == built[-2:]
    assert (tmp_path / "current").read_text().strip() == built[-1]


def test_what_a_killed_build_left_behind_is_removed(tmp_path: Path, documents: list[VacancyDocument]) -> None:
    left = tmp_path / "generations" / "20250101t000000000000-aaaaaa.building" / "index"
    left.mkdir(parents=True)
    built = TantivyEngine(tmp_path).build(documents[:10], **BUILD)
    assert generations(tmp_path) == [built.generation]


def test_one_build_at_a_time(tmp_path: Path, documents: list[VacancyDocument]) -> None:
    started, go_on = threading.Event(), threading.Event()

    def slow() -> object:
        started.set()
        go_on.wait(20)
        yield documents[0]

    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(TantivyEngine(tmp_path).build, slow(), **BUILD)
        assert started.wait(20)
        with pytest.raises(IndexUnavailable, match="another build"):
            TantivyEngine(tmp_path).build(documents[:10], **BUILD)
        go_on.set()
        assert first.result().documents == 1


def test_searches_go_on_while_generations_are_swapped(tmp_path: Path, documents: list[VacancyDocument]) -> None:
    reader, builder = TantivyEngine(tmp_path), TantivyEngine(tmp_path)
    builder.build(documents[:50], **BUILD)
    stop = threading.Event()
    seen: set[int] = set()

    def read() -> None:
        while not stop.is_set():
            seen.add(reader.search(EVERYTHING).total)

    with ThreadPoolExecutor(2) as pool:
        readers = [pool.submit(read) for _ in range(2)]
        for count in (60, 70, 80, 90):
            builder.build(documents[:count], **BUILD)
        stop.set()
        for done in readers:
            done.result()
    assert seen <= {50, 60, 70, 80, 90}


@pytest.mark.parametrize("damage", ["info.json", "index/meta.json", "pointer", "everything"])
def test_a_damaged_folder_is_an_error_that_says_what_to_do(tmp_path: Path, documents: list[VacancyDocument], damage: str) -> None:
    generation = TantivyEngine(tmp_path).build(documents[:10], **BUILD).generation
    folder = tmp_path / "generations" / generation
    if damage == "pointer":
        (tmp_path / "current").write_text("20250101t000000000000-aaaaaa\n")
    elif damage == "everything":
        for path in (folder / "index").iterdir():
            path.unlink()
    else:
        (folder / damage).write_text("{")
    with pytest.raises(IndexUnavailable, match="labourscope index"):
        TantivyEngine(tmp_path).search(EVERYTHING)


def test_a_folder_that_cannot_be_written_is_an_error(tmp_path: Path, documents: list[VacancyDocument]) -> None:
    (tmp_path / "generations").write_text("a file in the place of the folder")
    with pytest.raises(IndexUnavailable, match="cannot be made"):
        TantivyEngine(tmp_path).build(documents[:1], **BUILD)


def test_places_in_the_three_orders() -> None:
    keys = [(20, "b"), (10, "c"), (20, "a"), (30, "d")]
    assert rank_documents(keys) == [(2, 3, 3), (3, 4, 1), (1, 2, 2), (4, 1, 4)]


def test_a_repeated_id_is_named() -> None:
    with pytest.raises(IndexBuildFailed, match="vacancy b "):
        rank_documents([(1, "b"), (2, "a"), (3, "b")])
