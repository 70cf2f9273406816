"""A board whose robots.txt forbids its first address: refused with the mend, and crawled where the row names an agreement."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from crawlers.recorded_answers import replay
from vacancies.run import RunStatus

RECORDED = Path(__file__).parent / "recorded" / "greenhouse"


@pytest.mark.parametrize(
    ("agreement", "status", "postings"),
    [(None, RunStatus.FAILED, False), ("letter of 2026-03-01", RunStatus.DONE, True)],
    ids=["without", "with an agreement"],
)
def test_a_forbidden_board_needs_an_agreement(tmp_path: Path, agreement: str | None, status: RunStatus, postings: bool) -> None:
    folder = Path(shutil.copytree(RECORDED, tmp_path / "greenhouse"))
    (folder / "robots.txt").write_text("User-agent: *\nDisallow: /\n")
    exchanges = json.loads((folder / "exchange.json").read_text("utf-8"))
    robots = {"request": {"path": "/robots.txt"}, "headers": {"Content-Type": "text/plain"}, "file": "robots.txt"}
    (folder / "exchange.json").write_text(json.dumps([robots, *exchanges]))
    if agreement:
        (folder / "row.yaml").write_text((folder / "row.yaml").read_text() + f'robots_agreement: "{agreement}"\n')
    found = replay([folder], tmp_path / "home")["greenhouse"]
    assert (found.report.status, bool(found.postings)) == (status, postings)
    if not agreement:
        message = found.report.message or ""
        assert "forbidden by robots.txt" in message
        assert "agreement" in message.partition("robots.txt;")[2]
