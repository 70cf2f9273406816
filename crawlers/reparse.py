"""Reading captures again, offline: after a parser was mended, or to bring old postings to a new parser's reading."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from crawlers.intake import LISTING_MARK
from crawlers.posting_reader import PostingReader
from crawlers.posting_spool import PostingSpool
from crawlers.registry import spider_for
from crawlers.report import BoardReport, CrawlReport
from vacancies.error import RecordInvalid, UnknownBody
from vacancies.health.stated_fields import StatedFields, known_fields, lost_words
from vacancies.lake import Lake
from vacancies.lake.postings import UpsertCounts
from vacancies.posting import Capture
from vacancies.register import SourceRegister
from vacancies.run import RunStatus


def parse_captures(
    lake: Lake,
    register: SourceRegister,
    *,
    boards: Sequence[str] | None = None,
    since: datetime | None = None,
    run_id: str,
    force: bool = False,
) -> CrawlReport:
    """Read the latest capture of every address again, and take over what is read differently now; nothing is fetched.

    No posting counts as gone or as seen again by this: those that are gone stay so. `since` leaves older captures out. A board whose
    postings would no longer state a field that most of them state is held: nothing of it is taken over, unless with `force`.
    Raises UnknownSource for a board without a row, UnknownPlatform for a row that no platform serves.
    """
    started = datetime.now(UTC)
    names = list(boards) if boards else sorted({capture.board for capture in lake.captures(since=since)})
    reports = tuple(_reparse_board(lake, register, board, since=since, run_id=run_id, force=force) for board in names)
    return CrawlReport(run_id=run_id, started=started, finished=datetime.now(UTC), boards=reports)


def _reparse_board(lake: Lake, register: SourceRegister, board: str, *, since: datetime | None, run_id: str, force: bool) -> BoardReport:
    begun = datetime.now(UTC)
    source = register.get(board)
    spider = spider_for(source.platform)
    captures = _latest_pages(lake, board, since)
    reader = PostingReader(lake, board, spider.reader_of(source), run_id=run_id, seen_at=begun)
    if spider.listing_states_more:
        _note_listed(lake, board, reader)
    stated = StatedFields(known_fields(lake.dataset("postings"), board), seen_at=begun)
    errors: dict[str, int] = {}
    captured: dict[str, Capture] = {}
    spool = PostingSpool()
    for capture in captures:  # oldest first, so that the newest reading of a posting wins
        try:
            _, postings = reader.read(capture, lake.body(capture.sha256))
        except RecordInvalid:
            continue  # in quarantine
        except UnknownBody:
            errors["body_not_kept"] = errors.get("body_not_kept", 0) + 1
            continue
        for posting in postings:
            spool.add(posting)
            stated.add(posting)
            captured[posting.posting_id] = capture
    reader.close()
    doubt = None if force else lost_words(stated.lost())
    counts = UpsertCounts() if doubt else _take_over(lake, board, spool, captured, run_id=run_id)
    spool.close()
    return BoardReport(
        board=board,
        status=RunStatus.HELD if doubt else RunStatus.DONE,
        message=_held_words(doubt, board) if doubt else None if captures else "no captures of this board are kept",
        parsed=len(spool),
        repeated=spool.repeated,
        new=counts.new,
        changed=counts.changed,
        unchanged=counts.unchanged,
        quarantined=dict(sorted(reader.quarantined.items())),
        errors=errors,
        unread=dict(sorted(reader.unread.items())),
        seconds=round((datetime.now(UTC) - begun).total_seconds(), 3),
    )


def _held_words(doubt: str, board: str) -> str:
    return (
        f"{doubt}: nothing was taken over; see what would change with `labourscope crawl --from-captures --dry-run --board {board}`, "
        "mend the parser, or add --force if this is right"
    )


def _note_listed(lake: Lake, board: str, reader: PostingReader) -> None:
    """Take note of what all listings that are kept state, the newest last: a page may be older than the listing that names it now."""
    for capture in lake.captures(board=board):
        if capture.status == 200 and capture.sha256 in lake.bodies:
            reader.note_listed(capture, lake.body(capture.sha256))


def _latest_pages(lake: Lake, board: str, since: datetime | None) -> list[Capture]:
    """Give the newest capture of every address that holds advertisements, oldest first."""
    latest = {capture.url: capture for capture in lake.captures(board=board, since=since)}
    pages = (capture for capture in latest.values() if capture.status == 200 and not capture.spider.endswith(LISTING_MARK))
    return sorted(pages, key=lambda capture: (capture.fetched_at, capture.url))


def _take_over(lake: Lake, board: str, spool: PostingSpool, captured: dict[str, Capture], *, run_id: str) -> UpsertCounts:
    """Take the postings over as they were when they were fetched; nobody has seen them again, so what is gone stays gone."""
    by_crawl: dict[str, list[str]] = {}
    for posting_id, capture in captured.items():
        by_crawl.setdefault(capture.run_id, []).append(posting_id)
    total = UpsertCounts()
    for ids in by_crawl.values():
        seen_at = max(captured[posting_id].fetched_at for posting_id in ids)
        counts = lake.upsert_postings(board, spool.select(ids), run_id=run_id, seen_at=seen_at, complete=False, is_sighting=False)
        total = UpsertCounts(*(a + b for a, b in zip(total, counts, strict=True)))
    return total
