"""A run that is killed in its crawl takes the crawling process with it, so that the next run is the only writer."""

from __future__ import annotations

import socket
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from crawlers.collect import crawl
from crawlers.job import CrawlOptions
from crawlers.sample_boards.server import SampleServer
from vacancies.lake import Lake
from vacancies.register import SourceRegister
from vacancies.run import RunStatus
from vacancies.source import Source

RUN = """
import sys
from pathlib import Path
from crawlers.collect import crawl
from crawlers.job import CrawlOptions
from vacancies.lake import Lake
from vacancies.register import SourceRegister
from vacancies.source import Source

home = Path(sys.argv[1])
register = SourceRegister([Source.model_validate_json(sys.argv[2])])
with Lake.open(home / "lake").lock("a run that is killed"):
    crawl(register, register.boards, home=home, run_id="killed", options=CrawlOptions(timeout=90, retries=0))
"""


def feed(address: str) -> Source:
    return Source(
        board="board",
        name="Board",
        platform="rss",
        address=address,
        countries=("DE",),
        languages=("de",),
        legal_basis="test",
        contact="crawler@pes.example",
        delay=0,
        loopback=True,
        active_from=date(2020, 1, 1),
    )


@pytest.mark.long
def test_a_crawl_ends_when_its_parent_is_killed_and_can_begin_again_at_once(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as board:
        board.settimeout(120)
        row = feed(f"http://127.0.0.1:{board.getsockname()[1]}/jobs.rss")
        with subprocess.Popen([sys.executable, "-c", RUN, str(tmp_path), row.model_dump_json()]) as parent:
            connection, _ = board.accept()
            assert connection.recv(4096)  # the crawl waits for an answer now, and gets none
            parent.kill()
        connection.settimeout(30)
        with connection:
            assert connection.recv(4096) == b""  # its end closed the connection; else this times out
    log = (tmp_path / "crawls" / "killed" / "crawl.log").read_text(encoding="utf-8")
    assert "the process that started this crawl has ended" in log

    lake = Lake.open(tmp_path / "lake")
    with SampleServer(1) as server, lake.lock("the next run"):
        register = SourceRegister([feed(f"{server.address}/sample-eurojobs/jobs.rss")])
        report = crawl(register, register.boards, home=tmp_path, run_id="next", options=CrawlOptions(timeout=60))
    assert (report.status, report.board("board").new) == (RunStatus.DONE, 30)
    assert sum(1 for _ in lake.postings()) == 30
    assert {run.run_id: run.status for run in lake.runs(step="crawl")} == {"killed": RunStatus.RUNNING, "next": RunStatus.DONE}
