"""Partner feeds: schema.org JobPosting objects, or anything that a mapping turns into such, enter the same road as crawled pages."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from vacancies.error import FeedInvalid, RecordInvalid, UnknownSource
from vacancies.feed_mapping import FeedMapping, bundled_mappings
from vacancies.feeds.layout import FeedFormat, FeedRecord
from vacancies.feeds.opening import format_of, head_of
from vacancies.feeds.records import read_records
from vacancies.health.feed_tally import FeedTally
from vacancies.jobposting import Unread, draft_from_jobposting
from vacancies.lake import Lake
from vacancies.lake.batching import batched
from vacancies.lake.postings import UpsertCounts
from vacancies.lone_surrogates import without_halves
from vacancies.posting import Posting
from vacancies.posting_draft import draft_to_posting
from vacancies.quarantining import quarantined
from vacancies.register import SourceRegister
from vacancies.run import QuarantinedRecord

PARSER: Final = "feed/1"
_BATCH: Final = 4000
SMALLEST_SHARE: Final = 0.8  # of a board's open postings that a complete feed must hold before the others count as gone
_OBJECTS: Final = (FeedFormat.JSON_LINES, FeedFormat.JSON)  # forms whose records can be JobPosting objects as they are
_COUNTED_FIELDS: Final = ("title", "hiring_organization", "date_posted", "job_locations", "base_salary", "language")


@dataclass
class IngestCounts:
    """What an ingest met: `lines` = postings + quarantined.

    `without` counts fields not stated, `unread` stated ones that could not be read.
    """

    lines: int = 0
    postings: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    reappeared: int = 0
    repeated: int = 0
    gone: int = 0
    missing: int = 0
    forgotten: int = 0  # not taken over since somebody had them forgotten
    repaired: int = 0  # records with half characters, which were replaced
    quarantined: Counter[str] = field(default_factory=Counter)
    without: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    boards: Counter[str] = field(default_factory=Counter)
    held: list[str] = field(default_factory=list)

    def as_counts(self) -> dict[str, int]:
        """Flatten for a run record."""
        plain = ("lines", "postings", "new", "changed", "unchanged", "reappeared", "repeated", "gone", "missing", "forgotten", "repaired")
        grouped = {"quarantined": self.quarantined, "without": self.without, "unread": self.unread}
        return {name: getattr(self, name) for name in plain} | {
            f"{group}.{name}": number for group, counter in grouped.items() for name, number in counter.items()
        }


@dataclass(frozen=True)
class FeedReader:
    """Reads records of a feed into postings; `board` stands in where a record names none."""

    register: SourceRegister
    run_id: str
    at: datetime
    board: str | None = None
    mapping: FeedMapping | None = None
    unread: Counter[str] = field(default_factory=Counter)  # stated values that could not be read, by field
    repaired: set[str] = field(default_factory=set)  # places of records that held half characters

    def read(self, path: Path) -> Iterator[Posting | QuarantinedRecord]:
        """Read a feed of any form (see `vacancies.feeds`): one posting or quarantine record per record.

        Raises FeedInvalid for a file that cannot be read or is damaged, and for a form that needs a mapping where there is none.
        """
        for record in self.records(path):
            yield self.read_record(record, path.name)

    def records(self, path: Path) -> Iterator[FeedRecord]:
        """Read a feed's records as they stand there."""
        if self.mapping is None and (form := format_of(path, head_of(path))) not in _OBJECTS:
            raise FeedInvalid(
                f"{path} is a feed in {form.value}, which needs a mapping of its columns to JobPosting fields: give --mapping "
                f"(one of {', '.join(bundled_mappings())}, or a file), or have one proposed with labourscope ingest --draft-mapping {path}"
            )
        return read_records(path, self.mapping)

    def read_record(self, record: FeedRecord, feed: str, on_unread: Unread | None = None) -> Posting | QuarantinedRecord:
        """Read one record of a feed; `on_unread` is told of fields stated with a value that cannot be read."""
        board, where = self.board, f"{feed}:{record.line}"
        try:
            if record.problem is not None:
                raise record.problem
            fields = _whole(record)
            if fields is not record.fields:
                self.repaired.add(where)
            board = str(fields.get("board") or "") or board
            stated = self.mapping.apply(fields, on_unread or self._count_unread) if self.mapping else dict(fields)
            board = str(stated.pop("board", None) or "") or self.board
            if board is None:
                raise RecordInvalid("no_board", "the record names no board and --board was not given")
            self.register.get(board)
            draft = draft_from_jobposting(stated, on_unread=on_unread or self._count_unread)
            return draft_to_posting(draft, board=board, parser=PARSER)
        except UnknownSource as error:
            return self._reject(record, board, "unknown_board", f"{where}: {error}")
        except RecordInvalid as error:
            return self._reject(record, board, error.reason, f"{where}: {error}")

    def _count_unread(self, name: str, _value: str) -> None:
        self.unread.update([name])

    def _reject(self, record: FeedRecord, board: str | None, reason: str, error: str) -> QuarantinedRecord:
        raw = (
            record.raw if record.raw is not None else json.dumps(record.fields, ensure_ascii=False, default=str).encode("utf-8", "replace")
        )
        text = raw.decode("utf-8", "replace").strip()
        return quarantined(text, step="ingest", board=board, reason=reason, error=error, run_id=self.run_id, at=self.at)


