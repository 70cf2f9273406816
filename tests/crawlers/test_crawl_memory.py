"""Crawling again: only what changed is fetched; a broken-off crawl goes on; failing boards and closed hours are left alone."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from crawlers.crawl_memory import CrawlMemory, Remembered, memory_file
from crawlers.job import CrawlOptions
from crawlers.report import BoardReport
from crawlers.sample_boards.exchange_server import ExchangeServer
from crawlers.sample_boards.server import SampleServer
from vacancies.lake import Lake
from vacancies.run import RunStatus
from vacancies.source import Source

from .conftest import ForkedCrawls

CLOCK = datetime(2026, 9, 29, 6, tzinfo=UTC)
OPTIONS = CrawlOptions(retries=0, retry_wait=0, timeout=60)


def row(board: str, platform: str, address: str, **more: object) -> Source:
    fields = {
        "board": board, "name": board, "platform": platform, "address": address, "countries": ("DE",), "languages": ("de",),
        "legal_basis": "test", "contact": "crawler@pes.example", "delay": 0, "concurrency": 8, "loopback": True,
        "active_from": date(2020, 1, 1),
    }  # fmt: skip
    return Source.model_validate(fields | more)


Crawled = Callable[..., BoardReport]


@pytest.fixture(scope="module")
def crawled(forked_crawls: ForkedCrawls) -> Crawled:
    """Crawl one board."""

    def crawl(source: Source, home: Path, run_id: str, *, force: bool = False, options: CrawlOptions = OPTIONS) -> BoardReport:
        return forked_crawls.crawl([source], home, run_id, clock=CLOCK, force=force, options=options).boards[0]

    return crawl


def board_folder(folder: Path, *, marks: dict[str, str], jobs: int = 40) -> Path:
    """A Greenhouse board whose answer carries marks."""
    folder.mkdir()
    answer = {"jobs": [{"id": n, "title": f"Cook {n}", "content": "You cook." * 50} for n in range(jobs)], "meta": {"total": jobs}}
    (folder / "jobs.json").write_text(json.dumps(answer))
    exchange = [{"request": {"path": "/jobs"}, "headers": marks, "file": "jobs.json"}]
    (folder / "exchange.json").write_text(json.dumps(exchange))
    return folder


@pytest.mark.parametrize("marks", [{"ETag": '"v1"'}, {"Last-Modified": "Tue, 01 Sep 2026 10:00:00 GMT"}], ids=["etag", "last-modified"])
def test_an_unchanged_answer_is_not_sent_again_and_its_postings_stay(crawled: Crawled, marks: dict[str, str], tmp_path: Path) -> None:
    with ExchangeServer(board_folder(tmp_path / "board", marks=marks)) as server:
        source = row("board", "greenhouse", f"{server.address}/jobs")
        first, second = (crawled(source, tmp_path / "home", run) for run in ("first", "second"))
        afresh = crawled(source, tmp_path / "home", "afresh", options=OPTIONS.model_copy(update={"afresh": True}))
    assert (first.status, first.new, first.not_modified) == (RunStatus.DONE, 40, 0)
    assert (second.status, second.unchanged, second.gone, second.not_modified) == (RunStatus.DONE, 40, 0, 1)
    assert second.bytes <= 0.05 * first.bytes
    assert second.statuses == {"304": 1}
    assert (afresh.bytes, afresh.not_modified) == (first.bytes, 0)


def test_pages_that_the_sitemap_calls_unchanged_are_not_asked_for(crawled: Crawled, tmp_path: Path) -> None:
    with SampleServer(1) as server:
        source = row("portal", "jsonld", f"{server.address}/sample-stellenportal/sitemap.xml")
        first = crawled(source, tmp_path, "first")
        second = crawled(source, tmp_path, "second")
        server.day = 2
        third = crawled(source, tmp_path, "third")
    assert second.remembered == first.requests - second.requests
    assert second.bytes <= 0.05 * first.bytes
    assert (second.parsed, second.unchanged, second.gone) == (first.parsed, first.parsed, 0)
    assert (third.new, third.changed, third.gone) == (1, 2, 2)


def test_a_page_called_unchanged_is_looked_at_again_after_a_while(crawled: Crawled, tmp_path: Path) -> None:
    with SampleServer(1) as server:
        source = row("portal", "jsonld", f"{server.address}/sample-stellenportal/sitemap.xml")
        first = crawled(source, tmp_path, "first")
        file = memory_file(tmp_path / "crawls", "portal")
        memory = CrawlMemory.open(file)
        address = server.address + next(path for path in server.requests if "stellenangebot/" in path)
        known = memory.get(address)
        assert known is not None
        memory.keep(address, known._replace(fetched_at=(datetime.now(UTC) - timedelta(days=8)).isoformat()))
        memory.commit()
        memory.close()
        second = crawled(source, tmp_path, "second")
    assert second.remembered == first.requests - second.requests
    assert second.requests == 2  # the sitemap, and that page


@pytest.mark.long
def test_a_board_that_fails_again_and_again_is_left_alone(crawled: Crawled, tmp_path: Path) -> None:
    with SampleServer(1) as server:
        listing = row("portal", "jsonld", f"{server.address}/sample-stellenportal/sitemap.xml", concurrency=1)
        crawled(listing, tmp_path / "other", "look")
        pages = [path for path in server.requests if "stellenangebot/" in path]
        server.faults = dict.fromkeys(pages, "500")
        server.requests.clear()
        failed = crawled(listing.model_copy(update={"delay": 0.2}), tmp_path, "failed")
        asked = len(server.requests)
        resting = crawled(listing, tmp_path, "resting")
        server.faults = {}
        forced = crawled(listing, tmp_path, "forced", force=True)
        after = crawled(listing, tmp_path, "after")
    assert failed.status is RunStatus.FAILED
    assert "failed 8 times in a row, it is left alone until" in (failed.message or "")
    assert asked <= len(pages) // 3  # those that were under way go out before the crawl is stopped: on a busy machine more than two
    assert (resting.status, resting.requests) == (RunStatus.WAITING, 0)
    assert "--force" in (resting.message or "")
    assert (forced.status, after.status) == (RunStatus.DONE, RunStatus.DONE)


def test_outside_its_hours_a_board_is_not_asked(crawled: Crawled, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    hours = f"{now + timedelta(hours=2):%H:%M}-{now + timedelta(hours=3):%H:%M}"
    report = crawled(row("board", "greenhouse", "http://127.0.0.1:9/jobs", hours=hours), tmp_path, "closed")
    assert (report.status, report.requests) == (RunStatus.WAITING, 0)
    assert list(Lake.open(tmp_path / "lake").runs()) == []
    assert f"the register allows the hours {hours} (UTC) only" in (report.message or "")


@pytest.mark.long
def test_a_crawl_killed_at_random_moments_comes_to_the_same_end_without_asking_twice(
    crawled: Crawled, forked_crawls: ForkedCrawls, tmp_path: Path
) -> None:
    chance = random.Random(7)
    with SampleServer(1) as server:
        source = row("portal", "jsonld", f"{server.address}/sample-stellenportal/sitemap.xml", concurrency=2)
        crawled(source, tmp_path / "calm", "calm")
        calm = _contents(tmp_path / "calm")
        once = Counter(server.requests)
        server.requests.clear()
        for turn in range(10):
            forked_crawls.kill([source], tmp_path / "wild", f"wild-{turn}", clock=CLOCK, options=OPTIONS, after=chance.randint(1, 60))
        last = crawled(source, tmp_path / "wild", "last")
        asked = Counter(server.requests)
    assert last.status is RunStatus.DONE
    assert _contents(tmp_path / "wild") == calm
    repeated = sum(count - once[path] for path, count in asked.items() if "stellenangebot/" in path)
    assert repeated <= 10 * 2  # what was under way when the crawl was killed


def _contents(home: Path) -> dict[str, str]:
    return {posting.posting_id: posting.content_hash for posting in Lake.open(home / "lake").postings()}


def test_a_damaged_memory_is_begun_anew(tmp_path: Path) -> None:
    file = memory_file(tmp_path, "board")
    file.parent.mkdir(parents=True)
    file.write_bytes(b"no database" * 1000)
    memory = CrawlMemory.open(file)
    assert memory.begin("run", at=CLOCK) is False
    memory.keep("a", Remembered("a", None, None, None, None, "0" * 64, CLOCK.isoformat(), "run"))
    memory.commit()
    assert memory.begin("later", at=CLOCK + timedelta(hours=1)) is True
    assert memory.session == "run"
    assert memory.begin("much later", at=CLOCK + timedelta(hours=30)) is False
    memory.close()


def test_rests_grow_and_end_when_the_board_answers(tmp_path: Path) -> None:
    memory = CrawlMemory.open(memory_file(tmp_path, "board"))
    lengths = [memory.rest(at=CLOCK) - CLOCK for _ in range(6)]
    assert [length / timedelta(hours=1) for length in lengths] == [1, 2, 4, 8, 16, 24]
    assert memory.resting_until(at=CLOCK) == CLOCK + timedelta(hours=24)
    assert memory.resting_until(at=CLOCK + timedelta(hours=25)) is None
    memory.rested()
    assert memory.resting_until(at=CLOCK) is None
    memory.close()
