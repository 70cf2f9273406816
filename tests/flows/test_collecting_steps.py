"""Crawl, reparse and ingest as steps: boards of the register on loopback, a partner's feed, and what they refuse."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from crawlers.sample_boards.server import SampleServer
from flows import steps
from flows.error import NothingToDo
from vacancies.error import FeedInvalid, UnknownSource
from vacancies.forgetting.tombstone import ForgottenKind, Tombstone
from vacancies.register import SourceRegister
from vacancies.run import RunStatus

from .conftest import World, make_source

ADVERTISEMENTS = [
    {"@type": "JobPosting", "identifier": "1", "title": "Koch", "description": "Wir suchen einen Koch mit Freude am Beruf."},
    {"@type": "JobPosting", "identifier": "2", "title": "Cook", "description": "We look for a cook who likes the trade."},
    {"@type": "JobPosting", "identifier": "3"},
]


def feed(folder: Path) -> Path:
    path = folder / "feed.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in ADVERTISEMENTS))
    return path


def test_a_crawl_stores_captures_and_postings_and_can_be_parsed_again(world: World) -> None:
    with SampleServer(day=1) as server:
        row = make_source(
            "sample-nordlicht",
            platform="greenhouse",
            address=f"{server.address}/sample-nordlicht/v1/boards/nordlicht/jobs",
            loopback=True,
            delay=0,
        )
        register = SourceRegister([row])
        crawled = world.go("crawl", register=register)["crawl"]
    held = world.lake.row_count("postings")
    assert (crawled.held, crawled.failed, crawled.counts["new"]) == (False, False, held)
    assert held > 10
    assert world.lake.row_count("captures") >= 1
    versions = {table: world.lake.table_version(table) for table in ("captures", "postings")}
    parsed = world.go("reparse", run_id="run-2", register=register)["reparse"]
    assert (parsed.counts["parsed"], parsed.counts.get("new", 0), parsed.counts.get("changed", 0)) == (held, 0, 0)
    assert {table: world.lake.table_version(table) for table in versions} == versions
    runs = {(run.run_id, run.board): run.status for run in world.lake.runs(step="crawl")}
    assert set(runs.values()) == {RunStatus.DONE}
    assert {("run-1", None), ("run-1", "sample-nordlicht"), ("run-2", None)} <= runs.keys()


@pytest.mark.parametrize(
    ("boards", "error", "names"),
    [(("no-such-board",), UnknownSource, "no-such-board"), (("board-a",), NothingToDo, "labourscope ingest")],
)
def test_a_crawl_without_boards_says_what_to_do(world: World, boards: tuple[str, ...], error: type[Exception], names: str) -> None:
    with pytest.raises(error, match=names):
        world.go("crawl", boards=boards)
    assert [run.status for run in world.lake.runs(step="crawl")] == [RunStatus.FAILED]


def test_a_register_without_active_boards_says_where_to_look(world: World) -> None:
    with pytest.raises(NothingToDo, match="labourscope sources list"):
        world.go("crawl", register=SourceRegister([make_source("board-a", active_to="2026-02-01")]))


def test_forgotten_boards_are_left_out_and_counted(world: World) -> None:
    register = SourceRegister([make_source("board-a"), make_source("board-b")])
    world.lake.bury([Tombstone(key="board-a", kind=ForgottenKind.BOARD, forgotten_at=datetime(2026, 9, 1, tzinfo=UTC))])
    assert world.go("crawl", register=register)["crawl"].counts == {"boards": 0, "boards.forgotten": 1}
    world.lake.bury([Tombstone(key="board-b", kind=ForgottenKind.BOARD, forgotten_at=datetime(2026, 9, 1, tzinfo=UTC))])
    with pytest.raises(NothingToDo, match="all boards that are active today were forgotten"):
        world.go("crawl", run_id="run-2", register=register)


def test_boards_that_hand_in_feeds_leave_nothing_to_crawl(world: World) -> None:
    crawled = world.go("crawl")["crawl"]
    assert (crawled.counts, crawled.failed) == ({"boards": 0}, False)


def test_a_feed_is_taken_over_once_and_its_bad_records_are_kept(world: World, tmp_path: Path) -> None:
    step = partial(steps.ingest, path=feed(tmp_path), board="board-a", mapping=None, complete=False)
    first = step(world.context(), world.lake).counts
    again = step(world.context("run-2"), world.lake).counts
    (record,) = world.lake.quarantined()
    assert (first["new"], first["quarantined.no_text"], record.reason) == (2, 1, "no_text")
    assert (again.get("new", 0), again["unchanged"]) == (0, 2)
    assert world.lake.row_count("postings") == 2


def test_a_feed_that_is_not_there_is_named(world: World, tmp_path: Path) -> None:
    with pytest.raises(FeedInvalid, match=r"missing\.jsonl"):
        steps.ingest(world.context(), world.lake, tmp_path / "missing.jsonl", board="board-a", mapping=None, complete=False)
    assert [run.status for run in world.lake.runs(step="ingest")] == [RunStatus.FAILED]
