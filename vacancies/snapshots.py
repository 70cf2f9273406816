"""Recorded snapshots of a board, replayed into a lake: does it count what came, went and came back as the record does?

Two forms are read: JSON Lines with what changed at each snapshot (`{"snapshot": time, "n": 650, "added": [ids], "removed": [ids],
"updated": [ids]}`), and whole listings, one JSON array per file (`[{"id": 1, "company_slug": "a", "title": "...", "updated_at": time}]`),
ordered by their largest `updated_at`.
"""

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, NamedTuple

from vacancies.error import FeedInvalid
from vacancies.lake import Lake
from vacancies.posting import Posting
from vacancies.posting_draft import PostingDraft, draft_to_posting
from vacancies.values.dates import read_datetime

BOARD: Final = "replayed"


class Snapshot(NamedTuple):
    """A complete listing: a mark of the content by native id; and what the record says has changed, where it says it."""

    at: datetime
    marks: Mapping[str, str]
    stated: tuple[int, int, int] | None = None  # added, removed, updated


class Replayed(NamedTuple):
    """What the lake counted at one snapshot, and what comparing the snapshots themselves gives."""

    at: datetime
    listed: int
    new: int
    gone: int
    changed: int
    reappeared: int
    missing: int
    expected_new: int
    expected_gone: int
    expected_changed: int
    expected_reappeared: int
    stated: tuple[int, int, int] | None  # by the record: added (new and reappeared), removed, updated
    seconds: float

    @property
    def is_exact(self) -> bool:
        """Whether all four counts are those expected, and those that the record states."""
        expected = (self.expected_new, self.expected_gone, self.expected_changed, self.expected_reappeared)
        as_stated = self.stated is None or self.stated == (self.new + self.reappeared, self.gone, self.changed)
        return as_stated and (self.new, self.gone, self.changed, self.reappeared) == expected


def read_snapshots(paths: Sequence[Path]) -> Iterator[Snapshot]:
    """Read snapshots in their order; raises FeedInvalid for a file of another form."""
    if len(paths) == 1 and ".jsonl" in paths[0].name:
        yield from _from_changes(paths[0])
    else:
        yield from sorted((_from_listing(path) for path in paths), key=lambda snapshot: snapshot.at)


def replay(snapshots: Iterable[Snapshot], lake: Lake, *, missing_before_gone: int = 1) -> Iterator[Replayed]:
    """Take each snapshot over into the (new) lake as a complete crawl would, and compare the counts with those of plain sets.

    With `missing_before_gone` above 1 the expected counts are still those of 1: the difference is what waiting avoids.
    """
    before: Mapping[str, str] = {}
    last: dict[str, str] = {}  # mark of everything that was ever listed
    for number, snapshot in enumerate(snapshots):
        began = time.perf_counter()
        counts = lake.upsert_postings(
            BOARD,
            (_posting(native_id, mark) for native_id, mark in snapshot.marks.items()),
            run_id=f"snapshot-{number}",
            seen_at=snapshot.at,
            complete=True,
            missing_before_gone=missing_before_gone,
        )
        listed = snapshot.marks.keys()
        yield Replayed(
            at=snapshot.at,
            listed=len(listed),
            new=counts.new,
            gone=counts.gone,
            changed=counts.changed,
            reappeared=counts.reappeared,
            missing=counts.missing,
            expected_new=len(listed - last.keys()),
            expected_gone=len(before.keys() - listed),
            expected_changed=sum(last[key] != snapshot.marks[key] for key in last.keys() & listed),
            expected_reappeared=len((listed - before.keys()) & last.keys()),
            stated=snapshot.stated,
            seconds=round(time.perf_counter() - began, 3),
        )
        before = snapshot.marks
        last.update(snapshot.marks)


def _from_changes(path: Path) -> Iterator[Snapshot]:
    marks: dict[str, str] = {}
    revision: dict[str, int] = {}
    for number, line in enumerate(_text(path).splitlines(), start=1):
        try:
            record = json.loads(line)
            at = datetime.fromisoformat(record["snapshot"]).astimezone(UTC)
            added, removed, updated = ([str(each) for each in record[name]] for name in ("added", "removed", "updated"))
        except (ValueError, KeyError, TypeError) as error:
            raise FeedInvalid(f"line {number} of {path} is no record of changes ({error!r}); see `vacancies.snapshots`") from error
        for native_id in removed:
            marks.pop(native_id, None)
        for native_id in updated:
            revision[native_id] = revision.get(native_id, 0) + 1
        marks |= {native_id: str(revision.get(native_id, 0)) for native_id in (*added, *updated)}
        if len(marks) != record.get("n", len(marks)):
            raise FeedInvalid(f"line {number} of {path} states {record['n']} postings, its changes add up to {len(marks)}")
        yield Snapshot(at, dict(marks), (len(added), len(removed), len(updated)))


def _from_listing(path: Path) -> Snapshot:
    try:
        listing = json.loads(_text(path))
        marks = {f"{job['company_slug']}/{job['id']}": f"{job['title']} {job['updated_at']}" for job in listing}
        moments = (read_datetime(job["updated_at"]) for job in listing)
        return Snapshot(max(moment for moment in moments if moment is not None), marks)
    except (ValueError, KeyError, TypeError) as error:
        raise FeedInvalid(f"{path} is no listing of postings ({error!r}); see `vacancies.snapshots`") from error


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
        return (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise FeedInvalid(f"{path} cannot be read: {error}") from error


def _posting(native_id: str, mark: str) -> Posting:
    return draft_to_posting(PostingDraft(native_id=native_id, title=f"Posting {mark}"), board=BOARD, parser="replay/1")
