"""Postings and their lives: what is new, changed, seen again or gone, safe against a kill at any point.

A batch is written in the order history, postings, lives; `lives` is the commit point. A run killed in between leaves postings whose life is
not written, which the next run takes for new or changed again and writes once more, to the same result. Lives are partitioned by board:
a board's are replaced as a whole once in a run, so the cost of a crawl grows with the board, not with the lake.
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
    """What an upsert met; `repeated` counts postings given twice under one id in the same run, `missing` those that the listing no longer
    names, but that do not count as gone yet, `forgotten` those that are not taken over since somebody had them forgotten."""

    seen: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    reappeared: int = 0
    gone: int = 0
    repeated: int = 0
    missing: int = 0
    forgotten: int = 0


class Missed(NamedTuple):
    """How many open postings a complete listing did not name: those that count as gone now, and those that do not yet."""

    gone: int
    missing: int


class _Life(PostingLife):
    """A life as stored: with the board, the hash of the version it speaks of, and the posting's own end."""

    board: str
    content_hash: str
    valid_through: date | None = None
    run_id: str  # of the run that brought this version


class _Sighting(NamedTuple):
    """By which run and when postings were seen; not real when old captures are read anew."""

    run_id: str
    at: datetime
    is_real: bool


class _Past(Posting):
    """A version of a posting that has been replaced."""

    history_key: str
    replaced_at: datetime


class PostingStore:
    """The tables `postings`, `lives` and `posting_history`."""

    def __init__(self, root: Path) -> None:
        self.tables = {
            "postings": DeltaStore(root / "postings", arrow_schema(Posting)),
            "lives": DeltaStore(root / "lives", arrow_schema(_Life), partition_by=("board",)),
            "posting_history": DeltaStore(root / "posting_history", arrow_schema(_Past)),
        }

    def upsert(
        self,
        board: str,
        postings: Iterable[Posting],
        *,
        run_id: str,
        seen_at: datetime,
        complete: bool,
        is_sighting: bool = True,
        missing_before_gone: int = 1,
    ) -> UpsertCounts:
        """See `Lake.upsert_postings`. Lives that are new are appended with each batch, moved ones are written once, at the end."""
        lives = self._lives_of(board)
        stored = self._stored_hashes(board)
        seen: set[str] = set()
        moved: set[str] = set()
        total = UpsertCounts()
        for batch in batched(postings, _BATCH):
            fresh = [posting for posting in {p.posting_id: p for p in batch}.values() if posting.posting_id not in seen]
            seen.update(posting.posting_id for posting in fresh)
            self._write_postings(fresh, lives, stored, seen_at=seen_at)
            sighting = _Sighting(run_id, seen_at, is_sighting)
            counts = self._move_lives(fresh, lives, moved, sighting)
            total = _add(total, counts._replace(seen=len(batch), repeated=len(batch) - len(fresh)))
        if complete:
            missed = [
                _missed(life, at=seen_at, missing_before_gone=missing_before_gone)
                for life in lives.values()
                if life.posting_id not in seen and life.gone_at is None
            ]
            lives |= {life.posting_id: life for life in missed}
            moved.update(life.posting_id for life in missed)
            gone = sum(life.gone_at is not None for life in missed)
            total = total._replace(gone=gone, missing=len(missed) - gone)
        if moved:
            self._replace_lives(board, lives.values())
        return total

    def withdraw_missing(self, board: str, seen_ids: Collection[str], *, seen_at: datetime, missing_before_gone: int = 1) -> Missed:
        """See `Lake.withdraw_missing`."""
        lives = self._lives_of(board)
        missed = [
            _missed(life, at=seen_at, missing_before_gone=missing_before_gone)
            for life in lives.values()
            if life.posting_id not in seen_ids and life.gone_at is None
        ]
        if missed:
            self._replace_lives(board, (lives | {life.posting_id: life for life in missed}).values())
        gone = sum(life.gone_at is not None for life in missed)
        return Missed(gone, len(missed) - gone)

    def expire(self, *, at: datetime) -> int:
        """See `Lake.expire_postings`."""
        rows = self.tables["lives"].table(where=ds.field("valid_through") < pa.scalar(at.date())).to_pylist()
        lives = [life for life in map(_read_life, rows) if life.gone_at is None]
        over = [life for life in lives if life.valid_through is not None and life.last_seen.date() <= life.valid_through]
        return self._end(over, at=at, reason=GoneReason.EXPIRED)

    def withdraw_unchecked(self, board: str, *, seen_before: datetime, at: datetime) -> int:
        """See `Lake.withdraw_unchecked`."""
        lives = [life for life in self._lives_of(board).values() if life.gone_at is None and life.last_seen < seen_before]
        return self._end(lives, at=at, reason=GoneReason.UNCHECKED)

    def open_count(self, board: str) -> int:
        """See `Lake.open_count`."""
        return sum(life.gone_at is None for life in self._lives_of(board).values())

    def withdraw(self, posting_ids: Sequence[str], *, seen_at: datetime, reason: GoneReason) -> int:
        """See `Lake.withdraw_postings`."""
        rows = self.tables["lives"].table(where=ds.field("posting_id").isin(list(posting_ids))).to_pylist()
        return self._end([life for life in map(_read_life, rows) if life.gone_at is None], at=seen_at, reason=reason)

    def _write_postings(self, batch: list[Posting], lives: dict[str, _Life], stored: dict[str, str], *, seen_at: datetime) -> None:
        to_insert = [posting for posting in batch if posting.posting_id not in stored]
        to_replace = [posting for posting in batch if stored.get(posting.posting_id, posting.content_hash) != posting.content_hash]
        revisions = {p.posting_id: lives[p.posting_id].revisions if p.posting_id in lives else 1 for p in to_replace}
        self._keep_history(revisions, replaced_at=seen_at)
        schema = arrow_schema(Posting)
        self.tables["postings"].append(to_table(to_insert, schema))
        self.tables["postings"].merge(to_table(to_replace, schema), "posting_id")
        stored.update((posting.posting_id, posting.content_hash) for posting in (*to_insert, *to_replace))

    def _move_lives(self, batch: list[Posting], lives: dict[str, _Life], moved: set[str], sighting: _Sighting) -> UpsertCounts:
        counts = dict.fromkeys(("new", "changed", "unchanged", "reappeared"), 0)
        begun: list[_Life] = []
        for posting in batch:
            life = lives.get(posting.posting_id)
            kind, life_now = _next_life(posting, life, sighting)
            counts[kind] += 1
            counts["reappeared"] += life is not None and life.gone_at is not None and life_now.gone_at is None
            if life is None:
                begun.append(life_now)
            elif life_now != life:
                moved.add(posting.posting_id)
            lives[posting.posting_id] = life_now
        self.tables["lives"].append(to_table(begun, arrow_schema(_Life)))
        return UpsertCounts(**counts)

    def _keep_history(self, revisions: dict[str, int], *, replaced_at: datetime) -> None:
        if not revisions:
            return
        rows = self.tables["postings"].table(where=ds.field("posting_id").isin(list(revisions)))
        # named by its number, so that a run begun again after a kill writes the same version over, not a second one
        keys = pa.array([f"{posting_id}/{revisions[posting_id]}" for posting_id in rows["posting_id"].to_pylist()])
        at = pa.array([replaced_at] * rows.num_rows, pa.timestamp("us", tz="UTC"))
        past = rows.append_column("history_key", keys).append_column("replaced_at", at)
        self.tables["posting_history"].merge(past.select(arrow_schema(_Past).names), "history_key")

    def _end(self, lives: list[_Life], *, at: datetime, reason: GoneReason | None) -> int:
        for board in {life.board for life in lives}:
            ended = {life.posting_id: _ended(life, at=at, reason=reason) for life in lives if life.board == board}
            self._replace_lives(board, (self._lives_of(board) | ended).values())
        return len(lives)

    def _replace_lives(self, board: str, lives: Iterable[_Life]) -> None:
        self.tables["lives"].replace(to_table(lives, arrow_schema(_Life)), "board", board)

    def _lives_of(self, board: str) -> dict[str, _Life]:
        rows = self.tables["lives"].table(where=ds.field("board") == board).to_pylist()
        return {row["posting_id"]: _read_life(row) for row in rows}

    def _stored_hashes(self, board: str) -> dict[str, str]:
        table = self.tables["postings"].table(["posting_id", "content_hash"], ds.field("board") == board)
        return dict(zip(table["posting_id"].to_pylist(), table["content_hash"].to_pylist(), strict=True))


