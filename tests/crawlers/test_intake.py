"""Taking answers over: what counts as gone, what is kept, what is held; no network."""

from __future__ import annotations

import json
from collections.abc import Collection
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawlers.intake import BoardIntake
from crawlers.page_parsers import feed_xml, jobposting_page, jobtech
from crawlers.page_parsers.page_reading import PageReading
from crawlers.posting_reader import Reader
from crawlers.reparse import parse_captures
from crawlers.report import BoardReport
from vacancies.error import RecordInvalid
from vacancies.lake import Lake
from vacancies.posting import GoneReason
from vacancies.register import SourceRegister
from vacancies.run import RunStatus
from vacancies.source import Source

DAY = datetime(2026, 9, 29, 6, tzinfo=UTC)
JSONLD_ROW = SourceRegister(
    [
        Source(
            board="board",
            name="Board",
            platform="jsonld",
            address="https://a.example/",
            countries=("DE",),
            languages=("de",),
            legal_basis="test",
            contact="crawler@pes.example",
            active_from=DAY.date(),
        )
    ]
)
API = Reader("jobtech/1", jobtech.parse)
PAGES = Reader("jsonld/1", jobposting_page.parse)


def hits(*ids: int, **more: object) -> bytes:
    return json.dumps({"hits": [{"id": str(number), "headline": f"Job {number}"} for number in ids], **more}).encode()


def job_page(number: int, title: str = "Cook") -> bytes:
    data = {"@type": "JobPosting", "identifier": str(number), "title": f"{title} {number}", "description": "Cook."}
    return f'<html><script type="application/ld+json">{json.dumps(data)}</script></html>'.encode()


class Board:
    """One board's crawls, a day apart."""

    def __init__(self, root: Path, reader: Reader) -> None:
        self.lake = Lake.open(root / "lake")
        self.reader = reader
        self.day = DAY

    def begin(self) -> BoardIntake:
        return BoardIntake(self.lake, "board", self.reader, run_id=f"run-{self.day:%d}", clock=self.day)

    def take(self, intake: BoardIntake, url: str, body: bytes) -> None:
        capture = intake.capture(url, body, status=200, content_type="text/html", is_listing=False)
        intake.requests += 1
        with suppress(RecordInvalid):  # in quarantine
            intake.read(capture, body)

    def crawl(self, bodies: dict[str, bytes], *, force: bool = False) -> BoardReport:
        intake = self.begin()
        for url, body in bodies.items():
            self.take(intake, url, body)
        report = intake.finish(force=force)
        self.day += timedelta(days=1)
        return report

    def gone(self) -> dict[str, GoneReason | None]:
        titles = {posting.posting_id: posting.title or "" for posting in self.lake.postings()}
        return {titles[life.posting_id]: life.gone_reason for life in self.lake.lives() if life.gone_at}


@pytest.fixture
def api(tmp_path: Path) -> Board:
    return Board(tmp_path, API)


@pytest.fixture
def pages(tmp_path: Path) -> Board:
    board = Board(tmp_path, PAGES)
    board.crawl({f"https://a.example/job/{number}": job_page(number) for number in range(1, 11)})
    return board


def test_what_a_complete_listing_no_longer_names_is_gone(api: Board) -> None:
    api.crawl({"https://a.example/search": hits(*range(10))})
    report = api.crawl({"https://a.example/search": hits(*range(1, 11))})
    assert (report.status, report.complete, report.new, report.gone) == (RunStatus.DONE, True, 1, 1)
    assert api.gone() == {"Job 0": GoneReason.REMOVED}


def test_an_incomplete_listing_marks_nothing_as_gone(api: Board) -> None:
    api.crawl({"https://a.example/search": hits(*range(10))})
    intake = api.begin()
    api.take(intake, "https://a.example/search", hits(*range(9)))
    intake.failed("https://a.example/search?offset=9", "http_500", "the board answered 500", is_listing=True)
    report = intake.finish()
    assert (report.status, report.complete, report.gone) == (RunStatus.FAILED, False, 0)
    assert report.message is not None
    assert "offset=9: the board answered 500" in report.message


