"""Boards of recruiting platforms that cannot be read whole: the crawl says so, and nothing counts as gone."""

from __future__ import annotations

import json

import pytest
from yaml import safe_dump

from crawlers.recorded_answers import Replay, replay
from vacancies.run import RunStatus


def _jobs(*names: str, total: int) -> str:
    answer = {"eagerLoadRefineSearch": {"totalHits": total, "data": {"jobs": [{"jobSeqNo": name} for name in names]}}}
    return f"<script>phApp.ddo = {json.dumps(answer)};</script>"


def _pages(*names: str) -> list[tuple[str, object]]:
    posting = {"@type": "JobPosting", "title": "T", "description": "D"}
    return [(f"/en/job/{name}", f'<script type="application/ld+json">{json.dumps(posting)}</script>') for name in names]


BOARDS: dict[str, tuple[str, str, list[tuple[str, object]], RunStatus, str]] = {
    "list-shorter-than-stated": (
        "bamboohr",
        "/careers/list",
        [
            ("/careers/list", {"meta": {"totalCount": 2}, "result": [{"id": "1"}]}),
            ("/careers/1/detail", {"result": {"jobOpening": {"jobOpeningName": "T"}}}),
        ],
        RunStatus.FAILED,
        "states 2 advertisements, but its pages name 1",
    ),
    "unknown-board": ("rippling", "/board/acme/jobs", [], RunStatus.FAILED, "answered 404"),
    "same-page-again": (
        "phenom",
        "/en/search-results",
        [("/en/search-results?from=0&s=1", _jobs("A", total=3)), ("/en/search-results?from=1&s=1", _jobs("A", total=3)), *_pages("A")],
        RunStatus.FAILED,
        "names nothing but what former pages named",
    ),
    "moved": (
        "icims",
        "/jobs/search",
        [("/jobs/search?ss=1&in_iframe=1&pr=0", "<script>window.top.location.href = 'https://x.example/'</script>")],
        RunStatus.FAILED,
        "unexpected_shape",
    ),
    "circle": (
        "jobvite",
        "/acme/search",
        [
            ("/acme/search", '<a href="/acme/job/A">A</a><a class="jv-pagination-next" href="/acme/search?p=1">next</a>'),
            ("/acme/search?p=1", '<a href="/acme/job/A">A</a><a class="jv-pagination-next" href="/acme/search">next</a>'),
            ("/acme/job/A", _pages("A")[0][1]),
        ],
        RunStatus.FAILED,
        "leads back",
    ),
    "no-such-guid": (
        "paylocity",
        "/recruiting/jobs/All/x",
        [("/recruiting/jobs/All/x", "<h1>Job Not Found</h1>")],
        RunStatus.FAILED,
        "unexpected_shape",
    ),
    "wrong-domain": (
        "eightfold",
        "/careers?domain=x",
        [("/api/apply/v2/jobs?domain=x&start=0&num=10&sort_by=timestamp", {"count": 0, "positions": []})],
        RunStatus.DONE,
        "names no advertisement",
    ),
    "feed-cut-off": (
        "indeedxml",
        "/feed.xml",
        [("/feed.xml", "<source><job><id>1</id><title>T</title></job>")],
        RunStatus.FAILED,
        "cut_off",
    ),
}


@pytest.fixture(scope="module")
def replayed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Replay]:
    home = tmp_path_factory.mktemp("boards")
    for board, (platform, path, answers, _, _) in BOARDS.items():
        (home / board).mkdir()
        (home / board / "row.yaml").write_text(safe_dump({"platform": platform, "address": f"{{server}}{path}"}), "utf-8")
        exchange = [{"request": {"path": asked}, "file": f"{number}.txt"} for number, (asked, _) in enumerate(answers)]
        (home / board / "exchange.json").write_text(json.dumps(exchange), "utf-8")
        for number, (_, content) in enumerate(answers):
            (home / board / f"{number}.txt").write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return replay([home / board for board in BOARDS], home / "home")


@pytest.mark.parametrize("board", BOARDS)
def test_a_board_that_cannot_be_read_whole_says_so(replayed: dict[str, Replay], board: str) -> None:
    *_, status, words = BOARDS[board]
    report = replayed[board].report
    assert report.status is status, report.message
    assert words in (report.message or "")
    assert report.gone == 0
