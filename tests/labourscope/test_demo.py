"""`labourscope demo` from nothing, again, and served: what a newcomer sees, in processes of its own."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from observatory.release import list_releases
from search_api.engines.tantivy_engine import TantivyEngine
from vacancies.lake import Lake
from vacancies.posting import GoneReason
from vacancies.run import RunStatus

from .conftest import Labourscope

pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]  # two runs of the whole way, also on a busy machine
LABOURSCOPE = [sys.executable, "-c", "from labourscope.cli import main; main()"]
TABLES = ("captures", "postings", "lives", "posting_history", "enriched", "vacancies")


@dataclass(frozen=True)
class State:
    """What a run may change."""

    versions: dict[str, int]
    content_version: int
    generation: str
    releases: list[str]

    @classmethod
    def of(cls, home: Path) -> State:
        """Look at an installation."""
        lake = Lake.open(home / "lake")
        return cls(
            versions={table: lake.table_version(table) for table in TABLES},
            content_version=lake.content_version(),
            generation=TantivyEngine(home / "index").info().generation,
            releases=[release.version for release in list_releases(home / "releases")],
        )


@dataclass(frozen=True)
class Demo:
    """Two runs of the demo on one home."""

    home: Path
    environment: dict[str, str]
    first: subprocess.CompletedProcess[str]
    after_first: State
    second: subprocess.CompletedProcess[str]
    after_second: State


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Run the demo twice from an empty folder."""
    folder = tmp_path_factory.mktemp("demo")
    home = folder / "home"
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LABOURSCOPE_", "PREFECT_"))}
    environment = kept | {"LABOURSCOPE_HOME": str(home), "COLUMNS": "200"}
    command = [*LABOURSCOPE, "demo", "--no-serve", "--boards-port", str(free_port())]
    runs, states = [], []
    for _ in range(2):
        runs.append(
            subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
        )
        assert runs[-1].returncode == 0, runs[-1].stdout + runs[-1].stderr
        states.append(State.of(home))
    return Demo(home, environment, runs[0], states[0], runs[1], states[1])


def test_the_first_run_goes_the_whole_way(demo: Demo) -> None:
    lake = Lake.open(demo.home / "lake")
    boards = Counter(posting.board for posting in lake.postings())
    assert boards.total() >= 240
    assert len(boards) >= 4
    assert min(boards.values()) >= 20
    assert lake.row_count("captures") >= 100
    merged = [vacancy for vacancy in lake.vacancies() if len(vacancy.boards) > 1]
    assert merged, "some advertisements stand on two boards"
    assert TantivyEngine(demo.home / "index").info().documents == lake.row_count("vacancies")
    assert demo.after_first.releases == ["2026-09-30"]
    for step in ("crawl", "enrich", "merge", "index", "figures", "release"):
        assert re.search(rf"^done {step}", demo.first.stderr, re.MULTILINE), demo.first.stderr


def test_every_posting_is_read_or_in_quarantine(demo: Demo) -> None:
    lake = Lake.open(demo.home / "lake")
    ((pipeline, taxonomy, _),) = lake.readings()
    assert taxonomy == "starter:1"
    readings = list(lake.enriched(pipeline, taxonomy))
    assert len(readings) == lake.row_count("postings")
    assert sum(bool(reading.skills) for reading in readings) > 0.9 * len(readings)
    assert sum(bool(reading.regions) for reading in readings) > 0.8 * len(readings)


def test_bad_pages_are_in_quarantine_with_their_reason(demo: Demo) -> None:
    records = {record.reason: record for record in Lake.open(demo.home / "lake").quarantined()}
    assert set(records) == {"broken_json_ld", "no_text"}
    assert "JobPosting" in records["broken_json_ld"].record
    assert (records["broken_json_ld"].board, records["broken_json_ld"].step) == ("sample-stellenportal", "crawl")
    assert "broken_json_ld" in demo.first.stdout


def test_the_second_day_changed_and_expired_postings(demo: Demo) -> None:
    lake = Lake.open(demo.home / "lake")
    lives = list(lake.lives())
    assert [life for life in lives if life.revisions > 1], "a posting changed"
    assert lake.row_count("posting_history") == sum(life.revisions - 1 for life in lives)
    reasons = Counter(life.gone_reason for life in lives if life.gone_at)
    assert reasons[GoneReason.EXPIRED] >= 1
    assert [vacancy for vacancy in lake.vacancies() if vacancy.gone_at], "its vacancy is closed"


def test_the_second_run_changes_nothing_and_says_so(demo: Demo) -> None:
    assert "Nothing changed" in demo.second.stdout
    assert demo.after_second == demo.after_first
    runs = [run for run in Lake.open(demo.home / "lake").runs() if run.board is None]
    assert Counter(run.step for run in runs) == {"crawl": 3, "enrich": 3, "merge": 3, "index": 2, "figures": 2, "release": 2}
    assert {run.status for run in runs} == {RunStatus.DONE}


def test_nothing_but_words_is_shown(demo: Demo) -> None:
    for run in (demo.first, demo.second):
        assert "Traceback" not in run.stdout + run.stderr
        assert "Warning" not in run.stdout + run.stderr


def test_what_the_demo_made_is_served(demo: Demo) -> None:
    command = [*LABOURSCOPE, "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=demo.home, env=demo.environment, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            address = server.stdout.readline().split()[-1]
            found = json.load(urllib.request.urlopen(f"{address}/v1/vacancies?region=DE", timeout=30))
            page = urllib.request.urlopen(f"{address}/dashboard", timeout=30).read().decode()
        finally:
            server.send_signal(signal.SIGINT)
        assert server.wait(30) in (0, 130)
    assert found["total"] > 50
    assert "<html" in page


@pytest.mark.usefixtures("home")
def test_the_demo_keeps_out_of_a_real_installation(labourscope: Labourscope) -> None:
    ended = labourscope("demo", "--no-serve")
    assert ended.code == 1
    assert "partner" in ended.err
    assert "LABOURSCOPE_HOME=" in ended.err


def test_a_port_of_the_boards_in_use_is_told(labourscope: Labourscope) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = labourscope("demo", "--no-serve", "--boards-port", str(taken.getsockname()[1]))
    assert ended.code == 1
    assert "--boards-port" in ended.err