def _missed(life: _Life, *, at: datetime, missing_before_gone: int) -> _Life:
    """The life after one more complete listing without the posting; one whose own date has passed need not be waited for."""
    is_over = life.missing + 1 >= missing_before_gone or _reason_of(life, at.date()) is GoneReason.EXPIRED
    return _ended(life, at=at, reason=None) if is_over else life.model_copy(update={"missing": life.missing + 1})


def _ended(life: _Life, *, at: datetime, reason: GoneReason | None) -> _Life:
    return life.model_copy(update={"missing": 0, "gone_at": at, "gone_reason": reason or _reason_of(life, at.date())})


def _next_life(posting: Posting, life: _Life | None, sighting: _Sighting) -> tuple[str, _Life]:
    if life is None:
        return "new", _Life(
            posting_id=posting.posting_id,
            first_seen=sighting.at,
            last_seen=sighting.at,
            board=posting.board,
            content_hash=posting.content_hash,
            valid_through=posting.valid_through,
            run_id=sighting.run_id,
        )
    changed = life.content_hash != posting.content_hash
    update: dict[str, object] = {"valid_through": posting.valid_through}
    if sighting.is_real:
        update |= {"last_seen": max(sighting.at, life.last_seen), "missing": 0, "gone_at": None, "gone_reason": None}
    if changed:
        update |= {
            "content_hash": posting.content_hash,
            "changed_at": sighting.at,
            "revisions": life.revisions + 1,
            "run_id": sighting.run_id,
        }
    return ("changed" if changed else "unchanged"), life.model_copy(update=update)


def _reason_of(life: _Life, day: date) -> GoneReason:
    return GoneReason.EXPIRED if life.valid_through is not None and life.valid_through < day else GoneReason.REMOVED


def _read_life(row: dict[str, object]) -> _Life:
    return _Life.model_validate({name: value for name, value in row.items() if value is not None})


def _add(left: UpsertCounts, right: UpsertCounts) -> UpsertCounts:
    return UpsertCounts(*(a + b for a, b in zip(left, right, strict=True)))
