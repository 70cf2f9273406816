"""Getting advertisements in: crawling boards, reading partner feeds, parsing captures again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from crawlers.collect import crawl as crawl_boards
from crawlers.job import CrawlOptions
from crawlers.reparse import parse_captures
from crawlers.report import BoardReport, CrawlReport
from flows.context import BoardLine, RunContext, StepResult
from flows.error import NothingToDo
from flows.steps.record import recorded
from vacancies.feed_mapping import FeedMapping
from vacancies.forgetting.target import check_not_forgotten, forgotten_boards
from vacancies.ingest import FeedReader, IngestCounts
from vacancies.ingest import ingest as ingest_feed
from vacancies.lake import Lake
from vacancies.licence_duties import withdraw_unchecked
from vacancies.run import Run, RunStatus


def crawl(context: RunContext, lake: Lake, *, afresh: bool = False) -> StepResult:
    """Crawl the run's boards, or all active ones; `afresh` asks for everything, whatever is remembered."""
    return recorded(context, lake, "crawl", lambda: _crawl(context, lake, afresh=afresh))


def _crawl(context: RunContext, lake: Lake, *, afresh: bool) -> StepResult:
    check_not_forgotten(lake, context.boards)
    active = [source.board for source in context.register if source.active_on(context.now().date())]
    forgotten = forgotten_boards(lake)
    wanted = context.boards or tuple(board for board in active if board not in forgotten)
    boards = tuple(board for board in wanted if context.register.get(board).platform != "feed")
    left_out = {"boards.forgotten": len(active) - len(wanted)} if not context.boards and len(wanted) < len(active) else {}
    if not wanted:
        why = "all boards that are active today were forgotten" if active else "no board of the source register is active today"
        raise NothingToDo(f"{why}; see `labourscope sources list`")
    if not boards and context.boards:
        raise NothingToDo(f"{', '.join(wanted)}: the source register says platform feed; take feeds over with `labourscope ingest FILE`")
    if not boards:
        others = "hand in feeds, or were forgotten" if left_out else "hand in feeds"
        return StepResult("crawl", {"boards": 0} | left_out, message=f"all active boards {others}")
    context.reporter.begin("crawl", None)
    report = crawl_boards(
        context.register,
        boards,
        home=context.home.root,
        run_id=context.run_id,
        clock=context.clock,
        force=context.force,
        options=CrawlOptions(afresh=afresh),
        on_progress=lambda progress: context.reporter.advance("crawl", 1),
    )
    unchecked = withdraw_unchecked(lake, context.register, at=context.now())
    result = _result("crawl", report)
    return replace(result, counts=result.counts | left_out | {"unchecked": unchecked})


def reparse(context: RunContext, lake: Lake) -> StepResult:
    """Parse the captures of the run's boards again, without fetching anything."""

    def work() -> StepResult:
        context.reporter.begin("crawl", None)
        boards = context.boards or None
        return _result("crawl", parse_captures(lake, context.register, boards=boards, run_id=context.run_id, force=context.force))

    return recorded(context, lake, "crawl", work)


def _result(step: str, report: CrawlReport) -> StepResult:
    held = [board for board in report.boards if board.held]
    failed = [board for board in report.boards if board.failed]
    later = [board for board in report.boards if board.status in {RunStatus.WAITING, RunStatus.PAUSED}]
    message = "; ".join(f"{board.board}: {board.message}" for board in (*held, *failed, *later)) or None
    lines = tuple(_line(board) for board in report.boards)
    return StepResult(step, report.counts(), held=bool(held), failed=bool(failed), message=message, boards=lines)


def _line(board: BoardReport) -> BoardLine:
    problems = sum(board.errors.values()) + sum(board.quarantined.values())
    return BoardLine(board.board, board.status.value, board.parsed, board.new, board.changed, board.gone, problems, board.message)


def ingest(context: RunContext, lake: Lake, path: Path, *, board: str | None, mapping: FeedMapping | None, complete: bool) -> StepResult:
    """Take a partner's feed over."""

    def work() -> StepResult:
        context.reporter.begin("ingest", None)
        reader = FeedReader(context.register, context.run_id, context.now(), board=board, mapping=mapping)
        counts = ingest_feed(
            path, lake, reader, complete=complete, force=context.force, on_progress=lambda done: context.reporter.advance("ingest", done)
        )
        _record_boards(context, lake, counts)
        held = ", ".join(counts.held)
        message = (
            f"none marked as gone, since the feed shrank, had rejected records or no longer states a field: {held}; "
            "see `labourscope sources health`, repeat with --force if that is right"
        )
        if counts.lines and not counts.postings:
            why = "they name no board that has a row: give --board" if set(counts.quarantined) == {"unknown_board"} else "see quarantine"
            return StepResult("ingest", counts.as_counts(), failed=True, message=f"no record of {path.name} could be taken over; {why}")
        return StepResult("ingest", counts.as_counts(), held=bool(held), message=message if held else None)

    return recorded(context, lake, "ingest", work)


def _record_boards(context: RunContext, lake: Lake, counts: IngestCounts) -> None:
    """Keep a run record for each board of a feed, as crawls do, so that pages can say when it was last collected."""
    now = datetime.now(UTC)
    for board, postings in counts.boards.items():
        status = RunStatus.HELD if board in counts.held else RunStatus.DONE
        lake.record_run(
            Run(
                run_id=context.run_id,
                step="ingest",
                board=board,
                status=status,
                started=now,
                finished=now,
                counts={"postings": postings},
                version=context.version,
            )
        )
