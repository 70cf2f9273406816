"""What a crawl leaves of its health; crawls that shrank or lost a field are kept apart until a person accepts them. No network."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from crawlers.intake import BoardIntake
from crawlers.latency import Latency
from crawlers.page_parsers import jobtech
from crawlers.posting_reader import Reader
from crawlers.report import BoardReport
from vacancies.error import NothingHeld
from vacancies.health.accepting import accept_held
from vacancies.health.record import Decision, SourceHealth
from vacancies.lake import Lake
from vacancies.posting import Posting
from vacancies.run import Run, RunStatus
from vacancies.source import Source

BEGIN = datetime(2026, 9, 7, 6, tzinfo=UTC)
SOURCE = Source(
    board="board",
    name="Board",
    platform="jobtech",
    address="https://board.example",
    countries=("SE",),
    languages=("sv",),
    legal_basis="agreement",
    contact="data@pes.example",
    active_from=date(2026, 1, 1),
)


class Board:
    """One board's crawls, a week apart, each of so many postings."""

    def __init__(self, root: Path) -> None:
        self.lake = Lake.open(root)
        self.at = BEGIN

    def crawl(self, *ids: int, force: bool = False, gap: bool = False, paused: bool = False, **fields: object) -> BoardReport:
        self.at += timedelta(days=7)
        stated = {"employer": {"name": "Verk AB"}, "description": {"text": "Cook."}, "publication_date": "2026-09-10T00:00:00"}
        hits = [{"id": str(number), "headline": f"Job {number}", **stated, **fields} for number in ids]
        intake = BoardIntake(self.lake, "board", Reader("jobtech/1", jobtech.parse), run_id=f"run-{self.at:%m%d}", clock=self.at)
        body = json.dumps({"hits": hits}).encode()
        intake.read(intake.capture("https://board.example/search", body, status=200, content_type=None, is_listing=False), body)
        intake.requests, intake.bytes = 1, len(body)
        intake.statuses["200"] += 1
        if gap:
            intake.gap("the listing broke off")
        if paused:
            intake.pause("the hours ended")
        report = intake.finish(force=force)
        self.lake.record_run(
            Run(run_id=f"run-{self.at:%m%d}", step="crawl", board="board", status=report.status, started=self.at, version="1")
        )
        return report

    def accept(self, note: str | None = None) -> SourceHealth:
        return accept_held(self.lake, SOURCE, by="anna", at=self.at, note=note)

    @property
    def last(self) -> SourceHealth:
        return self.lake.health(board="board")[-1]

    def open(self) -> dict[str, Posting]:
        gone = {life.posting_id for life in self.lake.lives() if life.gone_at}
        return {str(posting.native_id): posting for posting in self.lake.postings() if posting.posting_id not in gone}


@pytest.fixture
def board(tmp_path: Path) -> Board:
    made = Board(tmp_path)
    made.crawl(*range(10))
    return made


def test_a_crawl_leaves_counts_fill_rates_and_freshness(board: Board) -> None:
    board.crawl(*range(1, 12))
    first, second = board.lake.health(board="board")
    assert (first.postings, first.new, first.open_before, first.dated, first.age_days) == (10, 10, 0, 10, 4.0)
    assert (second.postings, second.new, second.gone, second.unchanged, second.open_before) == (11, 2, 1, 9, 10)
    assert (second.dated, second.age_days) == (2, 11.0)  # of the two that are new
    stated = {field for field, number in second.filled.items() if number == 11}
    assert {"native_id", "title", "description_text", "hiring_organization", "date_posted"} <= stated
    assert second.filled["base_salary"] == 0
    assert (second.requests, second.statuses, second.pages, second.pages_without) == (1, {"200": 1}, 1, 0)
    assert second.bytes > 500
    assert second.at == BEGIN + timedelta(days=14)


def test_a_crawl_that_shrank_is_kept_apart_until_a_person_accepts_it(board: Board) -> None:
    report = board.crawl(5, 6, 20)
    assert (report.status, report.new, report.gone) == (RunStatus.HELD, 0, 0)
    assert "labourscope sources accept board" in (report.message or "")
    assert set(board.open()) == {str(number) for number in range(10)}  # the new one is not published either
    assert board.last.held_because == "the board lists 3 postings, 10 were open"
    done = board.accept("moved to a new site")
    assert done.message == done.held_because
    assert (done.new, done.gone, done.status, done.decision) == (1, 8, RunStatus.DONE, Decision.ACCEPTED)
    assert set(board.open()) == {"5", "6", "20"}
    assert (board.last.decided_by, board.last.decision_note) == ("anna", "moved to a new site")
    (run,) = [run for run in board.lake.runs() if run.run_id == report_run(board)]
    assert run.status is RunStatus.DONE
    assert "accepted by anna" in (run.message or "")
    lives = {life.posting_id: life for life in board.lake.lives()}
    assert lives[board.open()["20"].posting_id].first_seen == board.at  # as the crawl saw it
    with pytest.raises(NothingHeld, match="no crawl of 'board' is kept apart"):
        board.accept()


