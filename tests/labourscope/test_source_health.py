"""`sources health` and `sources accept` on the terminal: tables, JSON, exit statuses."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from vacancies.health.record import SourceHealth
from vacancies.lake import Lake
from vacancies.posting import Posting
from vacancies.posting_draft import PostingDraft, draft_to_posting
from vacancies.run import RunStatus

REGISTER = """
- board: partner
  name: Partner
  platform: feed
  address: feed.jsonl
  countries: [DE]
  languages: [de]
  legal_basis: authored for this test
  contact: test@pes.example
  active_from: 2026-01-01
"""
NOW = datetime.now(UTC)


def posting(number: int) -> Posting:
    return draft_to_posting(PostingDraft(native_id=str(number), title=f"Koch {number}"), board="partner", parser="t/1")


@pytest.fixture
def lake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lake:
    """A board with four crawls, the last one held since it lists 2 of 10 postings."""
    monkeypatch.setenv("LABOURSCOPE_HOME", str(tmp_path))
    (tmp_path / "sources.yaml").write_text(REGISTER)
    made = Lake.open(tmp_path / "lake")
    made.upsert_postings("partner", map(posting, range(10)), run_id="run-2", seen_at=NOW - timedelta(days=7), complete=True)
    for number in range(3):
        made.record_health(health(number, postings=10, filled={"title": 10}))
    made.hold_postings("partner", map(posting, (1, 2)), run_id="run-3")
    doubt = "the board lists 2 postings, 10 were open"
    made.record_health(health(3, postings=2, filled={"title": 2}, status=RunStatus.HELD, held_because=doubt, statuses={"200": 3, "404": 1}))
    return made


def health(number: int, **figures: object) -> SourceHealth:
    at = NOW - timedelta(days=7 * (3 - number))
    known = {"run_id": f"run-{number}", "step": "crawl", "board": "partner", "status": RunStatus.DONE, "at": at, "complete": True}
    return SourceHealth.model_validate(known | figures)


def test_a_grave_alert_is_told_with_what_to_do_and_ends_with_1(lake: Lake, labourscope: Callable[..., Any]) -> None:
    shown = labourscope("sources", "health")
    assert shown.code == 1
    told = " ".join(shown.out.replace("│", " ").split())  # lines end where the terminal does
    for part in ("held!", "the board lists 2 postings, 10 were open", "labourscope sources accept partner"):
        assert part in told
    one = labourscope("sources", "health", "--board", "partner", "--json")
    (board,) = one.value
    assert (one.code, [alert["kind"] for alert in board["alerts"]], len(board["runs"])) == (1, ["held"], 4)
    full = labourscope("sources", "health", "--board", "partner").out
    assert "Fields of partner" in full
    assert "200: 3, 404: 1" in full


def test_the_boards_of_a_run_are_shown_as_they_stood(lake: Lake, labourscope: Callable[..., Any]) -> None:
    shown = labourscope("sources", "health", "--run", "run-2")
    assert shown.code == 0
    assert "all as usual" in shown.out
    assert labourscope("sources", "health", "--run", "nothing").code == 1


def test_a_person_accepts_and_is_named(lake: Lake, labourscope: Callable[..., Any]) -> None:
    done = labourscope("sources", "accept", "partner", "--by", "anna", "--note", "they closed", "--json")
    assert (done.code, done.value["gone"], done.value["decided_by"], done.value["status"]) == (0, 8, "anna", "done")
    assert lake.open_count("partner") == 2
    after = labourscope("sources", "health", "--board", "partner")
    assert after.code == 0
    assert "accepted by anna" in after.out
    again = labourscope("sources", "accept", "partner")
    assert again.code == 1
    assert "no crawl of 'partner' is kept apart" in again.err


@pytest.mark.parametrize("words", [("health", "--board", "nowhere"), ("accept", "nowhere")], ids=["health", "accept"])
def test_an_unknown_board_is_named(lake: Lake, labourscope: Callable[..., Any], words: tuple[str, ...]) -> None:
    ended = labourscope("sources", *words)
    assert ended.code == 1
    assert "nowhere" in ended.err
