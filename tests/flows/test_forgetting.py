"""What is forgotten is nowhere left: not in the lake's past, captures, memories, logs, index or figures; and it does not come back."""

from __future__ import annotations

import hashlib
import json
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pyarrow as pa
import pytest

from flows import steps
from flows.steps.forget import Forgotten, forget
from search_api.index_walk import every_document
from vacancies.error import BoardForgotten, UnknownPosting
from vacancies.forgetting.searching import search_files
from vacancies.forgetting.target import Forgetting, begun, copies_of, target_of_board, target_of_posting, target_of_url, traces_of
from vacancies.forgetting.traces import Trace, TraceFinder, Traces
from vacancies.health.record import SourceHealth
from vacancies.lake import Lake
from vacancies.posting import Capture, Posting
from vacancies.quarantining import quarantined
from vacancies.run import Run, RunStatus

from .conftest import NOW, World, make_posting

pytestmark = pytest.mark.long

SECRET = "Frau Quendelbrecht-Ühlein leitet unsere Backstube im Drachenturm seit dem Frühjahr."
EMPLOYER = "Bäckerei Quendelbrecht"
BEFORE = NOW - timedelta(days=1)


def secret_posting(board: str = "board-a", text: str = SECRET) -> Posting:
    return make_posting(
        777, board, native_id="QB-20777", description=text, hiring_organization=EMPLOYER, url=f"https://{board}.example/jobs/777"
    )


def capture(lake: Lake, board: str, url: str, body: str | bytes) -> str:
    raw = body if isinstance(body, bytes) else body.encode()
    digest = hashlib.sha256(raw).hexdigest()
    fields = {"status": 200, "content_type": None, "sha256": digest, "size": len(raw), "run_id": "put", "spider": "test/1"}
    lake.store_capture(Capture.model_validate({"board": board, "url": url, "fetched_at": NOW, **fields}), raw)
    lake.flush()
    return digest


def listing(words: str) -> str:
    return json.dumps({"jobs": [{"id": 1, "content": "&lt;p&gt;Anderes&lt;/p&gt;"}, {"id": 2, "content": f"<p>{words}</p>"}]})


@pytest.fixture(scope="module")
def full_world(make_world: Callable[[Path], World], tmp_path_factory: pytest.TempPathFactory) -> World:
    """Six postings on two boards, one of them with a history, everywhere where a posting can be; copy it before changing it."""
    world = make_world(tmp_path_factory.mktemp("full") / "home")
    old = secret_posting(text=f"{SECRET}\nFrüher stand hier von Nachtarbeit im alten Turm geschrieben.")
    others = [make_posting(number) for number in range(3)]
    world.put([*others, old], seen_at=BEFORE)
    world.put([*others, secret_posting()])
    world.put([make_posting(0, "board-b"), make_posting(9, "board-b")], board="board-b")
    lake = world.lake
    capture(lake, "board-a", "https://board-a.example/jobs/777", f"<p>{SECRET.replace(' im ', ' <b>im</b> ')}</p>")
    capture(lake, "board-a", "https://board-a.example/api", listing(SECRET.replace("Ü", "\\u00dc")))
    capture(lake, "board-a", "https://board-a.example/list", "<a href='/jobs/777'>Stelle</a><a href='/jobs/7771'>Andere</a>")
    capture(lake, "board-a", "https://board-a.example/ids", "<li data-id='QB-20777'>")
    capture(lake, "board-a", "https://board-a.example/jobs/1", "<p>eine ganz andere Stelle</p>")
    capture(lake, "board-b", "https://board-b.example/jobs/9", "<p>Stelle der anderen Seite</p>")
    lake.bodies.put(f"a killed crawl left this: {SECRET}".encode())
    for record, board in (({"id": "QB-20777", "text": SECRET}, "board-a"), ({"id": "other"}, "board-a"), ({"id": "other"}, "board-b")):
        lake.quarantine([quarantined(record, step="crawl", board=board, reason="no_text", error="why", run_id="put", at=NOW)])
    run = {"run_id": "put", "step": "crawl", "board": "board-a", "status": RunStatus.FAILED, "started": NOW, "version": "test"}
    lake.record_run(Run.model_validate({**run, "message": "https://board-a.example/jobs/777: the board answered 500"}))
    health = {"run_id": "put", "step": "crawl", "board": "board-a", "status": RunStatus.HELD, "at": NOW}
    said = {"message": "https://board-a.example/jobs/777: the board answered 500", "decision_note": f"{SECRET} is right"}
    lake.record_health(SourceHealth.model_validate(health | said))
    lake.hold_postings("board-a", [make_posting(1), secret_posting()], run_id="put")
    leave_crawl(world.home.root / "crawls")
    world.go("enrich", "merge", "index", "figures", "release")
    return world


