"""Crawls in children of a process that has imported already: for tests of what crawls do, not of how their process is started."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pytest

from crawlers.job import CrawlJob, CrawlOptions
from crawlers.report import CrawlReport
from vacancies.source import Source


class ForkedCrawls:
    """Crawls as `crawlers.collect.crawl` does, each in a forked process."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def crawl(
        self, sources: Sequence[Source], home: Path, run_id: str, *, clock: datetime | None, options: CrawlOptions, force: bool = False
    ) -> CrawlReport:
        """Crawl boards into the lake under `home`."""
        job = _job(sources, home, run_id, clock=clock, options=options, force=force)
        status = self._order(job, home, None)
        assert status == 0, _log(job, home)
        return CrawlReport.model_validate_json(job.result.read_text(encoding="utf-8"))

    def kill(self, sources: Sequence[Source], home: Path, run_id: str, *, clock: datetime, options: CrawlOptions, after: int) -> None:
        """Begin a crawl and kill it (SIGKILL) when it has told so many lines of progress; one that is done by then ends by itself."""
        job = _job(sources, home, run_id, clock=clock, options=options, force=False)
        status = self._order(job, home, after)
        assert status in (0, -9), _log(job, home)

    def _order(self, job: CrawlJob, home: Path, kill_after: int | None) -> int:
        file = home / f"{job.run_id}-job.json"
        file.write_text(job.model_dump_json(), encoding="utf-8")
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps({"job": str(file), "kill_after": kill_after}) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


def _job(sources: Sequence[Source], home: Path, run_id: str, *, clock: datetime | None, options: CrawlOptions, force: bool) -> CrawlJob:
    home.mkdir(exist_ok=True)
    return CrawlJob(
        run_id=run_id, sources=tuple(sources), lake=home / "lake", crawls=home / "crawls", result=home / f"{run_id}.json",
        clock=clock, force=force, options=options,
    )  # fmt: skip


def _log(job: CrawlJob, home: Path) -> str:
    return (home / f"{job.run_id}-job.json.log").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def forked_crawls() -> Iterator[ForkedCrawls]:
    """The process that forks, for all tests of a session."""
    command = [sys.executable, str(Path(__file__).with_name("forking.py"))]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        yield ForkedCrawls(process)
        assert process.stdin is not None
        process.stdin.close()
