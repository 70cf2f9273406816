"""A board whose hours end in the middle of a crawl is paused: what was reached is kept, and the next crawl goes on."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from crawlers.crawl_memory import CrawlMemory, Remembered, memory_file
from crawlers.job import CrawlJob, CrawlOptions
from crawlers.recorded_answers import recorded_source
from crawlers.report import BoardReport, CrawlReport
from crawlers.sample_boards.exchange_server import ExchangeServer
from crawlers.sample_boards.server import SampleServer
from crawlers.spiders.step import Step
from vacancies.health.overview import board_healths
from vacancies.lake import Lake
from vacancies.run import RunStatus
from vacancies.source import Source

from .conftest import ForkedCrawls

CLOCK = datetime(2026, 9, 29, 6, tzinfo=UTC)
OPTIONS = CrawlOptions(retries=1, retry_wait=0, timeout=60)


def row(platform: str, address: str) -> Source:
    """A board whose hours began two hours ago and end in two hours."""
    return Source(
        board="board", name="Board", platform=platform, address=address, countries=("DE",), languages=("de",), legal_basis="test",
        contact="crawler@pes.example", delay=0, concurrency=2, loopback=True, active_from=date(2020, 1, 1), hours=_open_now(),
    )  # fmt: skip


HOURS_END = """
import sys
from datetime import timedelta
from crawlers.process import main
from crawlers.spiders import bounds

real, left = bounds.now, [int(sys.argv[1])]

def now():
    left[0] -= 1
    return real() + timedelta(hours=12 if left[0] < 0 else 0)

bounds.now = now
main(sys.argv[2:])
"""


def _open_now() -> str:
    now = datetime.now(UTC)
    return f"{now - timedelta(hours=2):%H:%M}-{now + timedelta(hours=2):%H:%M}"


def _hours_end_after(source: Source, home: Path, run_id: str, *, answers: int, afresh: bool = False) -> BoardReport:
    """Crawl with a clock that leaps behind the row's hours after so many answers."""
    file, result = _job(source, home, run_id, options=OPTIONS.model_copy(update={"afresh": afresh}))
    subprocess.run([sys.executable, "-c", HOURS_END, str(answers), str(file)], check=True, capture_output=True)
    return CrawlReport.model_validate_json(result.read_text()).boards[0]


def _job(source: Source, home: Path, run_id: str, *, options: CrawlOptions) -> tuple[Path, Path]:
    """Write a job; gives its file, and where the report will be."""
    home.mkdir(exist_ok=True)
    job = CrawlJob(
        run_id=run_id, sources=(source,), lake=home / "lake", crawls=home / "crawls", result=home / f"{run_id}.json",
        clock=CLOCK, force=False, options=options,
    )  # fmt: skip
    file = home / f"{run_id}-job.json"
    file.write_text(job.model_dump_json())
    return file, job.result


@pytest.mark.long
def test_a_board_whose_hours_end_in_the_middle_is_paused_and_gone_on_with(forked_crawls: ForkedCrawls, tmp_path: Path) -> None:
    with SampleServer(1) as server:
        source = row("jsonld", f"{server.address}/sample-stellenportal/sitemap.xml")
        (first,) = forked_crawls.crawl([source], tmp_path, "1-first", clock=CLOCK, options=OPTIONS).boards
        server.day = 2
        server.requests.clear()
        paused = _hours_end_after(source, tmp_path, "2-paused", answers=20, afresh=True)
        lake = Lake.open(tmp_path / "lake")
        was_open = lake.open_count("board")
        (then,) = forked_crawls.crawl([source], tmp_path, "3-then", clock=CLOCK, options=OPTIONS).boards
        asked = Counter(path for path in server.requests if "stellenangebot/" in path)
    assert (paused.status, paused.complete, paused.gone) == (RunStatus.PAUSED, False, 0)
    assert 15 < paused.parsed < first.parsed
    assert "ended before all was read: what was reached is kept" in (paused.message or "")
    assert was_open == first.parsed + paused.new
    assert (then.status, then.complete, then.gone, paused.new + then.new) == (RunStatus.DONE, True, 2, 1)
    assert max(asked.values()) == 1
    assert {run.run_id: run.status for run in lake.runs(step="crawl")}["2-paused"] is RunStatus.PAUSED
    (health,) = board_healths(lake, [source], now=CLOCK)
    assert ([run.status.value for run in health.runs], health.alerts) == (["done", "paused", "done"], ())


@pytest.mark.parametrize("platform", ["workday", "bundesagentur"])
def test_what_a_paused_crawl_could_not_reach_is_no_failure(platform: str, tmp_path: Path) -> None:
    """Both count at the end what the board states and what was met."""
    folder = Path(__file__).parent / "recorded" / platform
    with ExchangeServer(folder) as server:
        source = recorded_source(folder, server.address).model_copy(update={"hours": _open_now(), "credentials": {}})
        report = _hours_end_after(source, tmp_path, "early", answers=0)
    assert (report.status, report.complete) == (RunStatus.PAUSED, False), report.message


def test_hours_that_end_with_the_last_answer_leave_nothing_out(tmp_path: Path) -> None:
    (tmp_path / "jobs.json").write_text(json.dumps({"jobs": [{"id": 1, "title": "Cook", "content": "You cook."}], "meta": {"total": 1}}))
    (tmp_path / "exchange.json").write_text(json.dumps([{"request": {"path": "/jobs"}, "file": "jobs.json"}]))
    with ExchangeServer(tmp_path) as server:
        report = _hours_end_after(row("greenhouse", f"{server.address}/jobs"), tmp_path / "home", "late", answers=0)
    assert (report.status, report.complete, report.new) == (RunStatus.DONE, True, 1)


def test_a_crawl_goes_on_night_by_night_for_a_week(tmp_path: Path) -> None:
    memory = CrawlMemory.open(memory_file(tmp_path, "board"))
    memory.begin("first", at=CLOCK)
    nights = []
    for night in range(1, 8):
        last = CLOCK + timedelta(days=night - 1, hours=8)
        memory.keep(f"page {night}", Remembered("a", None, None, None, None, "0" * 64, last.isoformat(), memory.session))
        nights.append(memory.begin(f"night {night}", at=CLOCK + timedelta(days=night, minutes=1)))
    assert nights == [True] * 6 + [False]
    memory.close()


@pytest.mark.parametrize(
    ("is_listing", "hours", "recheck_hours", "too_old"),
    [(True, 47, None, False), (True, 49, None, True), (True, 25, 24, True), (True, 23, 24, False), (False, 100, 24, False)],
    ids=["last night's", "older", "beyond the licence's duty", "within it", "a page of its own"],
)
def test_a_listing_of_nights_ago_is_asked_for_anew(is_listing: bool, hours: int, recheck_hours: int | None, too_old: bool) -> None:
    fetched = datetime.now(UTC) - timedelta(hours=hours)
    known = Remembered("a", None, None, None, None, "0" * 64, fetched.isoformat(), "run")
    assert Step("a", is_listing=is_listing).is_too_old(known, recheck_hours) is too_old