def leave_crawl(crawls: Path) -> None:
    (crawls / "memory").mkdir(parents=True)
    for run, boards in (("run-ab", ("board-a", "board-b")), ("run-a", ("board-a",))):
        (crawls / run).mkdir()
        (crawls / run / "job.json").write_text(json.dumps({"run_id": run, "sources": [{"board": board} for board in boards]}))
        report = [{"board": board, "message": f"https://{board}.example/jobs/777: timeout"} for board in boards]
        (crawls / run / "report.json").write_text(json.dumps({"boards": report}))
        lines = [f"DEBUG: Crawled (200) <GET https://{board}.example/jobs/{number}>\n" for board in boards for number in (777, 9)]
        (crawls / run / "crawl.log").write_text("".join(lines))
    for board in ("board-a", "board-b"):
        with closing(sqlite3.connect(crawls / "memory" / f"{board}.sqlite")) as memory:
            memory.execute("create table answers (address text primary key, url text not null, changed text)")
            rows = [(f"https://{board}.example/jobs/{n}", f"https://{board}.example/jobs/{n}", None) for n in (777, 9)]
            memory.executemany("insert into answers values (?, ?, ?)", rows)
            memory.commit()


@pytest.fixture
def full(full_world: World, tmp_path: Path) -> World:
    return full_world.copied(tmp_path / "home")


def forgetting_of(world: World, **wanted: str) -> Forgetting:
    lake = world.lake
    ((kind, value),) = wanted.items()
    find = {"posting": target_of_posting, "url": target_of_url, "board": target_of_board}[kind]
    target = find(lake, value, at=NOW, reason="asked for")
    return Forgetting(target=target, traces=traces_of(lake, target))


def forget_in(world: World, **wanted: str) -> Forgotten:
    return forget(world.context("forget-1"), world.lake, forgetting_of(world, **wanted))


def left_of(world: World, words: str) -> list[str]:
    """Files that still hold these bytes, compressed ones opened: a search of this test's own."""
    found = []
    for path in world.home.root.rglob("*"):
        if path.is_file() and not path.is_symlink():
            raw = path.read_bytes()
            if path.suffix == ".zst":
                raw = pa.CompressedInputStream(pa.py_buffer(raw), "zstd").read()
            if path.suffix == ".parquet":
                raw = str(pa.parquet.ParquetFile(path).read().to_pydict()).encode()
            if words.encode() in raw:
                found.append(str(path.relative_to(world.home.root)))
    return found


@pytest.mark.parametrize("by", ["posting", "url"])
def test_a_posting_is_nowhere_left(full: World, by: str) -> None:
    assert len(left_of(full, "Quendelbrecht")) > 8
    done = forget_in(full, **{by: {"posting": secret_posting().posting_id, "url": "https://board-a.example/jobs/777?utm_source=x"}[by]})
    assert (done.hits, done.result.failed, done.withdrawn_releases) == (0, False, ())
    for words in ("Quendelbrecht", "Drachenturm", "Nachtarbeit", 'board-a.example/jobs/777"', "QB-20777"):
        assert left_of(full, words) == []
    assert [path for path in left_of(full, secret_posting().posting_id) if not path.startswith("lake/forgotten/")] == []
    dropped = done.result.counts
    assert (dropped["postings"], dropped["posting_history"], dropped["lives"], dropped["enriched"]) == (1, 1, 1, 1)
    assert (dropped["captures"], dropped["bodies"], dropped["quarantine"], dropped["run messages"]) == (4, 5, 1, 2)
    assert (dropped["vacancies"], dropped["index documents"]) == (1, 1)
    assert begun(full.lake) is None


def test_everything_else_stays(full: World) -> None:
    before = {table: full.lake.row_count(table) for table in ("postings", "lives", "enriched", "vacancies", "quarantine", "captures")}
    content = full.lake.content_version()
    forget_in(full, posting=secret_posting().posting_id)
    after = {table: full.lake.row_count(table) for table in before}
    assert {table: before[table] - after[table] for table in before} == {
        "postings": 1,
        "lives": 1,
        "enriched": 1,
        "vacancies": 1,
        "quarantine": 1,
        "captures": 4,
    }
    lake = full.lake
    assert lake.content_version() != content
    assert [capture.url[-6:] for capture in lake.captures()] == ["jobs/1", "jobs/9"]
    assert len(list(every_document(full.engine))) == after["vacancies"]
    log = (full.home.root / "crawls" / "run-ab" / "crawl.log").read_text()
    assert log.count("Crawled") == 3
    assert lake.upsert_postings("board-a", [make_posting(5)], run_id="next", seen_at=NOW, complete=False).new == 1
    lake.maintain()


