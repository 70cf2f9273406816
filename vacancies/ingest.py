"""Partner feeds: JSON Lines of schema.org JobPosting objects enter the same road as crawled pages."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

from vacancies.error import FeedInvalid, RecordInvalid, UnknownSource
from vacancies.feed_mapping import FeedMapping
from vacancies.jobposting import draft_from_jobposting
from vacancies.lake import Lake
from vacancies.lake.batching import batched
from vacancies.lone_surrogates import without_halves
from vacancies.posting import Posting
from vacancies.posting_draft import draft_to_posting
from vacancies.quarantining import quarantined
from vacancies.register import SourceRegister
from vacancies.run import QuarantinedRecord

PARSER: Final = "feed/1"
_LONGEST_LINE: Final = 32 * 1024 * 1024  # bytes; a longer record is quarantined
_BATCH: Final = 4000
_SMALLEST_SHARE: Final = 0.8  # of a board's open postings that a complete feed must hold before the others count as gone
_ARCHIVES: Final = (b"PK\x03\x04", b"7z\xbc\xaf", b"BZh", b"\xfd7zX", b"%PDF")
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
    repaired: int = 0  # records with half characters, which were replaced
    quarantined: Counter[str] = field(default_factory=Counter)
    without: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)
    boards: Counter[str] = field(default_factory=Counter)
    held: list[str] = field(default_factory=list)

    def as_counts(self) -> dict[str, int]:
        """Flatten for a run record."""
        plain = ("lines", "postings", "new", "changed", "unchanged", "reappeared", "repeated", "gone", "missing", "repaired")
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
        """Read JSON Lines (plain or gzip): one posting or quarantine record per non-empty line.

        Raises FeedInvalid for a file that cannot be read or is damaged.
        """
        for number, line in enumerate(_lines(path), start=1):
            if line.strip():
                yield self._read_line(line, f"{path.name}:{number}")

    def _read_line(self, line: bytes, where: str) -> Posting | QuarantinedRecord:
        board = self.board
        try:
            record, is_repaired = _parse_line(line)
            if is_repaired:
                self.repaired.add(where)
            board = str(record.get("board") or "") or board
            fields = self.mapping.apply(record) if self.mapping else record
            board = str(fields.pop("board", None) or "") or self.board
            if board is None:
                raise RecordInvalid("no_board", "the record names no board and --board was not given")
            self.register.get(board)
            draft = draft_from_jobposting(fields, on_unread=lambda name, _value: self.unread.update([name]))
            return draft_to_posting(draft, board=board, parser=PARSER)
        except UnknownSource as error:
            return self._reject(line, board, "unknown_board", f"{where}: {error}")
        except RecordInvalid as error:
            return self._reject(line, board, error.reason, f"{where}: {error}")

    def _reject(self, line: bytes, board: str | None, reason: str, error: str) -> QuarantinedRecord:
        text = line.decode("utf-8", "replace").strip()
        return quarantined(text, step="ingest", board=board, reason=reason, error=error, run_id=self.run_id, at=self.at)


class _Intake:
    """Takes batches over and counts; knows which postings the feed has held so far."""

    def __init__(self, lake: Lake, reader: FeedReader) -> None:
        self.counts = IngestCounts()
        self._lake = lake
        self._reader = reader
        self._seen: dict[str, set[str]] = {}
        self._open_before: dict[str, int] = {}
        self._rejected: Counter[str | None] = Counter()  # by board; None where the record does not tell

    def take(self, batch: list[Posting | QuarantinedRecord]) -> None:
        self.counts.lines += len(batch)
        rejected = [item for item in batch if isinstance(item, QuarantinedRecord)]
        self._lake.quarantine(rejected)
        self.counts.quarantined.update(record.reason for record in rejected)
        self._rejected.update(record.board for record in rejected)
        by_board: dict[str, list[Posting]] = {}
        for item in batch:
            if isinstance(item, Posting):
                by_board.setdefault(item.board, []).append(item)
        for board, postings in by_board.items():
            self._upsert(board, postings)

    def _upsert(self, board: str, postings: list[Posting]) -> None:
        counts = self.counts
        if board not in self._seen:
            self._seen[board] = set()
            self._open_before[board] = self._lake.open_count(board)
        seen = self._seen[board]
        fresh = [posting for posting in postings if posting.posting_id not in seen]
        seen.update(posting.posting_id for posting in fresh)
        result = self._lake.upsert_postings(board, fresh, run_id=self._reader.run_id, seen_at=self._reader.at, complete=False)
        counts.postings += len(postings)
        counts.boards[board] += len(postings)
        counts.new += result.new
        counts.changed += result.changed
        counts.unchanged += result.unchanged
        counts.reappeared += result.reappeared
        counts.repeated += result.repeated + len(postings) - len(fresh)
        for name in _COUNTED_FIELDS:
            counts.without[name] += sum(not getattr(posting, name) for posting in postings)

    def mark_gone(self, *, force: bool) -> None:
        boards = self._seen if self._reader.board is None else {self._reader.board: set(), **self._seen}
        for board, ids in boards.items():
            before = self._open_before.get(board, self._lake.open_count(board))
            doubtful = self._rejected[board] or self._rejected[None] or len(ids) < _SMALLEST_SHARE * before
            if doubtful and not force:
                self.counts.held.append(board)
            else:
                allowed = self._reader.register.get(board).missing_before_gone
                missed = self._lake.withdraw_missing(board, ids, seen_at=self._reader.at, missing_before_gone=allowed)
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
    with fewer than 0.8 of their open postings, are listed in `held` and lose none, unless a person says so (`force`).
    """
    if reader.board is not None:
        reader.register.get(reader.board)
    intake = _Intake(lake, reader)
    for batch in batched(reader.read(path), _BATCH):
        intake.take(batch)
        if on_progress:
            on_progress(len(batch))
    if complete:
        intake.mark_gone(force=force)
    intake.counts.unread = reader.unread
    intake.counts.repaired = len(reader.repaired)
    return intake.counts


def _parse_line(line: bytes) -> tuple[dict[str, object], bool]:
    """The record of a line, and whether half characters were replaced in it."""
    if len(line) > _LONGEST_LINE:
        raise RecordInvalid("too_long", f"the record has {len(line)} bytes, allowed are {_LONGEST_LINE}")
    try:
        read = json.loads(line)
        record = without_halves(read) if b"\\ud" in line or b"\\uD" in line else read
    except (ValueError, RecursionError) as error:
        raise RecordInvalid("broken_json", f"not JSON: {error}") from error
    if not isinstance(record, dict):
        raise RecordInvalid("not_an_object", f"a JobPosting object was expected, this is a {type(record).__name__}")
    return record, record is not read


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as raw:
            head = raw.read(4)
            if head.startswith(_ARCHIVES):
                raise FeedInvalid(f"{path} is an archive, not JSON Lines; unpack it and hand in the file within")
            zipped = head.startswith(b"\x1f\x8b")
            raw.seek(0)
            stream = io.BufferedReader(gzip.GzipFile(fileobj=raw)) if zipped else raw
            while line := stream.readline(_LONGEST_LINE + 1):
                yield line
                while len(line) > _LONGEST_LINE and not line.endswith(b"\n"):  # the rest of a record that is too long
                    line = stream.readline(_LONGEST_LINE + 1)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise FeedInvalid(
            f"{path} is a damaged gzip file ({error}); what came before the damage has been taken over, fetch it again"
        ) from error
    except OSError as error:
        raise FeedInvalid(f"{path} cannot be read: {error.strerror or error}") from error
