"""Feeds too large for memory: cut into pieces of whole records, spooled, crawled in a process with flat memory, kept once."""

from __future__ import annotations

import gzip
import json
import os
import resource
import threading
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pyarrow as pa
import pytest

from crawlers.collect import crawl
from crawlers.intake import BoardIntake
from crawlers.job import CrawlOptions
from crawlers.page_parsers.record_pieces import json_pieces, xml_pieces
from crawlers.platforms.jobstream import JobStream
from crawlers.politeness.answer_spool import spooled
from crawlers.reparse import parse_captures
from crawlers.report import BoardReport
from vacancies.error import RecordInvalid
from vacancies.lake import Lake
from vacancies.register import SourceRegister
from vacancies.run import Run, RunStatus
from vacancies.source import Source

CLOCK = datetime(2026, 9, 15, 12, tzinfo=UTC)
FILLER = 'Práce ve skladu, "chlad" {směny} [A, B]. ' * 40


def record(number: int) -> dict[str, object]:
    return {"portalId": number, "pozadovanaProfese": {"cs": f"Skladník {number}"}, "upresnujiciInformace": {"cs": f"{number} {FILLER}"}}


def feed(numbers: Iterable[int]) -> Iterator[bytes]:
    yield '\ufeff{"datum": "2026-09-01", "polozky" : ['.encode()
    for at, number in enumerate(numbers):
        yield (",\n" if at else "").encode() + json.dumps(record(number), ensure_ascii=False).encode()
    yield b"]}"


def rechunked(chunks: Iterable[bytes], size: int) -> Iterator[bytes]:
    whole = b"".join(chunks)
    return (whole[at : at + size] for at in range(0, len(whole), size))


def ids(pieces: Iterable[bytes]) -> list[int]:
    return [entry["portalId"] for piece in pieces for entry in json.loads(piece)["polozky"]]


@pytest.mark.parametrize("size", [1, 7, 4096, 1 << 22], ids=["bytes", "sevens", "pages", "whole"])
def test_pieces_hold_every_record_once_wherever_the_stream_is_cut(size: int) -> None:
    number = 3 if size == 1 else 40
    pieces = list(json_pieces(rechunked(feed(range(number)), size), key="polozky"))
    assert ids(pieces) == list(range(number))
    assert json.loads(pieces[0])["polozky"][0] == record(0)


def test_most_pieces_are_the_same_bytes_after_a_small_change() -> None:
    before = set(json_pieces(feed(range(5000)), key="polozky"))
    after = set(json_pieces(feed(number for number in range(5000) if number != 1700), key="polozky"))
    assert len(before) > 10
    assert len(after - before) == 1


@pytest.mark.parametrize(
    ("text", "records"),
    [
        ('[{"id": 1}, {"id": 2}]', [[{"id": 1}, {"id": 2}]]),
        ('{"id": 1}\n{"id": 2}\n', [{"id": 1}, {"id": 2}]),
        ("[]", []),
        (" [ ] ", []),
    ],
    ids=["list", "lines", "empty-list", "spaces"],
)
def test_lists_and_lines_are_cut_too(text: str, records: list[object]) -> None:
    pieces = list(json_pieces([text.encode()]))
    assert [json.loads(line) for piece in pieces for line in piece.splitlines()] == records


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"polozky": [{"portalId": 1}, {"porta', "cut_off"),
        ('{"polozky": [{"portalId": 1}', "cut_off"),
        ('{"polozky": [{"portalId": 1}, {"portalId": }]}', "cut_off"),
        ('{"jobs": []}', "unexpected_shape"),
        ("<html>", "unexpected_shape"),
        ("", "unexpected_shape"),
    ],
    ids=["within-a-record", "after-a-record", "broken-record", "another-key", "a-page", "nothing"],
)
def test_a_feed_that_breaks_off_says_so(text: str, reason: str) -> None:
    with pytest.raises(RecordInvalid) as caught:
        list(json_pieces([text.encode()], key="polozky"))
    assert caught.value.reason == reason


def test_xml_is_cut_at_its_records_and_entities_are_not_followed() -> None:
    text = '<!DOCTYPE a [<!ENTITY b "bomb">]><a xmlns="urn:x"><h/>' + "".join(f"<R><t>{n}&b;</t></R>" for n in range(600)) + "</a>"
    pieces = list(xml_pieces(rechunked([text.encode()], 100), record="R"))
    assert sum(piece.count(b"<t>") for piece in pieces) == 600
    assert b"bomb" not in b"".join(pieces)
    with pytest.raises(RecordInvalid, match="cannot be read to its end"):
        list(xml_pieces([text.encode()[:-40]], record="R"))


def test_a_gzip_bomb_is_stopped_at_the_limit(tmp_path: Path) -> None:
    with pa.CompressedOutputStream(str(tmp_path / "spool"), "zstd") as stream:
        stream.write(gzip.compress(b" " * 50_000_000))
    chunks = spooled(tmp_path / "spool", largest=1_000_000)
    with pytest.raises(RecordInvalid, match="more than 1000000 bytes"):
        sum(map(len, chunks))
    assert list(chunks) == []


class Board:
    """Serves `chunks` in a chunked answer; the ETag stands for what it serves, `is_cut` ends the connection without the last chunk."""

    def __init__(self, numbers: Iterable[int]) -> None:
        self.body = b"".join(feed(numbers))
        self.is_cut = False

    @property
    def etag(self) -> str:
        return f'"{hash(self.body)}-{self.is_cut}"'