def test_a_forgotten_posting_does_not_come_back(full: World) -> None:
    forget_in(full, posting=secret_posting().posting_id)
    counts = full.lake.upsert_postings("board-a", [secret_posting(), make_posting(0)], run_id="next", seen_at=NOW, complete=False)
    assert (counts.seen, counts.new, counts.unchanged, counts.forgotten) == (2, 0, 1, 1)
    assert left_of(full, "Quendelbrecht") == []
    full.lake.unbury([secret_posting().posting_id])
    assert full.lake.upsert_postings("board-a", [secret_posting()], run_id="next", seen_at=NOW, complete=False).new == 1


def test_a_whole_board_is_forgotten_and_not_collected_again(full: World) -> None:
    done = forget_in(full, board="board-a")
    lake = full.lake
    assert done.hits == 0
    assert {posting.board for posting in lake.postings()} == {"board-b"}
    assert {capture.board for capture in lake.captures()} == {"board-b"}
    assert len(list(lake.bodies.digests())) == 1
    assert {record.board for record in lake.quarantined()} == {"board-b"}
    assert sorted(path.name for path in (full.home.root / "crawls").iterdir()) == ["memory", "run-ab"]
    assert [path.name for path in (full.home.root / "crawls" / "memory").iterdir()] == ["board-b.sqlite"]
    assert "board-a" not in (full.home.root / "crawls" / "run-ab" / "report.json").read_text()
    assert lake.upsert_postings("board-a", [make_posting(40)], run_id="next", seen_at=NOW, complete=True).forgotten == 1
    with pytest.raises(BoardForgotten, match="--lift"):
        steps.crawl(full.context(boards=("board-a",)), lake)


def test_a_board_that_is_lifted_comes_back_without_what_was_forgotten_singly(full: World) -> None:
    single = make_posting(0)
    forget_in(full, posting=single.posting_id)
    forget_in(full, board="board-a")
    full.lake.unbury(["board-a"])
    counts = full.lake.upsert_postings("board-a", [single, make_posting(40)], run_id="next", seen_at=NOW, complete=True)
    assert (counts.new, counts.forgotten) == (1, 1)


def test_a_vacancy_keeps_its_other_copies_under_an_id_of_theirs(full: World) -> None:
    first, copy = make_posting(0).posting_id, make_posting(0, "board-b").posting_id
    merged = next(vacancy for vacancy in full.lake.vacancies() if first in vacancy.posting_ids)
    assert set(merged.posting_ids) == {first, copy}
    (stays,) = {first, copy} - {merged.vacancy_id}
    assert copies_of(full.lake, target_of_posting(full.lake, merged.vacancy_id, at=NOW)) == [stays]
    forget_in(full, posting=merged.vacancy_id)
    left = [(vacancy.vacancy_id, vacancy.posting_ids) for vacancy in full.lake.vacancies() if stays in vacancy.posting_ids]
    assert left == [(stays, (stays,))]


def test_what_is_left_is_told_and_the_forgetting_stays_open(full: World) -> None:
    stray = full.home.root / "notes" / "export.csv"
    stray.parent.mkdir()
    stray.write_text(f"777;{SECRET}\n")
    done = forget_in(full, posting=secret_posting().posting_id)
    assert (done.hits, done.result.failed) == (1, True)
    assert [where for part in done.searched for where in part.where] == ["notes/export.csv: words"]
    unfinished = begun(full.lake)
    assert unfinished is not None
    stray.unlink()
    assert forget(full.context("forget-2"), full.lake, unfinished).hits == 0
    assert begun(full.lake) is None


def test_a_release_that_holds_a_text_is_taken_back(full: World) -> None:
    (release,) = (path for path in full.home.releases.iterdir() if not path.is_symlink())
    (release / "notes.md").write_text(SECRET)
    done = forget_in(full, posting=secret_posting().posting_id)
    assert (done.hits, done.withdrawn_releases) == (0, (release.name,))
    assert list(full.home.releases.iterdir()) == []


@pytest.mark.parametrize("identifier", ["0000000000", "", secret_posting().posting_id[:4]])
def test_only_one_posting_can_be_meant(full_world: World, identifier: str) -> None:
    with pytest.raises(UnknownPosting):
        target_of_posting(full_world.lake, identifier, at=NOW)


