"""Snapshots replayed: what comes, goes, changes and comes back is counted as the record has it; waiting avoids false removals."""

from __future__ import annotations

import gzip
import json
import os
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import pytest

from vacancies.error import FeedInvalid
from vacancies.lake import Lake
from vacancies.posting import GoneReason
from vacancies.posting_draft import PostingDraft, draft_to_posting
from vacancies.snapshots import Replayed, read_snapshots, replay

FOLDER = os.environ.get("LABOURSCOPE_REFERENCE_DATA")
CHANGES = [
    {"snapshot": "2026-09-01T06:00:00+00:00", "n": 3, "added": [1, 2, 3], "removed": [], "updated": []},
    {"snapshot": "2026-09-02T06:00:00+00:00", "n": 2, "added": [], "removed": [2], "updated": [3]},
    {"snapshot": "2026-09-03T06:00:00+00:00", "n": 3, "added": [2], "removed": [], "updated": []},
    {"snapshot": "2026-09-04T06:00:00+00:00", "n": 1, "added": [], "removed": [1, 3], "updated": [2]},
    {"snapshot": "2026-09-05T06:00:00+00:00", "n": 1, "added": [], "removed": [], "updated": []},
]


def changes_file(folder: Path, *rows: object) -> Path:
    path = folder / "changes.jsonl.gz"
    path.write_bytes(gzip.compress("".join(json.dumps(row) + "\n" for row in rows).encode()))
    return path


def replayed(path: Path, folder: Path, missing: int) -> list[Replayed]:
    return list(replay(read_snapshots([path]), Lake.open(folder / "lake"), missing_before_gone=missing))


def test_counts_are_those_of_the_record(tmp_path: Path) -> None:
    steps = replayed(changes_file(tmp_path, *CHANGES), tmp_path, 1)
    assert [(s.new, s.gone, s.changed, s.reappeared) for s in steps] == [
        (3, 0, 0, 0),
        (0, 1, 1, 0),
        (0, 0, 0, 1),
        (0, 2, 1, 0),
        (0, 0, 0, 0),
    ]
    assert all(step.is_exact for step in steps)


def test_waiting_for_a_second_listing_avoids_false_removals(tmp_path: Path) -> None:
    steps = replayed(changes_file(tmp_path, *CHANGES), tmp_path, 2)
    assert [(s.gone, s.missing, s.reappeared) for s in steps] == [(0, 0, 0), (0, 1, 0), (0, 0, 0), (0, 2, 0), (2, 0, 0)]
    assert sum(step.expected_gone for step in steps) - sum(step.gone for step in steps) == 1


def test_what_has_expired_is_not_waited_for(tmp_path: Path) -> None:
    lake = Lake.open(tmp_path / "lake")
    draft = PostingDraft(native_id="1", title="Cook", valid_through=datetime(2026, 9, 1, tzinfo=UTC).date())
    posting = draft_to_posting(draft, board="b", parser="t/1")
    lake.upsert_postings("b", [posting], run_id="1", seen_at=datetime(2026, 9, 1, tzinfo=UTC), complete=True, missing_before_gone=3)
    counts = lake.upsert_postings("b", [], run_id="2", seen_at=datetime(2026, 9, 3, tzinfo=UTC), complete=True, missing_before_gone=3)
    assert (counts.gone, counts.missing) == (1, 0)
    assert [life.gone_reason for life in lake.lives()] == [GoneReason.EXPIRED]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"snapshot": "2026-09-01T06:00:00+00:00", "added": [1]}, "line 1 .* is no record of changes"),
        ({**CHANGES[0], "n": 7}, "states 7 postings, its changes add up to 3"),
        ({**CHANGES[0], "snapshot": "yesterday"}, "line 1 .* is no record of changes"),
    ],
    ids=["fields missing", "wrong sum", "no time"],
)
def test_a_wrong_record_is_refused_by_its_line(row: object, message: str, tmp_path: Path) -> None:
    with pytest.raises(FeedInvalid, match=message):
        list(read_snapshots([changes_file(tmp_path, row)]))


@pytest.mark.reference
@pytest.mark.skipif(not FOLDER, reason="LABOURSCOPE_REFERENCE_DATA is not set")
def test_a_real_service_s_first_weeks_are_counted_exactly(tmp_path: Path) -> None:
    path = Path(str(FOLDER)) / "vacancies" / "cz_mpsv_drivers_daily.changes.jsonl.gz"
    steps = list(replay(islice(read_snapshots([path]), 25), Lake.open(tmp_path / "lake")))
    assert [step.is_exact for step in steps] == [True] * 25


@pytest.mark.reference
@pytest.mark.skipif(not FOLDER, reason="LABOURSCOPE_REFERENCE_DATA is not set")
def test_whole_listings_are_ordered_by_their_latest_change() -> None:
    paths = sorted((Path(str(FOLDER)) / "vacancies" / "greenhouse_snapshots").iterdir())[1:]
    first, second = read_snapshots(paths)
    assert first.at < second.at
    assert len(first.marks.keys() - second.marks.keys()) == 82
