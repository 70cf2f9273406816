"""Boards that cannot be read whole: unknown names, pages that repeat, caps, robots.txt; the report says so, and nothing counts as gone."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawlers.collect import crawl
from crawlers.job import CrawlOptions
from crawlers.report import BoardReport
from crawlers.sample_boards.exchange_server import ExchangeServer
from vacancies.register import SourceRegister
from vacancies.run import RunStatus
from vacancies.source import Source


def _list(*numbers: int, total: int) -> object:
    return {"offset": 0, "limit": 100, "totalFound": total, "content": [{"id": f"P{number}"} for number in numbers]}


def _pages(*pages: object) -> list[tuple[str, object]]:
    """Give SmartRecruiters pages of two postings each, and the postings."""
    paths = [f"/postings?offset={2 * number}&limit=100" for number in range(len(pages))]
    postings = [(f"/postings/P{number}", {"id": f"P{number}", "name": "Job"}) for number in range(1, 5)]
    return [*zip(paths, pages, strict=True), *postings]


PATH = "/wday/cxs/acme/External"
CAPPED = {"total": 2000, "jobPostings": [{"externalPath": "/job/A/J_1"}], "facets": []}
COUNTED = {
    "total": 2000,
    "jobPostings": [{"externalPath": "/job/A/J_1"}],
    "facets": [{"facetParameter": "timeType", "values": [{"id": "full", "count": 2400}, {"id": "part", "count": 1}]}],
}
ONE = {"total": 1, "jobPostings": [{"externalPath": "/job/A/J_1"}]}
DETAIL = {"jobPostingInfo": {"id": "1", "title": "Job"}}
BOARDS: dict[str, tuple[str, str, list[tuple[str, object]], RunStatus, str]] = {
    "robots-forbid": (
        "smartrecruiters",
        "/postings",
        [("/robots.txt", "User-agent: *\nDisallow: /\n")],
        RunStatus.FAILED,
        "forbidden by robots.txt; the register row may name the agreement",
    ),
    "page-repeated": (
        "smartrecruiters",
        "/postings",
        _pages(_list(1, 2, total=6), _list(1, 2, total=6)),
        RunStatus.FAILED,
        "names nothing but",
    ),
    "page-shifted": (
        "smartrecruiters",
        "/postings",
        _pages(_list(1, 2, total=4), _list(2, 3, total=4)),
        RunStatus.FAILED,
        "4 advertisements, but its pages name 3",
    ),
    "nobody-known": ("smartrecruiters", "/postings", _pages(_list(total=0)), RunStatus.DONE, "names no advertisement"),
    "ashby-unknown": ("ashby", "/posting-api/job-board/nobody", [], RunStatus.FAILED, "answered 404"),
    "ashby-page": ("ashby", "/nobody", [("/nobody", "<!doctype html><title>Jobs</title>")], RunStatus.FAILED, "broken_json"),
    "ashby-empty": ("ashby", "/b", [("/b", {"jobs": [], "apiVersion": "1"})], RunStatus.DONE, "names no advertisement"),
    "lever-unknown": ("lever", "/v0/postings/nobody?mode=json", [], RunStatus.FAILED, "answered 404"),
    "all-gone": (
        "generic",
        "/jobs/",
        [("/jobs/", '<html><a href="17">Koch</a><a href="18">Maurer</a></html>')],
        RunStatus.DONE,
        "no advertisement could be read: the listing names 2 that answered 404 or 410",
    ),
    "all-forbidden": (
        "generic",
        "/jobs/",
        [("/robots.txt", "User-agent: *\nDisallow: /jobs/1\n"), ("/jobs/", '<html><a href="17">Koch</a></html>')],
        RunStatus.DONE,
        "the listing names 1 that robots.txt forbids, which were not asked for",
    ),
    "nothing-recognised": (
        "generic",
        "/verein/",
        [("/verein/", '<html><h1>Verein</h1><a href="fest">Fest</a><a href="chor">Chor</a><a href="chor">Chor</a></html>')],
        RunStatus.DONE,
        "its 2 links were passed over, since they do not look like one; if some are, write what their addresses have in common as job",
    ),
    "feed-in-a-circle": (
        "jsonfeed",
        "/feed",
        [("/feed", {"version": "https://jsonfeed.org/version/1.1", "items": [{"id": "1", "title": "T"}], "next_url": "/feed"})],
        RunStatus.FAILED,
        "leads back",
    ),
    "no-facet": (
        "workday",
        f"{PATH}/jobs",
        [(f"{PATH}/jobs", CAPPED), (f"{PATH}/job/A/J_1", DETAIL)],
        RunStatus.FAILED,
        "no facet to split by",
    ),
    "counted": (
        "workday",
        f"{PATH}/jobs",
        [(f"{PATH}/jobs", COUNTED), (f"{PATH}/jobs", ONE), (f"{PATH}/job/A/J_1", DETAIL)],
        RunStatus.FAILED,
        "counts 2401 postings, 1 different",
    ),
}


def _exchange(folder: Path, answers: list[tuple[str, object]]) -> None:
    folder.mkdir()
    entries = []
    for number, (path, content) in enumerate(answers):
        name = f"{number}.txt"
        (folder / name).write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
        entries.append({"request": {"path": path, "method": "POST" if path.endswith("/jobs") else "GET"}, "file": name})
    (folder / "exchange.json").write_text(json.dumps(entries), "utf-8")


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, BoardReport]]:
    home = tmp_path_factory.mktemp("boards")
    sources = []
    with ExitStack() as stack:
        for board, (platform, path, answers, _, _) in BOARDS.items():
            _exchange(home / board, answers)
            server = stack.enter_context(ExchangeServer(home / board))
            sources.append(
                Source(
                    board=board,
                    name=board,
                    platform=platform,
                    address=server.address + path,
                    countries=("DE",),
                    languages=("de",),
                    legal_basis="test",
                    contact="crawler@pes.example",
                    delay=0,
                    loopback=True,
                    active_from=date(2020, 1, 1),
                )
            )
        register = SourceRegister(sources)
        options = CrawlOptions(retries=0, timeout=60)
        done = crawl(register, register.boards, home=home / "home", run_id="r", clock=datetime(2026, 9, 15, tzinfo=UTC), options=options)
        yield {report.board: report for report in done.boards}


@pytest.mark.long
@pytest.mark.parametrize("board", BOARDS)
def test_a_board_that_cannot_be_read_whole_says_so(reports: dict[str, BoardReport], board: str) -> None:
    *_, status, words = BOARDS[board]
    report = reports[board]
    assert report.status is status, report.message
    assert words in (report.message or "")
    assert report.gone == 0
