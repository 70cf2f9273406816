"""A board that gives no page in several crawls in a row is left alone, longer each time, until it answers or a person asks it."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from crawlers.crawl_memory import CrawlMemory, memory_file
from crawlers.job import CrawlOptions
from crawlers.report import BoardReport
from crawlers.resting import begin_rest, close_memory
from crawlers.sample_boards.exchange_server import ExchangeServer
from vacancies.health.alerts import AlertKind
from vacancies.health.overview import board_healths
from vacancies.health.record import SourceHealth
from vacancies.health.resting import resting_boards, without_page_in_a_row
from vacancies.lake import Lake
from vacancies.run import RunStatus
from vacancies.source import Source

from .conftest import ForkedCrawls

BEGIN = datetime(2026, 9, 1, 4, tzinfo=UTC)
FAILED: dict[str, object] = {"status": RunStatus.FAILED, "requests": 1, "statuses": {"500": 1}, "errors": {"http_500": 1}}


def run(number: int = 0, **figures: object) -> SourceHealth:
    known: dict[str, object] = {"run_id": f"run-{number}", "step": "crawl", "board": "board", "at": BEGIN + timedelta(hours=number)}
    return SourceHealth.model_validate(known | figures)


CRAWLS: dict[str, tuple[dict[str, object], bool]] = {
    "the listing answers 500": ({}, True),
    "the listing is not found": ({"statuses": {"404": 1}, "errors": {"http_404": 1}}, True),
    "no answer in time": ({"statuses": {}, "errors": {"timeout": 1}}, True),
    "the host cannot be reached": ({"requests": 0, "statuses": {}, "errors": {"robots_unreachable": 1}}, True),
    "one page of several fails": ({"requests": 3, "statuses": {"200": 2, "500": 1}}, False),
    "unchanged, but not all of it": ({"requests": 2, "statuses": {"304": 1, "500": 1}}, False),
    "a page that cannot be read": ({"statuses": {"200": 1}, "errors": {"broken_json": 1}}, False),
    "never asked: robots.txt forbids it": ({"requests": 0, "statuses": {}, "errors": {"robots": 1}}, False),
    "never asked: a private address": ({"requests": 0, "statuses": {}, "errors": {"private_address": 1}}, False),
    "its hours ended": ({"status": RunStatus.PAUSED}, False),
    "done": ({"status": RunStatus.DONE, "statuses": {"200": 1}, "errors": {}}, False),
}


@pytest.mark.parametrize(("figures", "gave_none"), CRAWLS.values(), ids=CRAWLS)
def test_a_crawl_counts_when_the_board_was_asked_and_gave_no_page(figures: dict[str, object], gave_none: bool) -> None:
    assert run(**FAILED | figures).gave_no_page is gave_none


def history(letters: str) -> list[SourceHealth]:
    """Runs of a board: f gave no page, d is done, p paused, i a feed that failed."""
    kinds: dict[str, dict[str, object]] = {
        "f": FAILED,
        "d": {"status": RunStatus.DONE, "requests": 1, "statuses": {"200": 1}},
        "p": {"status": RunStatus.PAUSED, "requests": 1, "statuses": {"200": 1}},
        "i": {"status": RunStatus.FAILED, "step": "ingest"},
    }
    return [run(number, **kinds[letter]) for number, letter in enumerate(letters)]


@pytest.mark.parametrize(("letters", "number"), [("", 0), ("d", 0), ("f", 1), ("ffdf", 1), ("dfff", 3), ("ffpff", 2), ("fif", 2)], ids=str)
def test_crawls_without_a_page_are_counted_in_a_row(letters: str, number: int) -> None:
    assert without_page_in_a_row(history(letters)) == number


def test_rests_begin_with_the_third_crawl_and_grow_until_the_board_answers(tmp_path: Path) -> None:
    runs: list[SourceHealth] = []
    hours: list[int | None] = []
    for number, figures in enumerate([FAILED] * 6 + [{"status": RunStatus.DONE, "statuses": {"200": 1}}] + [FAILED] * 4):
        memory = CrawlMemory.open(memory_file(tmp_path, "board"))
        before = datetime.now(UTC)
        runs.append(begin_rest(memory, runs, run(number, **figures), crawls=3))
        close_memory(memory, runs[-1], is_broken_off=False)
        until = runs[-1].resting_until
        hours.append(round((until - before) / timedelta(hours=1)) if until else None)
        assert ("in a row, so the board is left alone until" in (runs[-1].message or "")) is (until is not None)
    assert hours == [None, None, 1, 2, 4, 8, None, None, None, 1, 2]


def test_a_crawl_that_was_stopped_by_failures_has_its_own_rest(tmp_path: Path) -> None:
    memory = CrawlMemory.open(memory_file(tmp_path, "board"))
    stopped = run(3, **FAILED, resting_until=BEGIN + timedelta(hours=9))
    assert begin_rest(memory, history("fff"), stopped, crawls=3) == stopped
    memory.close()


def failing_board(folder: Path, answers: str) -> Path:
    """A Greenhouse board that gives so many postings at each crawl, or answers 500 where it is 0."""
    folder.mkdir()
    exchange: list[dict[str, object]] = []
    for number in map(int, answers):
        jobs = [{"id": each, "title": f"Cook {each}", "content": "You cook."} for each in range(number)]
        (folder / f"{number}.json").write_text(json.dumps({"jobs": jobs, "meta": {"total": number}}))
        answer: dict[str, object] = {"file": f"{number}.json"} if number else {"status": 500}
        exchange.append({"request": {"path": "/jobs"}} | answer)
    (folder / "exchange.json").write_text(json.dumps(exchange))
    return folder


def test_a_listing_that_fails_at_the_start_of_every_crawl_is_left_alone(forked_crawls: ForkedCrawls, tmp_path: Path) -> None:
    options = CrawlOptions(retries=0, crawls_before_rest=2)
    with ExchangeServer(failing_board(tmp_path / "board", "90016")) as server:
        source = Source(
            board="board", name="Board", platform="greenhouse", address=f"{server.address}/jobs", countries=("DE",), languages=("de",),
            legal_basis="test", contact="t@pes.example", delay=0, loopback=True, active_from=date(2026, 1, 1),
        )  # fmt: skip

        def crawled(run_id: str, *, force: bool = False) -> BoardReport:
            return forked_crawls.crawl([source], tmp_path, run_id, clock=None, force=force, options=options).boards[0]

        _, first, second, third = (crawled(name) for name in ("good", "first", "second", "third"))
        lake = Lake.open(tmp_path / "lake")
        now = datetime.now(UTC)
        resting = resting_boards(lake, now=now)
        (health,) = board_healths(lake, [source], now=now)
        asked = crawled("asked", force=True)
        after = crawled("after")
    assert (first.status, first.message) == (RunStatus.FAILED, f"{server.address}/jobs: the board answered 500")
    assert "the board answered 500; no page in 2 crawls in a row, so the board is left alone until" in (second.message or "")
    assert (third.status, third.requests) == (RunStatus.WAITING, 0)
    assert timedelta(minutes=58) < resting["board"] - now < timedelta(hours=1)
    (alert,) = health.alerts
    assert (alert.kind, "labourscope crawl --board board --force" in alert.to_do) == (AlertKind.RESTING, True)
    assert (asked.status, asked.gone) == (RunStatus.HELD, 0)  # a person had it asked, and said nothing of what it brings
    assert (after.status, after.requests, resting_boards(lake, now=now)) == (RunStatus.HELD, 1, {})