class Handler(BaseHTTPRequestHandler):
    """Serves every board at its name."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        board: Board | None = self.server.boards.get(self.path[1:])  # type: ignore[attr-defined]
        if board is None or self.headers.get("If-None-Match") == board.etag:
            self.send_response(404 if board is None else 304)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("ETag", board.etag)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for at in range(0, len(board.body), 50_000):
            chunk = board.body[at : at + 50_000]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
        if not board.is_cut:
            self.wfile.write(b"0\r\n\r\n")
        self.close_connection = True

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


class Crawled(NamedTuple):
    """Two crawls of four boards, between which one stayed, one changed, one lost its connection and one broke off."""

    first: dict[str, BoardReport]
    second: dict[str, BoardReport]
    register: SourceRegister
    home: Path


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    home = tmp_path_factory.mktemp("home")
    boards = {"same": Board(range(1200)), "changed": Board(range(1200)), "cut": Board(range(60)), "broken": Board(range(60))}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(tmp_path_factory.mktemp("spools")))
        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.boards = boards  # type: ignore[attr-defined]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        register = SourceRegister([row(name, server.server_address[1]) for name in boards])
        first = read(register, home, "r1")
        boards["changed"].body = b"".join(feed(range(10, 1200)))
        boards["cut"].is_cut = True
        boards["broken"].body = boards["broken"].body[:40_000]
        yield Crawled(first, read(register, home, "r2"), register, home)
        server.shutdown()
        server.server_close()


def row(name: str, port: int) -> Source:
    return Source.model_validate(
        {
            "board": name,
            "name": name,
            "platform": "mpsv",
            "address": f"http://127.0.0.1:{port}/{name}",
            "countries": ["CZ"],
            "languages": ["cs"],
            "legal_basis": "test",
            "contact": "crawler@pes.example",
            "delay": 0,
            "max_answer_bytes": 1_000_000,
            "loopback": True,
            "active_from": "2020-01-01",
        }
    )


def read(register: SourceRegister, home: Path, run: str) -> dict[str, BoardReport]:
    options = CrawlOptions(retries=0, timeout=60)
    return {report.board: report for report in crawl(register, register.boards, home=home, run_id=run, clock=CLOCK, options=options).boards}


@pytest.mark.long
def test_a_feed_beyond_the_limit_of_answers_is_read_whole(crawled: Crawled) -> None:
    report = crawled.first["same"]
    assert (report.status.value, report.complete, report.parsed, report.message) == ("done", True, 1200, None)
    sizes = [capture.size for capture in Lake.open(crawled.home / "lake").captures(board="same")]
    assert len(sizes) > 3
    assert max(sizes) <= 9 << 20
    assert list(Path(os.environ["TMPDIR"]).glob("labourscope-*")) == []


def test_a_feed_that_did_not_change_is_not_fetched_again(crawled: Crawled) -> None:
    report = crawled.second["same"]
    assert (report.status.value, report.unchanged, report.not_modified, report.captured, report.gone) == ("done", 1200, 1, 0, 0)


def test_what_a_changed_feed_no_longer_holds_is_gone(crawled: Crawled) -> None:
    report = crawled.second["changed"]
    assert (report.status.value, report.parsed, report.gone, report.unchanged) == ("done", 1190, 10, 1190)


@pytest.mark.parametrize(("board", "errors", "parsed"), [("cut", {"connection": 1}, 0), ("broken", {"cut_off": 1}, range(1, 60))])
def test_a_feed_that_breaks_off_marks_nothing_as_gone(crawled: Crawled, board: str, errors: dict[str, int], parsed: int | range) -> None:
    report = crawled.second[board]
    assert (report.status.value, report.gone, report.errors) == ("failed", 0, errors)
    assert report.parsed == parsed if isinstance(parsed, int) else report.parsed in parsed
    assert Lake.open(crawled.home / "lake").open_count(board) == 60


def test_the_pieces_are_read_again_offline(crawled: Crawled) -> None:
    reread = parse_captures(Lake.open(crawled.home / "lake"), crawled.register, boards=["same"], run_id="r3").boards[0]
    assert (reread.errors, reread.quarantined, reread.changed, reread.new, reread.parsed) == ({}, {}, 0, 0, 1200)


@pytest.mark.parametrize(
    ("ago", "path", "names_all_open"),
    [(None, "/snapshot", True), (timedelta(hours=5), "/stream", False), (timedelta(days=8), "/snapshot", True)],
    ids=["first", "soon-after", "after-a-long-pause"],
)
def test_the_swedish_stream_begins_with_a_snapshot(tmp_path: Path, ago: timedelta | None, path: str, names_all_open: bool) -> None:
    lake = Lake.open(tmp_path)
    if ago is not None:
        times = {"started": datetime.now(UTC) - ago, "finished": datetime.now(UTC) - ago}
        lake.record_run(Run(run_id="r0", step="crawl", board="se", status=RunStatus.DONE, counts={}, message=None, version="1", **times))
    intake = BoardIntake(lake, "se", JobStream.reader(), run_id="r1", clock=CLOCK)
    source = row("se", 80).model_copy(update={"address": "https://jobstream.example/"})
    first = urlsplit(JobStream(source, intake, CrawlOptions()).first)
    assert (first.path, intake.names_all_open) == (path, names_all_open)
    intake.finish()
    if ago is not None and path == "/stream":
        since = datetime.strptime(first.query, "date=%Y-%m-%dT%H:%M:%S").replace(tzinfo=UTC)
        assert timedelta(hours=2) < times["started"] - since < timedelta(hours=4)


def test_memory_does_not_grow_with_the_stream() -> None:
    """Cuts 60 MB and holds no more than a piece of it."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    largest = max(len(piece) for piece in json_pieces(feed(range(30_000)), key="polozky"))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert largest <= 9 << 20
    assert grown < 40 * 1024  # kB
