"""Boards that misbehave, all in one crawl: each has a clear outcome, and none disturbs the others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from crawlers.collect import crawl
from crawlers.error import CrawlFailed
from crawlers.job import CrawlOptions
from crawlers.report import BoardReport
from crawlers.sample_boards.advertisement import load_advertisements
from crawlers.sample_boards.server import SampleServer
from crawlers.sample_boards.site import SITES
from vacancies.error import UnknownSource
from vacancies.lake import Lake
from vacancies.register import SourceRegister
from vacancies.run import RunStatus
from vacancies.source import Source

Crawled = tuple[dict[str, BoardReport], Lake, list[str]]
"""Reports by board, the lake, and the paths that were asked for."""
PATIENCE = CrawlOptions(timeout=6.0, retries=1, retry_wait=0.05, longest_wait=5.0, boards_at_once=30)
PAGES = [SITES["sample-stellenportal"].detail_path(advertisement) for advertisement in load_advertisements(1)["sample-stellenportal"]]
FAULTS = {"/sample-eurojobs/jobs.rss": "429-once", "/sample-emplois/offres?page=3": "500", PAGES[3]: "500", PAGES[4]: "410"}


def row(board: str, platform: str, address: str, **more: object) -> Source:
    fields = {
        "board": board,
        "name": board,
        "platform": platform,
        "address": address,
        "countries": ("DE",),
        "languages": ("de",),
        "legal_basis": "test",
        "contact": "crawler@pes.example",
        "delay": 0,
        "concurrency": 8,
        "max_answer_bytes": 1024 * 1024,
        "loopback": True,
        "active_from": date(2020, 1, 1),
    }
    return Source.model_validate(fields | more)


def rows(address: str, other: str) -> list[Source]:
    troubles = ["404", "403", "429", "429-for-hours", "500", "huge", "never", "loop", "offsite", "private", "file"]
    return [
        *(row(f"listing-{kind}", "rss", f"{address}/trouble/{kind}") for kind in troubles),
        row("garbage-html", "jsonld", f"{address}/trouble/garbage"),
        row("garbage-json", "greenhouse", f"{address}/trouble/garbage"),
        row("garbage-feed", "rss", f"{address}/trouble/garbage"),
        row("spoken-json", "greenhouse", f"{address}/trouble/spoken"),
        row("spoken-status", "rss", f"{address}/trouble/no-status"),
        row("no-listener", "rss", "http://127.0.0.1:9/jobs.rss"),
        row("waits-once", "rss", f"{address}/sample-eurojobs/jobs.rss"),
        row("listing-gap", "microdata", f"{address}/sample-emplois/offres"),
        row("detail-fails", "jsonld", f"{address}/sample-stellenportal/sitemap.xml"),
        row("robots-fails", "rss", f"{other}/sample-eurojobs/jobs.rss"),
        row("robots-agreed", "rss", f"{other}/sample-eurojobs/jobs.rss", robots_agreement="contract of 2026-01-01"),
        row("not-loopback", "rss", f"{address}/sample-eurojobs/jobs.rss?secret", loopback=False),
        row("not-loopback-name", "rss", address.replace("127.0.0.1", "localhost") + "/sample-eurojobs/jobs.rss?secret", loopback=False),
        row("expired", "rss", f"{address}/sample-eurojobs/jobs.rss", active_to=date(2020, 2, 1)),
        row("placeholder", "rss", "{sample}/jobs.rss"),
        row("myspace", "myspace", f"{address}/"),
    ]


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawled]:
    home = tmp_path_factory.mktemp("home")
    with SampleServer(1, faults=FAULTS) as server, SampleServer(1, faults={"/robots.txt": "500"}) as other:
        register = SourceRegister(rows(server.address, other.address))
        report = crawl(register, register.boards, home=home, run_id="trouble", options=PATIENCE)
        yield {board.board: board for board in report.boards}, Lake.open(home / "lake"), list(server.requests)


@pytest.mark.long
@pytest.mark.parametrize(
    ("board", "kind", "words"),
    [
        ("listing-404", "http_404", "the board answered 404"),
        ("listing-403", "http_403", "the board answered 403"),
        ("listing-429", "http_429", "the board answered 429"),
        ("listing-429-for-hours", "http_429", "the board answered 429"),
        ("listing-500", "http_500", "the board answered 500"),
        ("listing-huge", "too_large", "larger than max_answer_bytes"),
        ("listing-never", "timeout", "no whole answer came in time"),
        ("listing-loop", "redirects", "redirects without end"),
        ("listing-offsite", "off_site", "http://localhost:9/elsewhere is not on the board's site"),
        ("listing-private", "off_site", "http://10.255.255.1/inside is not on the board's site"),
        ("listing-file", "http_302", "the board answered 302"),
        ("garbage-html", "not_html", "/trouble/garbage: the page cannot be read (not_html)"),
        ("garbage-json", "broken_json", "/trouble/garbage: the page cannot be read (broken_json)"),
        ("garbage-feed", "not_a_feed", "/trouble/garbage: the page cannot be read (not_a_feed)"),
        ("spoken-json", "unexpected_shape", "/trouble/spoken: the page cannot be read (unexpected_shape)"),
        ("spoken-status", "connection", "/trouble/no-status: the connection failed: "),
        ("no-listener", "robots_unreachable", "robots.txt could not be fetched"),
        ("robots-fails", "robots_unreachable", "robots.txt could not be fetched"),
        ("not-loopback", "private_address", "127.0.0.1 is at 127.0.0.1"),
        ("not-loopback-name", "private_address", "private addresses are fetched for"),
    ],
)
def test_a_listing_that_cannot_be_had_fails_by_name(crawled: Crawled, board: str, kind: str, words: str) -> None:
    report = crawled[0][board]
    assert (report.status, report.complete, report.parsed, report.gone) == (RunStatus.FAILED, False, 0, 0)
    assert report.errors == {kind: 1}
    assert words in (report.message or "")


@pytest.mark.parametrize(
    ("board", "words"),
    [
        ("expired", "active from 2020-01-01 to 2020-02-01"),
        ("placeholder", "placeholder that was not filled"),
        ("myspace", "'myspace' is not known"),
    ],
)
def test_a_row_that_cannot_be_crawled_is_not_asked_for(crawled: Crawled, board: str, words: str) -> None:
    report = crawled[0][board]
    assert (report.status, report.requests) == (RunStatus.FAILED, 0)
    assert words in (report.message or "")


def test_a_board_that_wants_a_pause_gets_it_and_is_read(crawled: Crawled) -> None:
    report = crawled[0]["waits-once"]
    assert (report.status, report.parsed, report.errors) == (RunStatus.DONE, 30, {})
    assert report.seconds >= 1.0


def test_a_hole_in_the_listing_is_no_loss_of_what_was_read(crawled: Crawled) -> None:
    report = crawled[0]["listing-gap"]
    assert (report.status, report.complete, report.errors) == (RunStatus.FAILED, False, {"http_500": 1})
    assert report.parsed == 40
    assert "offres?page=3: the board answered 500" in (report.message or "")


def test_an_advertisement_that_fails_leaves_the_listing_complete(crawled: Crawled) -> None:
    report = crawled[0]["detail-fails"]
    assert (report.status, report.complete, report.errors) == (RunStatus.DONE, True, {"http_500": 1})
    assert report.parsed == len(PAGES) - 2


def test_an_agreement_stands_above_robots_txt(crawled: Crawled) -> None:
    assert crawled[0]["robots-agreed"].parsed == 30


def test_refused_addresses_were_never_asked_for(crawled: Crawled) -> None:
    assert not [path for path in crawled[2] if "secret" in path]


def test_unreadable_answers_are_kept_and_in_quarantine(crawled: Crawled) -> None:
    _, lake, _ = crawled
    assert {record.board: record.reason for record in lake.quarantined()}["garbage-json"] == "broken_json"
    assert [lake.body(capture.sha256)[:1] for capture in lake.captures(board="garbage-html")] == [b")"]


def test_what_an_answer_says_stays_in_quarantine(crawled: Crawled) -> None:
    reports, lake, _ = crawled
    messages = [str(report.message) for report in reports.values()] + [str(run.message) for run in lake.runs()]
    assert not [message for message in messages if "Weber" in message or "0171" in message]
    assert [record.board for record in lake.quarantined() if "Frau Weber" in record.record] == ["spoken-json"]


def test_a_board_without_a_row_is_not_crawled(tmp_path: Path) -> None:
    with pytest.raises(UnknownSource, match="'nowhere'"):
        crawl(SourceRegister([]), ["nowhere"], home=tmp_path, run_id="r")


def test_a_process_that_dies_names_its_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    interpreter = tmp_path / "python"
    interpreter.write_text("#!/bin/sh\necho out of memory >&2\nexit 3\n")
    interpreter.chmod(0o755)
    monkeypatch.setattr("sys.executable", str(interpreter))
    with pytest.raises(CrawlFailed, match=r"status 3 .*crawl\.log ends with:\nout of memory"):
        crawl(SourceRegister([]), [], home=tmp_path, run_id="r")
