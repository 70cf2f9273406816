"""Taking one board's answers in: capture first, then read; at the end take the postings over into the lake. Knows no Scrapy."""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

from crawlers.crawl_health import CrawlHealth
from crawlers.crawl_memory import CrawlMemory, Remembered, now
from crawlers.empty_listing import why_nothing
from crawlers.kept_answers import KeptAnswers
from crawlers.outcome import Ending, outcome
from crawlers.page_parsers.page_reading import PageReading
from crawlers.posting_reader import PostingReader, Reader
from crawlers.posting_spool import PostingSpool
from crawlers.report import BoardReport, CrawlProgress
from crawlers.resting import begin_rest, close_memory
from vacancies.error import VacanciesError
from vacancies.identity import canonical_url
from vacancies.lake import Lake
from vacancies.lake.postings import UpsertCounts
from vacancies.posting import Capture, GoneReason, Posting
from vacancies.run import RunStatus

LISTING_MARK: Final = " listing"  # behind the spider's name in captures of pages that hold no advertisements themselves
_SMALLEST_SHARE: Final = 0.8  # of the board's open postings that a crawl must meet before the others count as gone
_CAPTURES_BETWEEN_FLUSHES: Final = 50
_SECONDS_BETWEEN_FLUSHES: Final = 5.0


