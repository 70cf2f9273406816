"""Postings and their lives: what is new, changed, seen again or gone, safe against a kill at any point.

A batch is written in the order history, postings, lives; `lives` is the commit point. A run killed in between leaves postings whose life is
not written, which the next run takes for new or changed again and writes once more, to the same result.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.dataset as ds

from vacancies.lake.arrow_schema import arrow_schema, to_table
from vacancies.lake.batching import batched
from vacancies.lake.tables import DeltaStore
from vacancies.posting import GoneReason, Posting, PostingLife

_BATCH: Final = 4000


class UpsertCounts(NamedTuple):
    """What an upsert met; `repeated` counts postings given twice under one id in the same run."""

    seen: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    reappeared: int = 0
    gone: int = 0
    repeated: int = 0


class _Life(PostingLife):
    """A life as stored: with the board, the hash of the version it speaks of, and the posting's own end."""

    board: str
    content_hash: str
    valid_through: date | None = None


class _Past(Posting):
    """A version of a posting that has been replaced."""

    history_key: str
    replaced_at: datetime


class PostingStore:
    """The tables `postings`, `lives` and `posting_history`."""

    def __init__(self, root: Path) -> None:
        self.tables = {
            "postings": DeltaStore(root / "postings", arrow_schema(Posting)),
            "lives": DeltaStore(root / "lives", arrow_schema(_Life)),
            "posting_history": DeltaStore(root / "posting_history", arrow_schema(_Past)),
        }

    def upsert(self, board: str, postings: Iterable[Posting], *, run_id: str, seen_at: datetime, complete: bool) -> UpsertCounts:
        """See `Lake.upsert_postings`."""
        lives = self._lives_of(board)
        stored = self._stored_hashes(board)
        seen: set[str] = set()
        total = UpsertCounts()
        for batch in batched(postings, _BATCH):
            fresh = {posting.posting_id: posting for posting in batch if posting.posting_id not in seen}
            seen.update(fresh)
            counts = self._upsert_batch(list(fresh.values()), lives, stored, seen_at=seen_at)
            total = _add(total, counts._replace(seen=len(batch), repeated=len(batch) - len(fresh)))
        if complete:
            total = total._replace(gone=self.withdraw_missing(board, seen, seen_at=seen_at))
        return total

    def withdraw_missing(self, board: str, seen_ids: Collection[str], *, seen_at: datetime) -> int:
        """See `Lake.withdraw_missing`."""
        lives = self._lives_of(board).values()
        return self._mark_gone(
            [life for life in lives if life.posting_id not in seen_ids and life.gone_at is None], seen_at=seen_at, reason=None
        )

    def open_count(self, board: str) -> int:
        """See `Lake.open_count`."""
        return sum(life.gone_at is None for life in self._lives_of(board).values())

    def withdraw(self, posting_ids: Sequence[str], *, seen_at: datetime, reason: GoneReason) -> int:
        """See `Lake.withdraw_postings`."""
        rows = self.tables["lives"].table(where=ds.field("posting_id").isin(list(posting_ids))).to_pylist()
        lives = [_read_life(row) for row in rows]
        return self._mark_gone([life for life in lives if life.gone_at is None], seen_at=seen_at, reason=reason)

    def _upsert_batch(self, batch: list[Posting], lives: dict[str, _Life], stored: dict[str, str], *, seen_at: datetime) -> UpsertCounts:
        written: list[_Life] = []
        to_insert: list[Posting] = []
        to_replace: list[Posting] = []
        counts = dict.fromkeys(("new", "changed", "unchanged", "reappeared"), 0)
        for posting in batch:
            life = lives.get(posting.posting_id)
            kind, life_now = _next_life(posting, life, seen_at)
            counts[kind] += 1
            counts["reappeared"] += life is not None and life.gone_at is not None
            if stored.get(posting.posting_id) is None:
                to_insert.append(posting)
            elif stored[posting.posting_id] != posting.content_hash:
                to_replace.append(posting)
            if life_now != life:
                written.append(life_now)
                lives[posting.posting_id] = life_now
        self._keep_history(to_replace, replaced_at=seen_at)
        schema = arrow_schema(Posting)
        self.tables["postings"].append(to_table(to_insert, schema))
        self.tables["postings"].merge(to_table(to_replace, schema), "posting_id")
        stored.update((posting.posting_id, posting.content_hash) for posting in (*to_insert, *to_replace))
        self._write_lives(written)
        return UpsertCounts(**counts)

    def _keep_history(self, replaced: list[Posting], *, replaced_at: datetime) -> None:
        if not replaced:
            return
        ids = [posting.posting_id for posting in replaced]
        rows = self.tables["postings"].table(where=ds.field("posting_id").isin(ids))
        keys = pa.array(
            [
                f"{i}/{h}/{replaced_at.isoformat()}"
                for i, h in zip(rows["posting_id"].to_pylist(), rows["content_hash"].to_pylist(), strict=True)
            ]
        )
        at = pa.array([replaced_at] * rows.num_rows, pa.timestamp("us", tz="UTC"))
        past = rows.append_column("history_key", keys).append_column("replaced_at", at)
        self.tables["posting_history"].merge(past.select(arrow_schema(_Past).names), "history_key")

    def _mark_gone(self, lives: list[_Life], *, seen_at: datetime, reason: GoneReason | None) -> int:
        self._write_lives(
            [life.model_copy(update={"gone_at": seen_at, "gone_reason": reason or _reason_of(life, seen_at.date())}) for life in lives]
        )
        return len(lives)

    def _write_lives(self, lives: list[_Life]) -> None:
        self.tables["lives"].merge(to_table(lives, arrow_schema(_Life)), "posting_id")

    def _lives_of(self, board: str) -> dict[str, _Life]:
        rows = self.tables["lives"].table(where=ds.field("board") == board).to_pylist()
        return {row["posting_id"]: _read_life(row) for row in rows}

    def _stored_hashes(self, board: str) -> dict[str, str]:
        table = self.tables["postings"].table(["posting_id", "content_hash"], ds.field("board") == board)
        return dict(zip(table["posting_id"].to_pylist(), table["content_hash"].to_pylist(), strict=True))


def _next_life(posting: Posting, life: _Life | None, seen_at: datetime) -> tuple[str, _Life]:
    if life is None:
        return "new", _Life(
            posting_id=posting.posting_id,
            first_seen=seen_at,
            last_seen=seen_at,
            board=posting.board,
            content_hash=posting.content_hash,
            valid_through=posting.valid_through,
        )
    changed = life.content_hash != posting.content_hash
    update: dict[str, object] = {
        "last_seen": max(seen_at, life.last_seen),
        "gone_at": None,
        "gone_reason": None,
        "valid_through": posting.valid_through,
    }
    if changed:
        update |= {"content_hash": posting.content_hash, "changed_at": seen_at, "revisions": life.revisions + 1}
    return ("changed" if changed else "unchanged"), life.model_copy(update=update)


def _reason_of(life: _Life, day: date) -> GoneReason:
    return GoneReason.EXPIRED if life.valid_through is not None and life.valid_through < day else GoneReason.REMOVED


def _read_life(row: dict[str, object]) -> _Life:
    return _Life.model_validate({name: value for name, value in row.items() if value is not None})


def _add(left: UpsertCounts, right: UpsertCounts) -> UpsertCounts:
    return UpsertCounts(*(a + b for a, b in zip(left, right, strict=True)))