def test_a_feed_that_is_cut_off_marks_nothing_as_gone(tmp_path: Path) -> None:
    feed = Board(tmp_path, Reader("rss/1", feed_xml.parse))
    items = [f"<item><guid>{number}</guid><title>Job {number}</title></item>" for number in range(10)]
    whole = '<rss version="2.0"><channel>' + "".join(items) + "</channel></rss>"
    feed.crawl({"https://a.example/jobs.rss": whole.encode()})
    report = feed.crawl({"https://a.example/jobs.rss": whole[: whole.index(items[-1])].encode()})
    assert (report.status, report.complete, report.parsed, report.gone) == (RunStatus.FAILED, False, 9, 0)
    assert "jobs.rss: the feed is cut off" in (report.message or "")


def test_a_board_that_shrank_is_held_until_forced(api: Board) -> None:
    api.crawl({"https://a.example/search": hits(*range(10))})
    held = api.crawl({"https://a.example/search": hits(*range(7))})
    assert (held.status, held.gone, held.held) == (RunStatus.HELD, 0, True)
    assert held.message is not None
    assert "lists 7 postings, 10 were open" in held.message
    forced = api.crawl({"https://a.example/search": hits(*range(7))}, force=True)
    assert (forced.status, forced.gone) == (RunStatus.DONE, 3)


def test_an_empty_answer_does_not_empty_the_board(api: Board) -> None:
    api.crawl({"https://a.example/search": hits(1, 2)})
    assert api.crawl({"https://a.example/search": hits()}).status is RunStatus.HELD
    assert api.gone() == {}


def test_removed_records_are_withdrawn(api: Board) -> None:
    api.crawl({"https://a.example/search": hits(*range(10))})
    body = json.dumps({"hits": [*json.loads(hits(*range(9)))["hits"], {"id": "9", "removed": True}]}).encode()
    assert api.crawl({"https://a.example/search": body}).gone == 1
    assert api.gone() == {"Job 9": GoneReason.WITHDRAWN}


def test_a_rejected_record_with_an_id_keeps_its_posting(api: Board) -> None:
    api.crawl({"https://a.example/search": hits(*range(10))})
    body = json.dumps({"hits": [*json.loads(hits(*range(9)))["hits"], {"id": "9"}]}).encode()
    report = api.crawl({"https://a.example/search": body})
    assert (report.status, report.kept, report.gone, report.quarantined) == (RunStatus.DONE, 1, 0, {"no_text": 1})


def test_a_rejected_record_without_identity_leaves_the_listing_incomplete(api: Board) -> None:
    body = json.dumps({"hits": [{"id": "1", "headline": "Job 1"}, {"headline": "Job 2"}]}).encode()
    report = api.crawl({"https://a.example/search": body})
    assert (report.status, report.complete, report.parsed, report.quarantined) == (RunStatus.FAILED, False, 1, {"no_identity": 1})


def test_pages_that_fail_or_are_spoilt_keep_their_postings(pages: Board) -> None:
    intake = pages.begin()
    for number in range(1, 9):
        pages.take(intake, f"https://a.example/job/{number}", job_page(number))
    pages.take(intake, "https://a.example/job/9", job_page(9).replace(b'": "', b'" "'))
    intake.failed("https://a.example/job/10", "timeout", "no whole answer came in time", is_listing=False)
    report = intake.finish()
    assert (report.status, report.complete, report.parsed, report.kept, report.gone) == (RunStatus.DONE, True, 8, 2, 0)
    assert (report.quarantined, report.errors) == ({"broken_json_ld": 1}, {"timeout": 1})


def test_a_page_that_answers_410_is_withdrawn(pages: Board) -> None:
    intake = pages.begin()
    for number in range(1, 10):
        pages.take(intake, f"https://a.example/job/{number}", job_page(number))
    intake.gone("https://a.example/job/10")
    assert intake.finish().gone == 1
    assert pages.gone() == {"Cook 10": GoneReason.WITHDRAWN}


def test_a_board_that_changed_its_pages_fails_loudly(pages: Board) -> None:
    report = pages.crawl({f"https://a.example/job/{number}": b"<html>new design</html>" for number in range(1, 11)})
    assert (report.status, report.kept, report.gone) == (RunStatus.FAILED, 10, 0)
    assert report.message is not None
    assert "has the board changed its pages" in report.message


