"""The lake keeps what it is given once, remembers what changed, and survives kills, newer formats and full disks."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from vacancies.enriched import EnrichedPosting
from vacancies.error import LakeBusy, LakeFull, LakeTooNew, UnknownBody, VacanciesError
from vacancies.lake import Lake
from vacancies.posting import Capture, GoneReason, Posting
from vacancies.posting_draft import PostingDraft, draft_to_posting
from vacancies.quarantining import quarantined
from vacancies.run import Run, RunStatus
from vacancies.vacancy import Vacancy

T1 = datetime(2026, 3, 1, 6, tzinfo=UTC)
T2 = T1 + timedelta(days=1)
T3 = T1 + timedelta(days=2)


def posting(native_id: str, *, board: str = "board-a", text: str = "Wir suchen Verstärkung.", **fields: object) -> Posting:
    draft = PostingDraft.model_validate({"native_id": native_id, "title": "Koch", "description": text, "language": "de"} | fields)
    return draft_to_posting(draft, board=board, parser="test/1")


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake.open(tmp_path / "lake")


def test_the_same_postings_again_change_nothing(lake: Lake) -> None:
    postings = [posting("1"), posting("2")]
    first = lake.upsert_postings("board-a", postings, run_id="r1", seen_at=T1, complete=True)
    versions = {table: lake.table_version(table) for table in ("postings", "lives", "posting_history")}
    again = lake.upsert_postings("board-a", postings, run_id="r2", seen_at=T1, complete=True)
    assert (first.new, again.new, again.unchanged) == (2, 0, 2)
    assert {table: lake.table_version(table) for table in versions} == versions
    assert sorted(p.native_id or "" for p in lake.postings()) == ["1", "2"]


def test_a_changed_posting_keeps_its_former_version(lake: Lake) -> None:
    lake.upsert_postings("board-a", [posting("1", text="alt")], run_id="r1", seen_at=T1, complete=True)
    counts = lake.upsert_postings("board-a", [posting("1", text="neu")], run_id="r2", seen_at=T2, complete=True)
    (life,) = lake.lives()
    history = lake.dataset("posting_history").to_table().to_pylist()
    assert counts.changed == 1
    assert (life.revisions, life.changed_at, life.first_seen, life.last_seen) == (2, T2, T1, T2)
    assert [p.description_text for p in lake.postings()] == ["neu"]
    assert [row["description_text"] for row in history] == ["alt"]


@pytest.mark.parametrize(
    ("valid_through", "reason"),
    [(None, GoneReason.REMOVED), (date(2026, 3, 1), GoneReason.EXPIRED), (date(2026, 9, 1), GoneReason.REMOVED)],
)
def test_what_a_complete_listing_lacks_is_gone_with_a_reason(lake: Lake, valid_through: date | None, reason: GoneReason) -> None:
    lake.upsert_postings("board-a", [posting("1"), posting("2", valid_through=valid_through)], run_id="r1", seen_at=T1, complete=True)
    assert lake.upsert_postings("board-a", [posting("1")], run_id="r2", seen_at=T2, complete=True).gone == 1
    gone = [life for life in lake.lives() if life.gone_at]
    assert [(life.gone_at, life.gone_reason) for life in gone] == [(T2, reason)]
    assert lake.open_count("board-a") == 1


def test_a_partial_listing_makes_nothing_gone_and_other_boards_stay(lake: Lake) -> None:
    lake.upsert_postings("board-a", [posting("1"), posting("2")], run_id="r1", seen_at=T1, complete=True)
    lake.upsert_postings("board-b", [posting("1", board="board-b")], run_id="r1", seen_at=T1, complete=True)
    assert lake.upsert_postings("board-a", [posting("1")], run_id="r2", seen_at=T2, complete=False).gone == 0
    assert lake.upsert_postings("board-a", [], run_id="r3", seen_at=T3, complete=True).gone == 2
    assert lake.open_count("board-b") == 1


def test_a_posting_that_comes_back_is_open_again(lake: Lake) -> None:
    for seen_at, postings in ((T1, [posting("1")]), (T2, []), (T3, [posting("1")])):
        counts = lake.upsert_postings("board-a", postings, run_id="r", seen_at=seen_at, complete=True)
    (life,) = lake.lives()
    assert counts.reappeared == 1
    assert (life.gone_at, life.gone_reason, life.first_seen) == (None, None, T1)


def test_what_is_read_anew_from_old_captures_is_no_sighting(lake: Lake) -> None:
    lake.upsert_postings("board-a", [posting("1")], run_id="r1", seen_at=T1, complete=True)
    lake.upsert_postings("board-a", [], run_id="r2", seen_at=T2, complete=True)
    counts = lake.upsert_postings("board-a", [posting("1", text="neu")], run_id="r3", seen_at=T1, complete=False, is_sighting=False)
    (life,) = lake.lives()
    assert (counts.changed, counts.reappeared) == (1, 0)
    assert (life.gone_at, life.last_seen, life.revisions) == (T2, T1, 2)


def test_open_postings_end_with_their_own_date_unless_the_board_still_shows_them(lake: Lake) -> None:
    ends = date(2026, 3, 1)
    lake.upsert_postings("board-a", [posting("1", valid_through=ends), posting("2")], run_id="r", seen_at=T1, complete=False)
    assert lake.expire_postings(at=T1) == 0
    lake.upsert_postings("board-b", [posting("1", board="board-b", valid_through=ends)], run_id="r", seen_at=T3, complete=False)
    assert lake.expire_postings(at=T3) == 1
    assert lake.expire_postings(at=T3) == 0
    assert [(life.gone_at, life.gone_reason) for life in lake.lives() if life.gone_at] == [(T3, GoneReason.EXPIRED)]


def test_sightings_and_maintenance_do_not_change_the_content(lake: Lake) -> None:
    lake.upsert_postings("board-a", [posting("1")], run_id="r", seen_at=T1, complete=True)
    content = lake.content_version()
    lake.upsert_postings("board-a", [posting("1")], run_id="r", seen_at=T2, complete=True)
    lake.maintain()
    assert lake.content_version() == content
    lake.upsert_postings("board-a", [posting("1"), posting("2")], run_id="r", seen_at=T2, complete=True)
    assert lake.content_version() != content


def test_a_withdrawn_posting_is_gone(lake: Lake) -> None:
    lake.upsert_postings("board-a", [posting("1")], run_id="r", seen_at=T1, complete=False)
    ids = [posting("1").posting_id]
    assert lake.withdraw_postings(ids, seen_at=T2, reason=GoneReason.WITHDRAWN) == 1
    assert lake.withdraw_postings(ids, seen_at=T3, reason=GoneReason.WITHDRAWN) == 0


def test_one_id_twice_in_a_run_is_counted_as_repeated(lake: Lake) -> None:
    counts = lake.upsert_postings("board-a", [posting("1"), posting("1")], run_id="r", seen_at=T1, complete=True)
    assert (counts.seen, counts.new, counts.repeated) == (2, 1, 1)


def capture(body: bytes, url: str = "https://a.example/1") -> Capture:
    digest = hashlib.sha256(body).hexdigest()
    stated = {"board": "board-a", "url": url, "fetched_at": T1, "status": 200, "content_type": None, "run_id": "r", "spider": "test/1"}
    return Capture.model_validate(stated | {"sha256": digest, "size": len(body)})


def test_bodies_are_kept_once_and_come_back_as_they_were(lake: Lake) -> None:
    body = b"<html>\xff</html>" * 100
    lake.store_capture(capture(body), body)
    lake.store_capture(capture(body, "https://a.example/2"), body)
    lake.flush()
    assert [c.url for c in lake.captures(board="board-a")] == ["https://a.example/1", "https://a.example/2"]
    assert lake.body(capture(body).sha256) == body
    assert len(list((lake.root / "bodies").rglob("*.zst"))) == 1


def test_a_body_that_is_not_the_captures_is_refused(lake: Lake) -> None:
    with pytest.raises(VacanciesError, match="sha256"):
        lake.store_capture(capture(b"one"), b"other")
    with pytest.raises(UnknownBody, match="abc"):
        lake.body("abc")


def reading(of: Posting, *, taxonomy: str = "t:1", pipeline: str = "p1") -> EnrichedPosting:
    return EnrichedPosting(
        posting_id=of.posting_id,
        content_hash=of.content_hash,
        language="de",
        public_text=of.description_text,
        pipeline=pipeline,
        taxonomy=taxonomy,
    )


def test_readings_are_kept_for_each_taxonomy_and_follow_the_content(lake: Lake) -> None:
    old, new = posting("1", text="alt"), posting("1", text="neu")
    lake.upsert_postings("board-a", [old], run_id="r1", seen_at=T1, complete=True)
    assert lake.upsert_enriched([reading(old), reading(old, taxonomy="t:2")]) == 2
    assert lake.upsert_enriched([reading(old)]) == 0
    assert lake.pending_count("p1", "t:1") == 0
    lake.upsert_postings("board-a", [new], run_id="r2", seen_at=T2, complete=True)
    assert [p.description_text for p in lake.pending_enrichment("p1", "t:1")] == ["neu"]
    assert list(lake.enriched("p1", "t:1")) == []
    lake.upsert_enriched([reading(new)])
    assert [r.public_text for r in lake.enriched("p1", "t:1")] == ["neu"]
    assert lake.readings() == [("p1", "t:1", 2), ("p1", "t:2", 1)]


def test_the_same_vacancies_again_write_nothing(lake: Lake) -> None:
    vacancy = Vacancy(vacancy_id="v", posting_ids=("v", "w"), representative_id="v", boards=("a",), first_seen=T1, last_seen=T2)
    assert lake.replace_vacancies([vacancy]) == (1, 1, 0, 0)
    version = lake.table_version("vacancies")
    assert lake.replace_vacancies([vacancy]) == (1, 0, 0, 0)
    assert lake.table_version("vacancies") == version
    assert lake.replace_vacancies([vacancy.model_copy(update={"last_seen": T3})]) == (1, 0, 1, 0)
    assert lake.replace_vacancies([]) == (0, 0, 0, 1)


def test_a_failure_met_again_moves_only_its_last_date(lake: Lake) -> None:
    for at, new in ((T1, 1), (T2, 0)):
        record = quarantined({"title": None}, step="ingest", board="a", reason="no_text", error="empty", run_id="r", at=at)
        assert lake.quarantine([record]) == new
    (kept,) = lake.quarantined()
    assert (kept.first_at, kept.last_at, json.loads(kept.record)) == (T1, T2, {"title": None})


def test_run_records_are_replaced_by_run_step_and_board(lake: Lake) -> None:
    run = Run(run_id="r", step="crawl", status=RunStatus.RUNNING, started=T1, version="1")
    lake.record_run(run)
    lake.record_run(run.model_copy(update={"status": RunStatus.DONE, "counts": {"new": 3}}))
    lake.record_run(run.model_copy(update={"step": "merge", "started": T2}))
    assert [(r.step, r.status, r.counts) for r in lake.runs()] == [("merge", "running", {}), ("crawl", "done", {"new": 3})]


def test_maintenance_loses_nothing(lake: Lake) -> None:
    for number in range(5):
        lake.upsert_postings("board-a", [posting(str(number))], run_id="r", seen_at=T1, complete=False)
    lake.maintain()
    assert sum(1 for _ in lake.postings()) == 5


def test_a_lake_of_a_newer_version_is_left_alone(lake: Lake) -> None:
    (lake.root / "format.json").write_text('{"format": 99}')
    with pytest.raises(LakeTooNew, match=r"format 99.*upgrade"):
        Lake.open(lake.root)


def test_only_one_run_writes_at_a_time_and_a_killed_one_frees_the_lock(lake: Lake) -> None:
    code = (
        "import sys, time; from pathlib import Path; from vacancies.lake import Lake\n"
        "with Lake.open(Path(sys.argv[1])).lock('a long run'): print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(lake.root)], stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        with pytest.raises(LakeBusy, match=rf"process {other.pid} \(a long run"), lake.lock():
            pass
        other.kill()
        other.wait()
    with lake.lock():
        pass


KILLED = """
import json, os, sys
from pathlib import Path
from datetime import UTC, datetime
import vacancies.lake.tables as tables
from vacancies.lake import Lake
from vacancies.posting_draft import PostingDraft, draft_to_posting