class _Intake:
    """Takes batches over and counts; knows which postings the feed has held so far."""

    def __init__(self, lake: Lake, reader: FeedReader, *, force: bool) -> None:
        self.counts = IngestCounts()
        self._force = force
        self._started = time.monotonic()
        self._lake = lake
        self._reader = reader
        self._seen: dict[str, set[str]] = {}
        self._tallies: dict[str, FeedTally] = {}
        self._rejected: Counter[str | None] = Counter()  # by board; None where the record does not tell

    def take(self, batch: list[Posting | QuarantinedRecord]) -> None:
        self.counts.lines += len(batch)
        rejected = [item for item in batch if isinstance(item, QuarantinedRecord)]
        self._lake.quarantine(rejected)
        self.counts.quarantined.update(record.reason for record in rejected)
        self._rejected.update(record.board for record in rejected)
        for record in rejected:
            if record.board is not None and record.board in self._reader.register:
                self._tally(record.board).rejected[record.reason] += 1
        by_board: dict[str, list[Posting]] = {}
        for item in batch:
            if isinstance(item, Posting):
                by_board.setdefault(item.board, []).append(item)
        for board, postings in by_board.items():
            self._upsert(board, postings)

    def _upsert(self, board: str, postings: list[Posting]) -> None:
        counts, tally = self.counts, self._tally(board)
        seen = self._seen.setdefault(board, set())
        fresh = [posting for posting in postings if posting.posting_id not in seen]
        seen.update(posting.posting_id for posting in fresh)
        is_apart = tally.has_lost_fields(fresh) and not self._force
        result = UpsertCounts() if is_apart else self._take_over(board, fresh)
        tally.add(result)
        counts.postings += len(postings)
        counts.boards[board] += len(postings)
        counts.new += result.new
        counts.changed += result.changed
        counts.unchanged += result.unchanged
        counts.reappeared += result.reappeared
        counts.forgotten += result.forgotten
        counts.repeated += result.repeated + len(postings) - len(fresh)
        for name in _COUNTED_FIELDS:
            counts.without[name] += sum(not getattr(posting, name) for posting in postings)

    def _take_over(self, board: str, postings: list[Posting]) -> UpsertCounts:
        return self._lake.upsert_postings(board, postings, run_id=self._reader.run_id, seen_at=self._reader.at, complete=False)

    def _tally(self, board: str) -> FeedTally:
        if board not in self._tallies:
            self._tallies[board] = FeedTally(self._lake, board, at=self._reader.at)
        return self._tallies[board]

    def _doubt(self, board: str, listed: int) -> str | None:
        tally = self._tally(board)
        rejected = self._rejected[board] + self._rejected[None]
        if tally.doubt is None and rejected:
            return f"{rejected} records of the feed were rejected"
        if tally.doubt is None and listed < SMALLEST_SHARE * tally.open_before:
            return f"the feed holds {listed} postings, {tally.open_before} were open"
        return tally.doubt

    def close(self, *, complete: bool, unread: Counter[str]) -> None:
        """Hold what lost its fields, mark what a complete feed does not hold as gone, keep the health of each board."""
        if complete:
            self._mark_gone()
        for board, tally in self._tallies.items():
            if tally.doubt is not None and not self._force and board not in self.counts.held:
                self.counts.held.append(board)
            health = tally.health(
                run_id=self._reader.run_id,
                complete=complete,
                held=board in self.counts.held,
                force=self._force,
                seconds=time.monotonic() - self._started,
                unread=unread if len(self._tallies) == 1 else Counter(),
            )
            self._lake.record_health(health)

    def _mark_gone(self) -> None:
        boards = self._seen if self._reader.board is None else {self._reader.board: set(), **self._seen}
        for board, ids in boards.items():
            tally = self._tally(board)
            tally.doubt = self._doubt(board, len(ids))
            if tally.doubt is not None and not self._force:
                self.counts.held.append(board)
            else:
                allowed = self._reader.register.get(board).missing_before_gone
                missed = self._lake.withdraw_missing(board, ids, seen_at=self._reader.at, missing_before_gone=allowed)
                tally.add(missed)
                self.counts.gone += missed.gone
                self.counts.missing += missed.missing


def ingest(
    path: Path,
    lake: Lake,
    reader: FeedReader,
    *,
    complete: bool = False,
    force: bool = False,
    on_progress: Callable[[int], None] | None = None,
) -> IngestCounts:
    """Take a feed over into the lake; the same file again changes nothing. The caller holds the lake's lock.

    `complete` says that the file holds all open postings of its boards, so that the others are gone. Boards with rejected records, or
    with fewer than 0.8 of their open postings, are listed in `held` and lose none, unless a person says so (`force`). A board whose
    postings no longer state a field that they stated is held too, and from the batch in which this shows nothing more of it is taken over.
    """
    if reader.board is not None:
        reader.register.get(reader.board)
    intake = _Intake(lake, reader, force=force)
    for batch in batched(reader.read(path), _BATCH):
        intake.take(batch)
        if on_progress:
            on_progress(len(batch))
    intake.close(complete=complete, unread=reader.unread)
    intake.counts.unread = reader.unread
    intake.counts.repaired = len(reader.repaired)
    return intake.counts


def _whole(record: FeedRecord) -> Mapping[str, object]:
    """Give a record's fields with half characters replaced, the same object where there are none; only JSON can hold any."""
    if record.raw is None or not (b"\\ud" in record.raw or b"\\uD" in record.raw):
        return record.fields
    whole = without_halves(record.fields)
    return whole if isinstance(whole, dict) else record.fields
