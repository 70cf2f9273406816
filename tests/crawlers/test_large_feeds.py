"""Feeds too large for memory: cut into pieces of whole records, spooled, crawled in a process with flat memory, kept once."""

from __future__ import annotations

import gzip
import json
import resource
import threading
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyarrow as pa
import pytest

from crawlers.collect import crawl
from crawlers.job import CrawlOptions
from crawlers.page_parsers.record_pieces import json_pieces, xml_pieces
from crawlers.politeness.answer_spool import spooled
from crawlers.reparse import parse_captures
from crawlers.report import BoardReport
from vacancies.error import RecordInvalid
from vacancies.lake import Lake
from vacancies.register import SourceRegister
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


class Handler(BaseHTTPRequestHandler):
    """Serves the server's `chunks` in a chunked answer, as often as it is asked; its ETag stands for what it serves."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        server = self.server
        if self.path == "/robots.txt" or self.headers.get("If-None-Match") == server.etag:  # type: ignore[attr-defined]
            self.send_response(404 if self.path == "/robots.txt" else 304)
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(200)
        self.send_header("ETag", server.etag)  # type: ignore[attr-defined]
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for chunk in server.chunks():  # type: ignore[attr-defined]
            self.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
        if not server.is_cut:  # type: ignore[attr-defined]
            self.wfile.write(b"0\r\n\r\n")
        self.close_connection = True

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@pytest.fixture
def server() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.is_cut = False  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def read(server: ThreadingHTTPServer, home: Path, run: str) -> tuple[BoardReport, SourceRegister]:
    row = {
        "board": "mpsv",
        "name": "mpsv",
        "platform": "mpsv",
        "address": f"http://127.0.0.1:{server.server_address[1]}/volna-mista.json",
        "countries": ["CZ"],
        "languages": ["cs"],
        "legal_basis": "test",
        "contact": "crawler@pes.example",
        "delay": 0,
        "max_answer_bytes": 1_000_000,
        "loopback": True,
        "active_from": "2020-01-01",
    }
    register = SourceRegister([Source.model_validate(row)])
    report = crawl(register, ["mpsv"], home=home, run_id=run, clock=CLOCK, options=CrawlOptions(retries=0, timeout=30)).boards[0]
    return report, register


def test_a_feed_beyond_the_limit_of_answers_is_crawled_kept_in_pieces_and_read_again(
    server: ThreadingHTTPServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spools = tmp_path / "spools"
    spools.mkdir()
    monkeypatch.setenv("TMPDIR", str(spools))
    server.etag, server.chunks = '"1"', lambda: feed(range(1500))  # type: ignore[attr-defined]
    report, register = read(server, tmp_path, "r1")
    assert (report.status.value, report.complete, report.parsed, report.message) == ("done", True, 1500, None)
    lake = Lake.open(tmp_path / "lake")
    kept = list(lake.captures())
    assert max(capture.size for capture in kept) <= 9 << 20
    assert list(spools.iterdir()) == []

    again, _ = read(server, tmp_path, "r2")
    assert (again.status.value, again.parsed, again.unchanged, again.not_modified, again.captured) == ("done", 1500, 1500, 1, 0)

    server.etag, server.chunks = '"2"', lambda: feed(range(10, 1500))  # type: ignore[attr-defined]
    changed, _ = read(server, tmp_path, "r3")
    assert (changed.status.value, changed.parsed, changed.gone, changed.unchanged) == ("done", 1490, 10, 1490)

    reread = parse_captures(Lake.open(tmp_path / "lake"), register, run_id="r4").boards[0]
    assert (reread.errors, reread.quarantined, reread.changed, reread.new) == ({}, {}, 0, 0)
    assert reread.parsed >= 1490


def test_a_feed_that_is_cut_off_marks_nothing_as_gone(server: ThreadingHTTPServer, tmp_path: Path) -> None:
    server.etag, server.chunks = '"1"', lambda: feed(range(300))  # type: ignore[attr-defined]
    assert read(server, tmp_path, "r1")[0].parsed == 300
    server.etag, server.is_cut = '"2"', True  # type: ignore[attr-defined]
    report, _ = read(server, tmp_path, "r2")
    assert (report.status.value, report.gone, report.parsed) == ("failed", 0, 0)
    server.is_cut, server.chunks = False, lambda: iter([b"".join(feed(range(300)))[:200_000]])  # type: ignore[attr-defined]
    report, _ = read(server, tmp_path, "r3")
    assert (report.status.value, report.gone, report.errors) == ("failed", 0, {"cut_off": 1})
    assert report.parsed > 0


def test_memory_does_not_grow_with_the_stream() -> None:
    """Cuts 60 MB and holds no more than a piece of it."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    largest = max(len(piece) for piece in json_pieces(feed(range(30_000)), key="polozky"))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert largest <= 9 << 20
    assert grown < 40 * 1024  # kB