TRACES = Traces(
    posting_ids=("ab" * 16,),
    addresses=("https://Board.example/jobs/777",),
    words=("wirsuchenjungeundjunggebliebene",),
    employers=("bäckereiquendelbrecht",),
    native_ids=("QB-20777",),
)
TEXTS = [
    ("html", "<li>Wir suchen <b>junge</b> und&nbsp;jung&shy;gebliebene</li>", {Trace.WORDS}),
    ("html in json", r'"&lt;p&gt;Wir suchen junge und jung\ngebliebene&lt;\/p&gt;"', {Trace.WORDS}),
    ("codes", r"Wir suchen junge und jung\u0067ebliebene", {Trace.WORDS}),
    ("address with a query", "see http://board.example/jobs/777?ref=1", {Trace.ADDRESS}),
    ("escaped address", r'"https:\/\/board.example\/jobs\/777"', {Trace.ADDRESS}),
    ("a longer address", "https://board.example/jobs/7771", set()),
    ("employer", "BÄCKEREI Quendelbrecht", {Trace.EMPLOYER}),
    ("id", f"id={'ab' * 16}", {Trace.POSTING_ID}),
    ("a number elsewhere", "QB-20777", set()),
    ("nothing", "Wir suchen Junge", set()),
]


@pytest.mark.parametrize(("text", "found"), [row[1:] for row in TEXTS], ids=[row[0] for row in TEXTS])
def test_traces_are_found_however_they_are_written(text: str, found: set[Trace]) -> None:
    assert TraceFinder(TRACES).find(text) == found


BOARD_TEXTS = [
    ("relative link", "<a href='/jobs/777'>", {Trace.ADDRESS}),
    ("native id", "data-id='qb-20777'", {Trace.NATIVE_ID}),
    ("a longer id", "data-id='qb-207771'", set()),
    ("the end of a longer id", "data-id='xqb-20777'", set()),
    ("employer of other postings too", "BÄCKEREI Quendelbrecht", set()),
]


@pytest.mark.parametrize(("text", "found"), [row[1:] for row in BOARD_TEXTS], ids=[row[0] for row in BOARD_TEXTS])
def test_more_is_looked_for_in_answers_of_the_board(text: str, found: set[Trace]) -> None:
    assert TraceFinder(TRACES).find(text, of_board=True) == found


KILLS = [
    "return Lake.bury",
    "call BodyStore.delete",
    "call DeltaStore.purge",
    "call _drop_log",
    "call Generations.publish",
    "call drop_former_cubes",
    "call _search",
]


@pytest.fixture(scope="module")
def killer() -> Iterator[Callable[[World, str], int]]:
    """Forget in a process that is killed at a place; gives its exit status."""
    command = [sys.executable, str(Path(__file__).with_name("killing.py"))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:

        def kill(world: World, at: str) -> int:
            assert process.stdin is not None
            assert process.stdout is not None
            order = {"step": "forget", "at": at, "times": 1, "home": str(world.home.root), "clock": NOW.isoformat()}
            order["sources"] = [source.model_dump(mode="json") for source in world.context().register]
            order["forgetting"] = forgetting_of(world, posting=secret_posting().posting_id).model_dump_json()
            process.stdin.write(json.dumps(order) + "\n")
            process.stdin.flush()
            return int(process.stdout.readline())

        yield kill
        assert process.stdin is not None
        process.stdin.close()


@pytest.mark.parametrize("at", KILLS)
def test_a_forgetting_that_was_killed_is_finished(full: World, killer: Callable[[World, str], int], at: str) -> None:
    assert killer(full, at) == -signal.SIGKILL
    unfinished = begun(full.lake)
    assert unfinished is not None
    done = forget(full.context("forget-2"), full.lake, unfinished)
    assert (done.hits, begun(full.lake)) == (0, None)
    assert left_of(full, "Quendelbrecht") == []
    assert len(list(every_document(full.engine))) == full.lake.row_count("vacancies") == 4
    assert full.lake.row_count("postings") == 5


def test_the_search_opens_what_is_compressed(full_world: World) -> None:
    finder = TraceFinder(forgetting_of(full_world, posting=secret_posting().posting_id).traces)
    hits = {part.part: part.hits for part in search_files(full_world.home.root, finder, leave_out=frozenset(), on_file=lambda: None)}
    for part in (
        "lake/bodies",
        "lake/postings",
        "lake/postings (log)",
        "lake/enriched",
        "lake/vacancies",
        "crawls",
        "crawls/memory",
        "cube",
    ):
        assert hits[part] > 0, part
    assert hits["releases"] == 0
