"""Postings and their lives: what is new, changed, seen again or gone, safe against a kill at any point.

A batch is written in the order history, postings, lives; `lives` is the commit point. A run killed in between leaves postings whose life is
not written, which the next run takes for new or changed again and writes once more, to the same result. Lives are partitioned by board:
a board's are replaced as a whole once in a run, so the cost of a crawl grows with the board, not with the lake.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.dataset as ds

from vacancies.key_map import KeyMap, posting_key
from vacancies.lake.arrow_schema import arrow_schema, to_table
from vacancies.lake.batching import batched
from vacancies.lake.board_lives import BoardLives, StoredLife, read_lives
from vacancies.lake.tables import DeltaStore
from vacancies.posting import GoneReason, Posting

_AT_ONCE: Final = 250  # postings that are held as models: with their blocks they take ten times what they take in Arrow
_ROWS_PER_COMMIT: Final = 2000
_BYTES_PER_COMMIT: Final = 16 << 20


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


class _Sighting(NamedTuple):
    """By which run and when postings were seen; not real when old captures are read anew."""

    run_id: str
    at: datetime
    is_real: bool


class _Unwritten:
    """What batches bring, as Arrow tables, until it is enough for a commit."""

    def __init__(self) -> None:
        self.inserted: list[pa.Table] = []
        self.replacing: list[pa.Table] = []
        self.begun: list[pa.Table] = []
        self.revisions: dict[str, int] = {}  # of the versions that are replaced

    def add(self, new: list[Posting], changed: list[Posting], begun: list[StoredLife], revisions: dict[str, int]) -> None:
        self.inserted.append(to_table(new, arrow_schema(Posting)))
        self.replacing.append(to_table(changed, arrow_schema(Posting)))
        self.begun.append(to_table(begun, arrow_schema(StoredLife)))
        self.revisions |= revisions

    @property
    def is_enough(self) -> bool:
        tables = (*self.inserted, *self.replacing)
        rows, size = (sum(int(number) for number in numbers) for numbers in zip(*((t.num_rows, t.nbytes) for t in tables), strict=True))
        return rows >= _ROWS_PER_COMMIT or size >= _BYTES_PER_COMMIT


class _Past(Posting):
    """A version of a posting that has been replaced."""

    history_key: str
    replaced_at: datetime


class PostingStore:
    """The tables `postings`, `lives` and `posting_history`."""

    def __init__(self, root: Path) -> None:
        self.tables = {
            "postings": DeltaStore(root / "postings", arrow_schema(Posting)),
            "lives": DeltaStore(root / "lives", arrow_schema(StoredLife), partition_by=("board",)),
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
        lives = BoardLives(self._lives_batches(board), self._stored_hashes(board))
        seen = KeyMap()
        unwritten = _Unwritten()
        total = UpsertCounts()
        try:
            for batch in batched(postings, _AT_ONCE):
                fresh = [posting for posting in {p.posting_id: p for p in batch}.values() if seen.put(posting_key(posting.posting_id))]
                counts = self._take(fresh, lives, _Sighting(run_id, seen_at, is_sighting), unwritten)
                total = _add(total, counts._replace(seen=len(batch), repeated=len(batch) - len(fresh)))
                if unwritten.is_enough:
                    self._write(unwritten, at=seen_at)
                    unwritten = _Unwritten()
            self._write(unwritten, at=seen_at)
            if complete:
                missed = _miss(lives, seen, at=seen_at, missing_before_gone=missing_before_gone)
                total = total._replace(gone=missed.gone, missing=missed.missing)
            if lives.have_moved:
                self.tables["lives"].replace(lives.replaced_in(self._lives_batches(board)), "board", board)
        finally:
            lives.close()
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
        rows = self.tables["lives"].table(where=ds.field("valid_through") < pa.scalar(at.date()))
        lives = [life for life in read_lives(rows) if life.gone_at is None]
        over = [life for life in lives if life.valid_through is not None and life.last_seen.date() <= life.valid_through]
        return self._end(over, at=at, reason=GoneReason.EXPIRED)

    def withdraw_unchecked(self, board: str, *, seen_before: datetime, at: datetime) -> int:
        """See `Lake.withdraw_unchecked`."""
        lives = [life for life in self._lives_of(board).values() if life.gone_at is None and life.last_seen < seen_before]
        return self._end(lives, at=at, reason=GoneReason.UNCHECKED)

    def open_count(self, board: str) -> int:
        """See `Lake.open_count`."""
        return self.tables["lives"].row_count((ds.field("board") == board) & ds.field("gone_at").is_null())

    def withdraw(self, posting_ids: Sequence[str], *, seen_at: datetime, reason: GoneReason) -> int:
        """See `Lake.withdraw_postings`."""
        rows = self.tables["lives"].table(where=ds.field("posting_id").isin(list(posting_ids)))
        return self._end([life for life in read_lives(rows) if life.gone_at is None], at=seen_at, reason=reason)

    def _take(self, batch: list[Posting], lives: BoardLives, sighting: _Sighting, unwritten: _Unwritten) -> UpsertCounts:
        ids = [posting.posting_id for posting in batch]
        former, stored = lives.of(ids), lives.hashes_of(ids)
        counts = dict.fromkeys(("new", "changed", "unchanged", "reappeared"), 0)
        begun: list[StoredLife] = []
        moved: list[StoredLife] = []
        for posting in batch:
            life = former.get(posting.posting_id)
            kind, life_now = _next_life(posting, life, sighting)
            counts[kind] += 1
            counts["reappeared"] += life is not None and life.gone_at is not None and life_now.gone_at is None
            if life is None:
                begun.append(life_now)
            elif life_now != life:
                moved.append(life_now)
        lives.move(moved)
        new = [posting for posting in batch if posting.posting_id not in stored]
        changed = [posting for posting in batch if stored.get(posting.posting_id, posting.content_hash) != posting.content_hash]
        revisions = {p.posting_id: former[p.posting_id].revisions if p.posting_id in former else 1 for p in changed}
        unwritten.add(new, changed, begun, revisions)
        return UpsertCounts(**counts)

    def _write(self, unwritten: _Unwritten, *, at: datetime) -> None:
        if not unwritten.inserted:
            return
        self._keep_history(unwritten.revisions, replaced_at=at)
        self.tables["postings"].append(pa.concat_tables(unwritten.inserted))
        self.tables["postings"].merge(pa.concat_tables(unwritten.replacing), "posting_id")
        self.tables["lives"].append(pa.concat_tables(unwritten.begun))

    def _keep_history(self, revisions: dict[str, int], *, replaced_at: datetime) -> None:
        if not revisions:
            return
        rows = self.tables["postings"].table(where=ds.field("posting_id").isin(list(revisions)))
        # named by its number, so that a run begun again after a kill writes the same version over, not a second one
        keys = pa.array([f"{posting_id}/{revisions[posting_id]}" for posting_id in rows["posting_id"].to_pylist()])
        at = pa.array([replaced_at] * rows.num_rows, pa.timestamp("us", tz="UTC"))
        past = rows.append_column("history_key", keys).append_column("replaced_at", at)
        self.tables["posting_history"].merge(past.select(arrow_schema(_Past).names), "history_key")

    def _end(self, lives: list[StoredLife], *, at: datetime, reason: GoneReason | None) -> int:
        for board in {life.board for life in lives}:
            ended = {life.posting_id: _ended(life, at=at, reason=reason) for life in lives if life.board == board}
            self._replace_lives(board, (self._lives_of(board) | ended).values())
        return len(lives)

    def _replace_lives(self, board: str, lives: Iterable[StoredLife]) -> None:
        self.tables["lives"].replace(to_table(lives, arrow_schema(StoredLife)), "board", board)

    def _lives_of(self, board: str) -> dict[str, StoredLife]:
        return {life.posting_id: life for life in read_lives(self._lives_table(board))}

    def _lives_table(self, board: str) -> pa.Table:
        return self.tables["lives"].table(arrow_schema(StoredLife).names, ds.field("board") == board)

    def _lives_batches(self, board: str) -> Iterator[pa.RecordBatch]:
        return self.tables["lives"].scan(arrow_schema(StoredLife).names, ds.field("board") == board)

    def _stored_hashes(self, board: str) -> Iterator[pa.RecordBatch]:
        return self.tables["postings"].scan(["posting_id", "content_hash"], ds.field("board") == board)


def _miss(lives: BoardLives, seen: KeyMap, *, at: datetime, missing_before_gone: int) -> Missed:
    """Move the lives of open postings that a complete listing did not name."""
    gone = missing = 0
    for part in batched(lives.open_without(seen), _AT_ONCE):
        missed = [_missed(life, at=at, missing_before_gone=missing_before_gone) for life in part]
        lives.move(missed)
        ended = sum(life.gone_at is not None for life in missed)
        gone, missing = gone + ended, missing + len(missed) - ended
    return Missed(gone, missing)


def _missed(life: StoredLife, *, at: datetime, missing_before_gone: int) -> StoredLife:
    """The life after one more complete listing without the posting; one whose own date has passed need not be waited for."""
    is_over = life.missing + 1 >= missing_before_gone or _reason_of(life, at.date()) is GoneReason.EXPIRED
    return _ended(life, at=at, reason=None) if is_over else life.model_copy(update={"missing": life.missing + 1})


def _ended(life: StoredLife, *, at: datetime, reason: GoneReason | None) -> StoredLife:
    return life.model_copy(update={"missing": 0, "gone_at": at, "gone_reason": reason or _reason_of(life, at.date())})


def _next_life(posting: Posting, life: StoredLife | None, sighting: _Sighting) -> tuple[str, StoredLife]:
    if life is None:
        return "new", StoredLife(
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


def _reason_of(life: StoredLife, day: date) -> GoneReason:
    return GoneReason.EXPIRED if life.valid_through is not None and life.valid_through < day else GoneReason.REMOVED


def _add(left: UpsertCounts, right: UpsertCounts) -> UpsertCounts:
    return UpsertCounts(*(a + b for a, b in zip(left, right, strict=True)))