def report_run(board: Board) -> str:
    return f"run-{board.at:%m%d}"


def test_a_field_that_most_postings_no_longer_state_is_not_stored_as_empty(board: Board) -> None:
    report = board.crawl(*range(10), 20, employer={"namn": "Verk AB"})
    assert report.status is RunStatus.HELD
    assert "no longer state hiring_organization (10 postings stated it, of which 0 do now)" in (report.message or "")
    assert {posting.hiring_organization for posting in board.open().values()} == {"Verk AB"}
    assert board.last.filled["hiring_organization"] == 0
    again = board.crawl(*range(10), 20)  # the parser was mended
    assert (again.status, again.new, again.changed) == (RunStatus.DONE, 1, 0)
    with pytest.raises(NothingHeld):
        board.accept()


def test_an_incomplete_crawl_overwrites_no_values_either(board: Board) -> None:
    report = board.crawl(*range(8), gap=True, employer={})
    assert (report.status, report.changed) == (RunStatus.FAILED, 0)
    assert "no longer state hiring_organization" in (report.message or "")
    assert {posting.hiring_organization for posting in board.open().values()} == {"Verk AB"}


ENDINGS: dict[str, tuple[dict[str, object], RunStatus, str]] = {
    "paused": ({}, RunStatus.PAUSED, "the hours ended"),
    "a page of the listing failed before": ({"gap": True}, RunStatus.FAILED, "the listing broke off; the hours ended"),
    "a field was lost": ({"employer": {}}, RunStatus.PAUSED, "the hours ended; the board's postings no longer state hiring_organization"),
}


@pytest.mark.parametrize(("crawl", "status", "said"), ENDINGS.values(), ids=ENDINGS)
def test_a_crawl_whose_hours_end_keeps_what_it_reached(board: Board, crawl: dict[str, object], status: RunStatus, said: str) -> None:
    report = board.crawl(*range(5, 11), paused=True, **crawl)  # type: ignore[arg-type]  # a case's options and fields
    assert (report.status, report.complete, report.gone) == (status, False, 0)
    assert (report.message or "").startswith(said)
    assert board.last.message == report.message
    assert set(board.open()) == {str(number) for number in range(10 if "employer" in crawl else 11)}


def test_a_field_that_a_part_of_the_postings_loses_is_taken_over(board: Board) -> None:
    board.crawl(*range(10), description={"text": "Cook."}, publication_date=None, force=True)
    assert (board.last.decision, board.last.decided_by is not None) == (Decision.FORCED, True)
    assert {posting.date_posted for posting in board.open().values()} == {None}
    assert board.crawl(*range(10), employer={}).status is RunStatus.HELD
    assert board.crawl(*range(10)).status is RunStatus.DONE
    assert board.last.decision is None


def test_a_later_held_crawl_stands_in_the_place_of_the_former(board: Board) -> None:
    board.crawl(1, 2)
    board.crawl(1, 2, 3)
    board.crawl(1, gap=True)  # a failed crawl says nothing
    board.crawl(1, paused=True)  # nor does one whose hours ended
    assert board.accept().postings == 3
    assert set(board.open()) == {"1", "2", "3"}


def test_an_empty_board_can_be_accepted(board: Board) -> None:
    assert board.crawl().status is RunStatus.HELD
    assert board.accept().gone == 10
    assert board.open() == {}


def test_accepting_can_be_done_again_after_a_kill(board: Board) -> None:
    board.crawl(5, 6, 20)
    held = board.last
    board.accept()
    board.lake.record_health(held)  # as if the process had been killed before it noted the word
    board.lake.hold_postings("board", list(board.open().values()), run_id=held.run_id)
    board.accept()
    assert set(board.open()) == {"5", "6", "20"}
    assert board.last.decision is Decision.ACCEPTED


@pytest.mark.parametrize(
    ("seconds", "middle"),
    [((), None), ((0.2,), 0.2), ((0.1, 0.2, 9.0), 0.2), ((0.0, 0.0), 0.0005)],
    ids=["none", "one", "three", "no time"],
)
def test_latency_is_a_median_within_five_per_cent(seconds: tuple[float, ...], middle: float | None) -> None:
    latency = Latency()
    for each in seconds:
        latency.add(each)
    assert latency.median() == (middle if middle is None else pytest.approx(middle, rel=0.05))
