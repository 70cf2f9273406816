"""The sample boards crawled for real, over two days: over HTTP on this machine, in a process of their own."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

import crawlers.sample_boards
from crawlers.collect import crawl
from crawlers.job import CrawlJob, CrawlOptions
from crawlers.reparse import parse_captures
from crawlers.report import CrawlProgress, CrawlReport
from crawlers.sample_boards.advertisement import Advertisement, load_advertisements
from crawlers.sample_boards.server import SampleServer
from vacancies.lake import Lake
from vacancies.posting import Posting
from vacancies.register import SourceRegister, load_register
from vacancies.run import RunStatus

DAYS = {1: datetime(2026, 9, 29, 6, tzinfo=UTC), 2: datetime(2026, 9, 30, 6, tzinfo=UTC)}
TABLES = ("captures", "postings", "lives", "posting_history")


@dataclass
class Story:
    """What happened: a crawl that was killed, day 1, day 1 again, day 2."""

    home: Path
    register: SourceRegister
    requests: dict[str, list[str]]
    reports: dict[str, CrawlReport]
    versions: dict[str, dict[str, int]]
    postings: dict[str, dict[tuple[str, str], Posting]]
    captures_after_kill: int
    progress: list[CrawlProgress] = field(default_factory=list)

    @property
    def lake(self) -> Lake:
        return Lake.open(self.home / "lake")


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Story:
    home = tmp_path_factory.mktemp("home")
    register = load_register(Path(crawlers.sample_boards.__file__).parent / "register.yaml")
    with SampleServer(1) as server:
        register = register.filled(sample=server.address)
        story = Story(home, register, {}, {}, {}, {}, _killed_crawl(home, register))
        for name, day in (("first", 1), ("again", 1), ("next", 2)):
            server.day = day
            server.requests.clear()
            story.reports[name] = crawl(
                story.register, register.boards, home=home, run_id=name, clock=DAYS[day], on_progress=story.progress.append
            )
            story.requests[name] = list(server.requests)
            story.versions[name] = {table: story.lake.table_version(table) for table in TABLES}
            story.postings[name] = {(posting.board, str(posting.native_id)): posting for posting in story.lake.postings()}
    return story


def _killed_crawl(home: Path, register: SourceRegister) -> int:
    """Kill a crawl in its middle, by the hardest means; return how many captures it left."""
    job = CrawlJob(
        run_id="killed",
        sources=tuple(register),
        lake=home / "lake",
        crawls=home / "crawls",
        result=home / "killed.json",
        clock=DAYS[1],
        force=False,
        options=CrawlOptions(),
    )
    file = home / "killed-job.json"
    file.write_text(job.model_dump_json())
    command = [sys.executable, "-m", "crawlers.process", str(file)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8") as process:
        assert process.stdout is not None
        for count, _ in enumerate(process.stdout):
            if count >= 120:
                process.kill()
                break
    return sum(1 for _ in Lake.open(home / "lake").captures())


def authored(day: int) -> dict[tuple[str, str], Advertisement]:
    boards = load_advertisements(day)
    return {(board, advertisement.id): advertisement for board, advertisements in boards.items() for advertisement in advertisements}


@pytest.mark.long
def test_a_killed_crawl_leaves_its_captures_and_is_run_again(story: Story) -> None:
    assert story.captures_after_kill >= 50
    boards = story.reports["first"].boards
    assert sum(board.captured for board in boards) <= sum(board.requests + board.remembered for board in boards)
    assert sum(board.remembered for board in boards) >= 50  # those of the boards that were broken off
    assert len({(capture.url, capture.sha256) for capture in story.lake.captures()}) == sum(1 for _ in story.lake.captures())


def test_every_authored_advertisement_is_read(story: Story) -> None:
    expected = authored(1)
    found = story.postings["first"]
    assert set(found) == set(expected)
    for key, advertisement in expected.items():
        posting = found[key]
        assert (posting.title, posting.hiring_organization) == (" ".join(advertisement.title.split()), advertisement.employer)
        assert (posting.date_posted, posting.valid_through) == (advertisement.posted, advertisement.valid_through)
        assert [place.locality for place in posting.job_locations][:1] == [advertisement.locality], key
        assert posting.job_locations[0].country == advertisement.country
        assert len(posting.description_text) > 200


def stated_types(board: str, advertisement: Advertisement) -> set[str]:
    """Give the authored types; JobTech's service names a contract with every advertisement, "Vast" where none is authored."""
    types = set(advertisement.employment_type)
    is_permanent = board == "sample-vacaturebank" and not types & {"TEMPORARY", "CONTRACTOR", "INTERN"}
    return types | {"PERMANENT"} if is_permanent else types


