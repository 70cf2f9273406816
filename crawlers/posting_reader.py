"""Captured pages to postings: parse, give ids, quarantine what cannot be read. Crawls and the reading of old captures use it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final, NamedTuple, Protocol

from crawlers.listed_fields import ListedFields
from crawlers.page_parsers.page_reading import PageParser, PageReading, Rejected
from crawlers.page_parsers.same_posting import one_per_id
from vacancies.error import RecordInvalid
from vacancies.identity import canonical_url, posting_id
from vacancies.posting import Capture, Posting
from vacancies.posting_draft import draft_to_posting
from vacancies.quarantining import quarantined
from vacancies.run import QuarantinedRecord

_QUARANTINE_BATCH: Final = 200
_LONGEST_RECORD: Final = 64 * 1024


def _mended(reading: PageReading, fetched_at: datetime) -> PageReading:
    """Merge drafts that a page repeats under one id; leave out days of posting that lie after the fetch, whatever the time zone."""
    unread = list(reading.unread)

    def note(name: str, value: str) -> None:
        unread.append((name, value))

    ids = [draft.native_id for draft in reading.drafts if draft.native_id is not None]
    drafts = reading.drafts if len(set(ids)) == len(ids) else one_per_id(reading.drafts, note)
    last = (fetched_at + timedelta(days=1)).date()
    mended = []
    for draft in drafts:
        if draft.date_posted is not None and draft.date_posted > last:
            note("date_posted", draft.date_posted.isoformat())
            mended.append(draft.model_copy(update={"date_posted": None}))
        else:
            mended.append(draft)
    return replace(reading, drafts=tuple(mended), unread=tuple(unread))


class Reader(NamedTuple):
    """A platform's page parser, its name with version as postings carry it ("jsonld/1"), and the countries of the board it reads."""

    name: str
    parse: PageParser
    countries: tuple[str, ...] = ()


class QuarantineKeeper(Protocol):
    """What keeps quarantined records: the lake, or nothing at all where nothing is to be written."""

    def quarantine(self, records: Iterable[QuarantinedRecord]) -> int:
        """Keep records; returns how many are new."""
        ...


class PostingReader:
    """Reads one board's pages and counts what it meets; close it with `close`."""

    def __init__(self, lake: QuarantineKeeper, board: str, reader: Reader, *, run_id: str, seen_at: datetime) -> None:
        self.board = board
        self.reader = reader
        self.quarantined: Counter[str] = Counter()
        self.unread: Counter[str] = Counter()
        self.rejected_ids: set[str] = set()  # posting ids
        self.rejected_urls: set[str] = set()  # canonical addresses
        self.rejected_unknown = 0  # records with neither
        self.withdrawn_ids: set[str] = set()  # posting ids
        self._lake = lake
        self._run_id = run_id
        self._seen_at = seen_at
        self._waiting: list[QuarantinedRecord] = []
        self._listed = ListedFields()

    def read(self, capture: Capture, body: bytes) -> tuple[PageReading, list[Posting]]:
        """Read a page; records that cannot be read are quarantined. Raises RecordInvalid when the page as a whole cannot be read."""
        try:
            reading = self.reader.parse(body, capture.url, countries=self.reader.countries)
        except RecordInvalid as error:
            self.reject(Rejected(error.reason, str(error), body[:_LONGEST_RECORD].decode("utf-8", "replace"), capture.url))
            raise
        for rejected in reading.rejected:
            self.reject(rejected)
        self._listed.note(reading, capture.url)
        reading = _mended(replace(reading, drafts=self._listed.complete(reading.drafts, capture.url)), capture.fetched_at)
        self.unread.update(name for name, _ in reading.unread)
        self.withdrawn_ids.update(self._posting_id(native_id) for native_id in reading.withdrawn)
        return reading, list(self._postings(reading, capture))

    def note_listed(self, capture: Capture, body: bytes) -> None:
        """Take note of what a page states of the pages that it leads to, and of nothing else; for captures that are read again."""
        try:
            self._listed.note(self.reader.parse(body, capture.url, countries=self.reader.countries), capture.url)
        except RecordInvalid:
            return  # counted when it is read

    def reject(self, rejected: Rejected) -> None:
        """Put a record into quarantine, and remember which posting it is."""
        self.quarantined[rejected.reason] += 1
        if rejected.native_id:
            self.rejected_ids.add(self._posting_id(rejected.native_id))
        if rejected.url:
            self.rejected_urls.add(canonical_url(rejected.url))
        self.rejected_unknown += not (rejected.native_id or rejected.url)
        record = quarantined(
            rejected.record,
            step="crawl",
            board=self.board,
            reason=rejected.reason,
            error=rejected.error,
            run_id=self._run_id,
            at=self._seen_at,
            url=rejected.url,
        )
        self._waiting.append(record)
        if len(self._waiting) >= _QUARANTINE_BATCH:
            self.flush()

    def flush(self) -> None:
        """Write the quarantine records that wait."""
        waiting, self._waiting = self._waiting, []
        self._lake.quarantine(waiting)

    def close(self) -> None:
        """Write what waits, and delete what was kept on disk meanwhile."""
        self.flush()
        self._listed.close()

    def _postings(self, reading: PageReading, capture: Capture) -> Iterator[Posting]:
        for draft in reading.drafts:
            try:
                yield draft_to_posting(draft, board=self.board, parser=self.reader.name, capture_sha256=capture.sha256)
            except RecordInvalid as error:
                self.reject(Rejected(error.reason, str(error), draft.model_dump_json(), draft.url or capture.url, draft.native_id))

    def _posting_id(self, native_id: str) -> str:
        return posting_id(self.board, native_id=native_id, url=None, content_hash="")