class BoardIntake:
    """Collects what one crawl of one board brings."""

    def __init__(
        self,
        lake: Lake,
        board: str,
        reader: Reader,
        *,
        run_id: str,
        clock: datetime | None,
        memory: CrawlMemory | None = None,
        missing_before_gone: int = 1,
        crawls_before_rest: int = 3,
    ) -> None:
        self.board = board
        self.requests = self.not_modified = self.remembered = self.bytes = 0
        self.statuses: Counter[str] = Counter()
        self.names_all_open = True  # so that a posting which the listing no longer names is gone
        self.is_broken_off = False  # to be gone on with later: the memory of this crawl stays open
        self.errors: Counter[str] = Counter()
        self.refused: Counter[str] = Counter()
        self.refused_script_hosts: set[str] = set()
        self.fatal: VacanciesError | None = None  # the lake cannot be written: the crawl stops
        self.on_progress: Callable[[CrawlProgress], None] = _ignore
        self._lake = lake
        self._memory = memory
        self._missing_before_gone = missing_before_gone
        self._crawls_before_rest = crawls_before_rest
        self._spider = reader.name
        self._run_id = run_id
        self._clock = clock
        self._started = self._flushed = time.monotonic()
        self._seen_at = clock or datetime.now(UTC)
        self._reader = PostingReader(lake, board, reader, run_id=run_id, seen_at=self._seen_at)
        self._spool = PostingSpool()
        self.health = CrawlHealth(lake, board, run_id=run_id, seen_at=self._seen_at)
        self.latency = self.health.latency
        self._kept_answers = KeptAnswers(lake, board)
        self._captured = self._waiting = 0
        self._kept = self._forgotten = 0
        self._gone_urls: set[str] = set()
        self._failed_urls: set[str] = set()
        self._gaps: list[str] = []
        self._paused: str | None = None
        self._buried = lake.buried(board)
        self._not_kept: set[str] = set()  # sha256 of answers that hold a forgotten posting

    # --- while crawling

    def capture(self, url: str, body: bytes, *, status: int, content_type: str | None, is_listing: bool) -> Capture:
        """Keep an answer as it came; one that is the same as the latest from this address is not kept twice."""
        if self._waiting >= _CAPTURES_BETWEEN_FLUSHES or time.monotonic() - self._flushed > _SECONDS_BETWEEN_FLUSHES:
            self._lake.flush()  # a killed crawl leaves what it has fetched; this answer waits until it was read, see `_drop_forgotten`
            self._waiting, self._flushed = 0, time.monotonic()
        capture = Capture(
            board=self.board,
            url=url,
            fetched_at=self._clock or datetime.now(UTC),
            status=status,
            content_type=content_type,
            sha256=hashlib.sha256(body).hexdigest(),
            size=len(body),
            run_id=self._run_id,
            spider=self._spider + (LISTING_MARK if is_listing else ""),
        )
        if not self._kept_answers.is_latest(capture):
            self._lake.store_capture(capture, body)
            self._kept_answers.note(capture)
            self._captured += 1
            self._waiting += 1
        return capture

    def known(self, address: str) -> Remembered | None:
        """Give what is remembered of an address, if its body is still kept."""
        found = self._memory.get(address) if self._memory is not None else None
        return found if found is not None and found.sha256 in self._lake.bodies else None

    def is_current(self, known: Remembered) -> bool:
        """Tell whether an answer was fetched by this very crawl, before it was broken off."""
        return self._memory is not None and known.session == self._memory.session

    def body(self, known: Remembered) -> bytes:
        """Give the body of a remembered answer."""
        return self._lake.body(known.sha256)

    def remember(self, address: str, answer: Remembered) -> None:
        """Remember an answer for the next crawl, and for this one should it be broken off; its body is on disk already."""
        if self._memory is not None and answer.sha256 not in self._not_kept:
            self._memory.keep(address, answer._replace(session=self._memory.session))
            self._memory.commit()

    def last_done(self) -> datetime | None:
        """Tell when the last crawl of this board began that was taken over whole; None before the first."""
        runs = self._lake.runs(step="crawl")
        return next((run.started for run in runs if run.board == self.board and run.status is RunStatus.DONE), None)

    def rest(self) -> datetime | None:
        """Leave the board alone for a while; tells until when."""
        self.health.resting_until = self._memory.rest(at=now()) if self._memory is not None else None
        return self.health.resting_until

    def read(self, capture: Capture, body: bytes) -> PageReading:
        """Read a captured page; raises RecordInvalid when the page as a whole cannot be read."""
        self.health.begin_page()
        reading, postings = self._reader.read(capture, body)
        self.health.end_page(postings)
        if reading.gap:
            self.gap(f"{capture.url}: {reading.gap}")
        for posting in self._drop_forgotten(capture, postings):
            self._spool.add(posting)
        return reading

    def _drop_forgotten(self, capture: Capture, postings: list[Posting]) -> list[Posting]:
        """Leave out postings that were forgotten; an answer that holds one is not kept either."""
        living = [posting for posting in postings if not self._buried.holds(posting.posting_id)]
        if len(living) < len(postings):
            self._forgotten += len(postings) - len(living)
            self._not_kept.add(capture.sha256)
            self._lake.discard_capture(capture)
        return living

    def gone(self, url: str) -> None:
        """Note that the board answered 404 or 410 for an advertisement that its listing names; it is withdrawn when the crawl is DONE."""
        self._gone_urls.add(canonical_url(url))

    def failed(self, url: str, kind: str, message: str, *, is_listing: bool) -> None:
        """Count a page that could not be fetched or read; without a page of the listing, the listing has a gap.

        The message is shown to everybody, so it holds nothing of the answer: what a page says stays in quarantine.
        """
        self.errors[kind] += 1
        self._failed_urls.add(canonical_url(url))
        if is_listing:
            self.gap(f"{url}: {message}")

    def gap(self, message: str) -> None:
        """Note why the listing is not complete."""
        self._gaps.append(message)

    def pause(self, message: str) -> None:
        """Note that the board's hours ended in the middle; the next crawl goes on."""
        self.is_broken_off = True
        self._paused = message

    @property
    def is_paused(self) -> bool:
        """Whether the board's hours ended in the middle."""
        return self._paused is not None

    def progress(self, *, finished: bool = False) -> None:
        """Tell how far the board is."""
        self.on_progress(
            CrawlProgress(
                board=self.board,
                requests=self.requests,
                captured=self._captured,
                parsed=len(self._spool),
                quarantined=self._reader.quarantined.total(),
                errors=self.errors.total(),
                finished=finished,
            )
        )

    # --- at the end

    def finish(self, *, force: bool = False) -> BoardReport:
        """Take the postings over. Others count as gone only when the crawl is DONE: complete, readable and not held (or with `force`).

        A crawl that is held is kept apart in the lake, and changes no posting until a person accepts it. What answered 404 or 410 or is
        marked as removed counts as lost there too: a board that moved answers 404 for all its pages.
        """
        self._lake.flush()
        self._reader.close()
        if self._reader.rejected_unknown:
            self.gap("a record without id and address was rejected, so it is not known which posting it is")
        parsed = len(self._spool)
        self._keep_unreadable()
        open_before = self._lake.open_count(self.board)
        lost_fields = self.health.lost_fields()
        doubt = lost_fields or self._shrunk(open_before)
        status, message = self._outcome(parsed, doubt=None if force else doubt)
        counts = self._take_over(status, is_apart=status is RunStatus.HELD or (lost_fields is not None and not force))
        report = self._report(status, message, parsed, counts)
        health = self.health.record(report, open_before=open_before, doubt=doubt, force=force)
        if self._memory is not None:
            health = begin_rest(self._memory, self._lake.health(board=self.board), health, crawls=self._crawls_before_rest)
            close_memory(self._memory, health, is_broken_off=self.is_broken_off)
        self._lake.record_health(health)
        self._spool.close()
        return report.model_copy(update={"message": health.message})

    def _take_over(self, status: RunStatus, *, is_apart: bool) -> UpsertCounts:
        if status is RunStatus.HELD:
            self._lake.hold_postings(self.board, self._spool, run_id=self._run_id)
        if is_apart:
            return UpsertCounts()
        is_done = status is RunStatus.DONE
        withdrawn = self._withdraw() if is_done else 0
        counts = self._lake.upsert_postings(
            self.board,
            self._spool,
            run_id=self._run_id,
            seen_at=self._seen_at,
            complete=is_done and self.names_all_open,
            missing_before_gone=self._missing_before_gone,
        )
        if is_done:
            self._lake.drop_held(self.board)
        return counts._replace(gone=counts.gone + withdrawn)

    def _report(self, status: RunStatus, message: str | None, parsed: int, counts: UpsertCounts) -> BoardReport:
        return BoardReport(
            board=self.board,
            status=status,
            message=message,
            complete=not self._gaps and not self.is_paused and self.names_all_open,
            requests=self.requests,
            not_modified=self.not_modified,
            remembered=self.remembered,
            bytes=self.bytes,
            statuses=dict(sorted(self.statuses.items())),
            captured=self._captured,
            parsed=parsed,
            kept=self._kept,
            repeated=self._spool.repeated,
            new=counts.new,
            changed=counts.changed,
            unchanged=counts.unchanged,
            reappeared=counts.reappeared,
            gone=counts.gone,
            missing=counts.missing,
            forgotten=self._forgotten,
            quarantined=dict(sorted(self._reader.quarantined.items())),
            errors=dict(sorted(self.errors.items())),
            refused=dict(sorted(self.refused.items())),
            unread=dict(sorted(self._reader.unread.items())),
            seconds=round(time.monotonic() - self._started, 3),
        )

    def _outcome(self, parsed: int, *, doubt: str | None) -> tuple[RunStatus, str | None]:
        lost = self.errors.total() + self._reader.quarantined.total()
        status, message = outcome(Ending(self.board, self._gaps, self._paused, doubt, lost, parsed, self.names_all_open))
        if status is RunStatus.DONE and message is None and not parsed:
            hosts = self.refused_script_hosts
            message = why_nothing(self.refused, gone=len(self._gone_urls), forgotten=self._forgotten, script_hosts=hosts)
        return status, message

    def _shrunk(self, open_before: int) -> str | None:
        if not self.names_all_open or self._gaps or self.is_paused or len(self._spool) >= _SMALLEST_SHARE * open_before:
            return None
        return f"the board lists {len(self._spool)} postings, {open_before} were open"

    def _keep_unreadable(self) -> None:
        """Carry over open postings whose page is listed but could not be fetched or read now, so that they do not count as gone."""
        ids, addresses = self._reader.rejected_ids, self._reader.rejected_urls | self._failed_urls
        before = len(self._spool)
        to_keep = self._kept_answers.open_postings(self._spool, ids=ids, addresses=addresses)
        if to_keep:
            for posting in self._lake.postings(posting_ids=to_keep):
                self._spool.add(posting)
        self._kept = len(self._spool) - before

    def _withdraw(self) -> int:
        ids = self._kept_answers.open_postings(self._spool, ids=self._reader.withdrawn_ids, addresses=self._gone_urls)
        return self._lake.withdraw_postings(ids, seen_at=self._seen_at, reason=GoneReason.WITHDRAWN) if ids else 0


def _ignore(progress: CrawlProgress) -> None:
    """Take no notice of progress."""