write = {name: getattr(tables.DeltaStore, name) for name in ("append", "merge")}

def dying(name):
    def call(self, table, *rest):
        global lives_left
        if table.num_rows and lives_left == 0:
            os.kill(os.getpid(), 9)
        lives_left -= table.num_rows > 0
        return write[name](self, table, *rest)
    return call

def crawl(root, day):
    for name in write:
        setattr(tables.DeltaStore, name, dying(name))
    postings = [
        draft_to_posting(PostingDraft(native_id=str(n), title="Koch", description="neu" + str(n)), board="board-a", parser="t/1")
        for n in range(5)
    ]
    seen_at = datetime(2026, 3, day, tzinfo=UTC)
    Lake.open(Path(root)).upsert_postings("board-a", postings, run_id="r", seen_at=seen_at, complete=True)

for line in sys.stdin:
    root, lives_left, day = json.loads(line)
    child = os.fork()  # of a process that has only imported
    if child == 0:
        crawl(root, day)
        os._exit(0)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""


@pytest.fixture(scope="module")
def crawl_in_process() -> Iterator[Callable[[Lake, int, int], int]]:
    """Write a listing in a process that is killed after so many writes; gives its exit status."""
    with subprocess.Popen([sys.executable, "-c", KILLED], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        orders, answers = process.stdin, process.stdout

        def crawl(lake: Lake, writes_before_the_kill: int, day: int) -> int:
            orders.write(json.dumps([str(lake.root), writes_before_the_kill, day]) + "\n")
            orders.flush()
            return int(answers.readline())

        yield crawl
        orders.close()


@pytest.mark.parametrize("writes_before_the_kill", [0, 1, 2])
def test_a_run_killed_between_two_writes_is_made_good_by_the_next(
    lake: Lake, crawl_in_process: Callable[[Lake, int, int], int], writes_before_the_kill: int
) -> None:
    old = [posting(str(n), text=f"alt{n}") for n in range(4)]
    lake.upsert_postings("board-a", old, run_id="r", seen_at=T1, complete=True)
    assert crawl_in_process(lake, writes_before_the_kill, 2) == -9
    assert crawl_in_process(lake, 99, 3) == 0  # on the next day
    assert sorted(p.description_text for p in lake.postings()) == [f"neu{n}" for n in range(5)]
    assert sorted(row["description_text"] for row in lake.dataset("posting_history").to_table().to_pylist()) == [
        f"alt{n}" for n in range(4)
    ]
    assert sorted((life.revisions for life in lake.lives()), reverse=True) == [2, 2, 2, 2, 1]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    if os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root")
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], check=False, capture_output=True)
    if mounted.returncode != 0:
        pytest.skip("this sandbox does not allow mounting a small disk")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=False)


def test_a_full_disk_is_told_and_nothing_half_written_is_seen(small_disk: Path) -> None:
    lake = Lake.open(small_disk / "lake")
    lake.upsert_postings("board-a", [posting("1")], run_id="r", seen_at=T1, complete=False)
    large = [posting(str(n), text=os.urandom(2000).hex()) for n in range(1000)]
    with pytest.raises(LakeFull, match="free space and run again"):
        lake.upsert_postings("board-a", large, run_id="r", seen_at=T2, complete=False)
    assert [p.native_id for p in lake.postings()] == ["1"]
    body = os.urandom(4_000_000)
    with pytest.raises(LakeFull, match="free space"):
        lake.store_capture(capture(body), body)
