"""What a changed parser would read differently: all captures that are kept are read anew and compared; nothing is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Final

import pyarrow.dataset as ds
from pydantic import BaseModel, ConfigDict

from crawlers.intake import LISTING_MARK
from crawlers.posting_reader import PostingReader
from crawlers.registry import spider_for
from vacancies.error import RecordInvalid, UnknownBody
from vacancies.lake import Lake
from vacancies.lake.arrow_schema import from_batches
from vacancies.posting import Capture, Posting
from vacancies.posting_story import FieldChange, PastPosting, changes
from vacancies.register import SourceRegister
from vacancies.run import QuarantinedRecord

_MOST_EXAMPLES: Final = 3  # of one field


class FieldExample(BaseModel):
    """One value that would be read differently."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    posting_id: str
    url: str  # of the capture
    fetched_at: datetime
    change: FieldChange


class ReadingDiff(BaseModel):
    """What one board's captures would give now, against what they gave.

    `captures` are all that hold advertisements, `latest` those that are the newest of their address: only these are taken over by a reading
    without --dry-run. `readings` counts postings in captures: a posting in three captures counts three times. `new` were not read before,
    `changed` read differently, of them `changed_now` in latest captures; `lost` were read from that very capture and are not any more;
    `unreadable` counts pages and records by reason, `not_kept` captures whose bodies are gone. `fields` counts changed values by field.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    board: str
    captures: int = 0
    latest: int = 0
    readings: int = 0
    same: int = 0
    new: int = 0
    changed: int = 0
    changed_now: int = 0
    lost: int = 0
    not_kept: int = 0
    unreadable: dict[str, int] = {}
    fields: dict[str, int] = {}
    examples: tuple[FieldExample, ...] = ()


def diff_captures(
    lake: Lake, register: SourceRegister, *, boards: Sequence[str] | None = None, on_capture: Callable[[], None] = lambda: None
) -> tuple[ReadingDiff, ...]:
    """Read every kept capture with the parsers as they are now, and compare each posting with the version that it gave then.

    Raises UnknownSource for a board without a row, UnknownPlatform for a row that no platform serves.
    """
    names = list(boards) if boards else sorted({capture.board for capture in lake.captures()})
    return tuple(_BoardDiff(lake, register, board).result(on_capture) for board in names)


class _Nowhere:
    """Takes quarantined records and keeps none."""

    def quarantine(self, records: Iterable[QuarantinedRecord]) -> int:
        return 0


class _BoardDiff:
    def __init__(self, lake: Lake, register: SourceRegister, board: str) -> None:
        source = register.get(board)
        self._lake = lake
        self._board = board
        self._captures = [c for c in lake.captures(board=board) if c.status == 200 and not c.spider.endswith(LISTING_MARK)]
        self._latest = {capture.url: capture for capture in self._captures}
        self._buried = lake.buried(board)
        self._reader = PostingReader(
            _Nowhere(), board, spider_for(source.platform).reader_of(source), run_id="dry-run", seen_at=datetime.now(UTC)
        )
        self._counts: Counter[str] = Counter()
        self._fields: Counter[str] = Counter()
        self._examples: list[FieldExample] = []

    def result(self, on_capture: Callable[[], None]) -> ReadingDiff:
        versions = _Versions(self._lake, self._board)
        for capture in self._captures:
            self._compare(capture, versions)
            on_capture()
        self._reader.close()
        return ReadingDiff(
            board=self._board,
            captures=len(self._captures),
            latest=len(self._latest),
            unreadable=dict(sorted(self._reader.quarantined.items())),
            fields=dict(self._fields.most_common()),
            examples=tuple(self._examples),
            **self._counts,
        )

    def _compare(self, capture: Capture, versions: _Versions) -> None:
        try:
            _, postings = self._reader.read(capture, self._lake.body(capture.sha256))
        except RecordInvalid:
            postings = []
        except UnknownBody:
            self._counts["not_kept"] += 1
            return
        postings = [posting for posting in postings if not self._buried.holds(posting.posting_id)]
        self._counts["lost"] += len(versions.read_from(capture.sha256) - {posting.posting_id for posting in postings})
        for posting in postings:
            self._counts["readings"] += 1
            former = versions.former(posting.posting_id, capture)
            if former is None:
                self._counts["new"] += 1
            else:
                self._count(capture, posting, changes(former, posting))

    def _count(self, capture: Capture, posting: Posting, changed: tuple[FieldChange, ...]) -> None:
        told = [change for change in changed if change.field != "parser"]  # its name alone changes nothing
        self._counts["changed" if told else "same"] += 1
        self._counts["changed_now"] += bool(told) and self._latest[capture.url] == capture
        for change in told:
            self._fields[change.field] += 1
            if self._fields[change.field] <= _MOST_EXAMPLES:
                example = FieldExample(posting_id=posting.posting_id, url=capture.url, fetched_at=capture.fetched_at, change=change)
                self._examples.append(example)


class _Versions:
    """A board's postings with their past versions, as they followed each other."""

    def __init__(self, lake: Lake, board: str) -> None:
        where = ds.field("board") == board
        self._current = {posting.posting_id: posting for posting in lake.postings(boards=[board])}
        self._past: dict[str, list[PastPosting]] = {}
        for past in from_batches(lake.dataset("posting_history").to_batches(filter=where), PastPosting):
            self._past.setdefault(past.posting_id, []).append(past)
        self._read_from: dict[str, set[str]] = {}
        for version in (*self._current.values(), *(past for versions in self._past.values() for past in versions)):
            if version.capture_sha256:
                self._read_from.setdefault(version.capture_sha256, set()).add(version.posting_id)

    def former(self, posting_id: str, capture: Capture) -> Posting | None:
        """Give the newest version that was read from a capture, else the one that held when it was fetched.

        A crawl that is accepted takes over captures that are older than the version read from them.
        """
        past = sorted(self._past.get(posting_id, ()), key=lambda version: version.replaced_at)
        current = self._current.get(posting_id)
        for version in (current, *reversed(past)):
            if version is not None and version.capture_sha256 == capture.sha256:
                return version
        return next((version for version in past if version.replaced_at > capture.fetched_at), current)

    def read_from(self, sha256: str) -> set[str]:
        """Name the postings of which a version was read from this capture."""
        return self._read_from.get(sha256, set())
