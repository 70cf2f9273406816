"""Measures a crawl of a generated board, politeness off: speed, CPU time and memory of the crawling process."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from crawlers.collect import crawl
from crawlers.sample_boards.generated import PLATFORMS
from vacancies.lake import Lake
from vacancies.register import SourceRegister
from vacancies.source import Source

Kind = Literal["json", "html", "feed"]


class CrawlBench(BaseModel):
    """One crawl. CPU seconds are the crawling process's, and do not count waiting for a busy machine."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: str
    postings: int
    requests: int
    megabytes: float
    status: str
    seconds: float
    cpu_seconds: float
    postings_per_second: float
    postings_per_cpu_second: float
    requests_per_cpu_second: float
    peak_mib: int


def bench_crawl(home: Path, *, postings: int, kind: Kind) -> CrawlBench:
    """Crawl a generated board of so many postings into an empty home folder; raises CrawlFailed."""
    with _served(postings, kind) as address:
        register = SourceRegister([_row(address, kind)])
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        begun = time.perf_counter()
        with Lake.open(home / "lake").lock("measuring a crawl"):
            report = crawl(register, register.boards, home=home, run_id="bench").boards[0]
        seconds = time.perf_counter() - begun
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return CrawlBench(
        kind=kind,
        postings=report.parsed,
        requests=report.requests,
        megabytes=round(report.bytes / 1e6, 1),
        status=report.status.value,
        seconds=round(seconds, 2),
        cpu_seconds=round(cpu, 2),
        postings_per_second=round(report.parsed / seconds, 1),
        postings_per_cpu_second=round(report.parsed / cpu, 1),
        requests_per_cpu_second=round(report.requests / cpu, 1),
        peak_mib=int(after.ru_maxrss / 1024),
    )


@contextmanager
def _served(postings: int, kind: Kind) -> Iterator[str]:
    command = [sys.executable, "-m", "crawlers.sample_boards.generated", "--postings", str(postings), "--kind", kind]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as server:  # noqa: S603 (our own module)
        try:
            yield (server.stdout.readline() if server.stdout else "").strip()
        finally:
            server.kill()


def _row(address: str, kind: Kind) -> Source:
    return Source(
        board="generated",
        name="Generated board",
        platform=PLATFORMS[kind],
        address=address,
        countries=("DE",),
        languages=("de",),
        legal_basis="measuring, on this machine",
        contact="bench@labourscope.example",
        delay=0,
        concurrency=8,
        robots_agreement="our own board",
        loopback=True,
        active_from=date(2000, 1, 1),
    )
