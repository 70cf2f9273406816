"""What licences ask for: unchecked postings close, old captures go, and no more than that."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from vacancies.lake import Lake
from vacancies.licence_duties import delete_old_captures, withdraw_unchecked
from vacancies.posting import Capture, GoneReason
from vacancies.posting_draft import PostingDraft, draft_to_posting
from vacancies.source import Source

NOW = datetime(2026, 9, 29, 6, tzinfo=UTC)


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    return Lake.open(tmp_path / "lake")


def source(board: str, **duties: int) -> Source:
    row = {"board": board, "name": board, "platform": "feed", "address": "x", "countries": ("DE",), "languages": ("de",)}
    more = {"legal_basis": "authored for this test", "contact": "a@b.example", "active_from": date(2026, 1, 1)}
    return Source.model_validate(row | more | duties)


def put(lake: Lake, board: str, native_id: str, hours_ago: float) -> None:
    posting = draft_to_posting(PostingDraft(native_id=native_id, title="Koch", description="Text"), board=board, parser="test/1")
    lake.upsert_postings(board, [posting], run_id="r", seen_at=NOW - timedelta(hours=hours_ago), complete=False)


DUTIES = [
    ("no duty", {}, []),
    ("seen in time", {"recheck_hours": 100}, []),
    ("one in time", {"recheck_hours": 24}, ["old"]),
    ("at the very hour", {"recheck_hours": 30}, []),
    ("none in time", {"recheck_hours": 1}, ["new", "old"]),
]


@pytest.mark.parametrize(("duty", "closed"), [row[1:] for row in DUTIES], ids=[row[0] for row in DUTIES])
def test_open_postings_that_were_not_seen_again_in_time_close(lake: Lake, duty: dict[str, int], closed: list[str]) -> None:
    put(lake, "board-a", "old", 30)
    put(lake, "board-a", "new", 2)
    put(lake, "board-b", "old", 300)
    sources = [source("board-a", **duty), source("board-b"), source("board-c", recheck_hours=1)]
    assert withdraw_unchecked(lake, sources, at=NOW) == len(closed)
    assert withdraw_unchecked(lake, sources, at=NOW) == 0
    names = {posting.posting_id: posting.native_id or "" for posting in lake.postings()}
    gone = [life for life in lake.lives() if life.gone_at == NOW and life.gone_reason is GoneReason.UNCHECKED]
    assert sorted(names[life.posting_id] for life in gone) == closed
    put(lake, "board-a", "old", 0)
    assert lake.open_count("board-a") == 2 - len(set(closed) - {"old"})


def capture(lake: Lake, board: str, body: bytes, days_ago: int) -> None:
    fields = {"status": 200, "content_type": None, "size": len(body), "run_id": "r", "spider": "test/1"}
    more = {"url": f"https://{board}.example/{days_ago}", "fetched_at": NOW - timedelta(days=days_ago)}
    sha256 = hashlib.sha256(body).hexdigest()
    lake.store_capture(Capture.model_validate({"board": board, "sha256": sha256} | fields | more), body)
    lake.flush()


def test_captures_older_than_the_licence_allows_are_deleted_but_for_bodies_still_in_use(lake: Lake) -> None:
    for body, days in ((b"old", 40), (b"older", 60), (b"the same", 50), (b"the same", 5), (b"young", 1)):
        capture(lake, "board-a", body, days)
    capture(lake, "board-b", b"of another board", 400)
    capture(lake, "board-b", b"older", 400)
    sources = [source("board-a", keep_captures_days=30), source("board-b")]
    assert delete_old_captures(lake, sources, at=NOW) == (3, 1)
    assert delete_old_captures(lake, sources, at=NOW) == (0, 0)
    kept = [lake.body(capture.sha256) for capture in lake.captures()]
    assert sorted(kept) == [b"of another board", b"older", b"the same", b"young"]
    assert len(list(lake.bodies.digests())) == 4