def test_new_pages_in_a_new_design_close_nothing(pages: Board) -> None:
    report = pages.crawl({f"https://a.example/careers/{number}": b"<html>new design</html>" for number in range(1, 11)})
    assert (report.status, report.complete, report.gone) == (RunStatus.FAILED, True, 0)
    assert pages.gone() == {}


@pytest.mark.parametrize(("force", "status", "gone"), [(False, RunStatus.HELD, 0), (True, RunStatus.DONE, 10)])
def test_a_board_that_answers_404_for_all_its_pages_is_held_until_forced(pages: Board, force: bool, status: RunStatus, gone: int) -> None:
    intake = pages.begin()
    for number in range(1, 11):
        intake.gone(f"https://a.example/job/{number}")
    report = intake.finish(force=force)
    assert (report.status, report.gone) == (status, gone)
    assert len(pages.gone()) == gone
    if not force:
        assert "lists 0 postings, 10 were open" in (report.message or "")


def test_most_records_marked_as_removed_are_held(api: Board) -> None:
    api.crawl({"https://a.example/search": hits(*range(10))})
    removed = [{"id": str(number), "removed": True} for number in range(1, 10)]
    report = api.crawl({"https://a.example/search": json.dumps({"hits": [*json.loads(hits(0))["hits"], *removed]}).encode()})
    assert (report.status, report.gone, api.gone()) == (RunStatus.HELD, 0, {})


def test_the_countries_of_the_board_s_row_settle_places_in_words(tmp_path: Path) -> None:
    board = Board(tmp_path, PAGES._replace(countries=("US",)))
    place = b'"title": "Cook 1", "jobLocation": "Wilmington, DE"'
    board.crawl({"https://a.example/job/1": job_page(1).replace(b'"title": "Cook 1"', place)})
    assert [posting.job_locations[0].country for posting in board.lake.postings()] == ["US"]
    parse_captures(board.lake, JSONLD_ROW, run_id="again")
    assert [posting.job_locations[0].country for posting in board.lake.postings()] == ["DE"]


def parse_with_industry(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    reading = jobposting_page.parse(body, url, countries=countries)
    return replace(reading, drafts=tuple(draft.model_copy(update={"industry": "Food"}) for draft in reading.drafts))


@pytest.mark.parametrize("force", [False, True], ids=["held", "forced"])
def test_reading_captures_anew_is_held_when_a_field_is_lost(tmp_path: Path, force: bool) -> None:
    board = Board(tmp_path, Reader("jsonld/0", parse_with_industry))
    board.crawl({f"https://a.example/job/{number}": job_page(number) for number in range(10)})
    report = parse_captures(board.lake, JSONLD_ROW, run_id="again", force=force).boards[0]
    assert (report.status, report.changed) == ((RunStatus.DONE, 10) if force else (RunStatus.HELD, 0))
    assert {posting.industry for posting in board.lake.postings()} == ({None} if force else {"Food"})
    assert force or "no longer state industry" in (report.message or "")


def test_an_incomplete_listing_withdraws_nothing(pages: Board) -> None:
    intake = pages.begin()
    for number in range(1, 10):
        pages.take(intake, f"https://a.example/job/{number}", job_page(number))
    intake.gone("https://a.example/job/10")
    intake.gap("page 2 of the listing is missing")
    assert (intake.finish().status, pages.gone()) == (RunStatus.FAILED, {})


def test_the_same_again_changes_nothing(pages: Board) -> None:
    pages.day = DAY
    before = {table: pages.lake.table_version(table) for table in ("captures", "postings", "lives", "posting_history")}
    report = pages.crawl({f"https://a.example/job/{number}": job_page(number) for number in range(1, 11)})
    assert (report.captured, report.unchanged, report.new) == (0, 10, 0)
    assert {table: pages.lake.table_version(table) for table in before} == before


def test_a_page_that_goes_back_to_an_old_text_is_captured_again(pages: Board) -> None:
    bodies = {f"https://a.example/job/{number}": job_page(number) for number in range(1, 11)}
    assert pages.crawl(bodies | {"https://a.example/job/1": job_page(1, "Chef")}).changed == 1
    again = pages.crawl(bodies)
    assert (again.captured, again.changed) == (1, 1)
    bodies_kept = [pages.lake.body(capture.sha256) for capture in pages.lake.captures() if capture.url == "https://a.example/job/1"]
    assert bodies_kept == [job_page(1), job_page(1, "Chef"), job_page(1)]