@pytest.mark.parametrize("board", ["sample-stellenportal", "sample-emplois", "sample-vacaturebank", "sample-nordlicht", "sample-eurojobs"])
def test_fields_come_through_as_authored(story: Story, board: str) -> None:
    salaries, types = Counter[bool](), Counter[bool]()
    for key, advertisement in authored(1).items():
        if key[0] != board:
            continue
        posting = story.postings["first"][key]
        salary = advertisement.salary
        stated = posting.base_salary
        read = (stated.min_value, stated.max_value, stated.currency, stated.period) if stated else None
        salaries[read == ((salary.min, salary.max, salary.currency, salary.period) if salary else None)] += 1
        types[set(posting.employment_type) == stated_types(board, advertisement)] += 1
    assert (salaries[False], types[False]) == (0, 0)


def test_every_board_is_complete_and_two_spoilt_pages_are_in_quarantine(story: Story) -> None:
    report = story.reports["first"]
    assert report.status is RunStatus.DONE
    assert all(board.complete and not board.errors and not board.unread for board in report.boards)
    assert report.board("sample-stellenportal").quarantined == {"broken_json_ld": 1, "no_text": 1}
    records = {record.reason: record for record in story.lake.quarantined()}
    assert 'Florist/in (m/w/d) für unser "Blumenhaus am Markt"' in records["broken_json_ld"].record
    assert (records["no_text"].url or "").endswith("-40199")
    assert report.counts()["parsed"] == len(authored(1))


def test_robots_txt_is_asked_for_first_and_obeyed(story: Story) -> None:
    paths = story.requests["first"]
    assert paths[0] == "/robots.txt"
    assert not [path for path in paths if "/vorschau/" in path or "/candidature/" in path]
    assert story.reports["first"].board("sample-stellenportal").refused == {"not_a_job": 1, "robots": 1}


def test_crawling_again_changes_nothing(story: Story) -> None:
    assert story.versions["again"] == story.versions["first"]
    counts = story.reports["again"].counts()
    assert counts["unchanged"] == len(authored(1))
    assert [counts[name] for name in ("captured", "new", "changed", "reappeared", "gone")] == [0, 0, 0, 0, 0]


def test_the_second_day_brings_new_changed_and_gone_postings(story: Story) -> None:
    first, second = authored(1), authored(2)
    report = story.reports["next"]
    for board in report.boards:
        new = {key for key in second.keys() - first.keys() if key[0] == board.board}
        gone = {key for key in first.keys() - second.keys() if key[0] == board.board}
        changed = {key for key in first.keys() & second.keys() if key[0] == board.board and first[key] != second[key]}
        assert (board.new, board.changed, board.gone) == (len(new), len(changed), len(gone)), board.board
    assert report.counts()["new"] > 0
    assert report.counts()["gone"] > 0
    assert {life.gone_at for life in story.lake.lives()} == {None, DAYS[2]}


def test_runs_and_progress_are_recorded(story: Story) -> None:
    runs = {(run.run_id, run.board): run for run in story.lake.runs(step="crawl")}
    assert {runs["killed", board].status for board in story.register.boards if ("killed", board) in runs} >= {RunStatus.RUNNING}
    assert runs["first", "sample-nordlicht"].status is RunStatus.DONE
    assert runs["first", "sample-nordlicht"].counts["new"] + runs["first", "sample-nordlicht"].counts["unchanged"] > 40
    assert {progress.board for progress in story.progress if progress.finished} == set(story.register.boards)


def test_captures_are_read_again_offline_to_the_same_postings(story: Story) -> None:
    before = {table: story.lake.table_version(table) for table in TABLES}
    report = parse_captures(story.lake, story.register, run_id="reparse")
    assert report.counts()["changed"] == report.counts()["new"] == 0
    assert report.board("sample-stellenportal").quarantined == {"broken_json_ld": 1, "no_text": 1}
    assert {posting.posting_id: posting for posting in story.lake.postings()} == {p.posting_id: p for p in story.postings["next"].values()}
    assert story.lake.table_version("postings") == before["postings"]
    assert sum(life.gone_at is not None for life in story.lake.lives()) == story.reports["next"].counts()["gone"]
