"""Getting advertisements in: crawling boards, reading partner feeds, parsing captures again."""

from __future__ import annotations

from pathlib import Path

from crawlers.collect import crawl as crawl_boards
from crawlers.reparse import parse_captures
from crawlers.report import CrawlReport
from flows.context import RunContext, StepResult
from flows.error import NothingToDo
from flows.steps.record import recorded
from vacancies.feed_mapping import FeedMapping
from vacancies.ingest import FeedReader
from vacancies.ingest import ingest as ingest_feed
from vacancies.lake import Lake


def crawl(context: RunContext, lake: Lake) -> StepResult:
    """Crawl the run's boards, or all active ones."""
    return recorded(context, lake, "crawl", lambda: _crawl(context))


def _crawl(context: RunContext) -> StepResult:
    wanted = context.boards or tuple(source.board for source in context.register if source.active_on(context.now().date()))
    boards = tuple(board for board in wanted if context.register.get(board).platform != "feed")
    if not wanted:
        raise NothingToDo("no board of the source register is active today; see `labourscope sources list`")
    if not boards and context.boards:
        raise NothingToDo(f"{', '.join(wanted)}: the source register says platform feed; take feeds over with `labourscope ingest FILE`")
    if not boards:
        return StepResult("crawl", {"boards": 0}, message="all active boards hand in feeds")
    context.reporter.begin("crawl", None)
    report = crawl_boards(
        context.register,
        boards,
        home=context.home.root,
        run_id=context.run_id,
        clock=context.clock,
        force=context.force,
        on_progress=lambda progress: context.reporter.advance("crawl", 1),
    )
    return _result("crawl", report)


def reparse(context: RunContext, lake: Lake) -> StepResult:
    """Parse the captures of the run's boards again, without fetching anything."""

    def work() -> StepResult:
        context.reporter.begin("crawl", None)
        return _result("crawl", parse_captures(lake, context.register, boards=context.boards or None, run_id=context.run_id))

    return recorded(context, lake, "crawl", work)


def _result(step: str, report: CrawlReport) -> StepResult:
    held = [board for board in report.boards if board.held]
    failed = [board for board in report.boards if board.failed]
    message = "; ".join(f"{board.board}: {board.message}" for board in (*held, *failed)) or None
    return StepResult(step, report.counts(), held=bool(held), failed=bool(failed), message=message)


def ingest(context: RunContext, lake: Lake, path: Path, *, board: str | None, mapping: FeedMapping | None, complete: bool) -> StepResult:
    """Take a partner's feed over."""

    def work() -> StepResult:
        context.reporter.begin("ingest", None)
        reader = FeedReader(context.register, context.run_id, context.now(), board=board, mapping=mapping)
        counts = ingest_feed(path, lake, reader, complete=complete, on_progress=lambda done: context.reporter.advance("ingest", done))
        message = f"not marked as gone, the feed shrank or had rejected records: {', '.join(counts.held)}" if counts.held else None
        return StepResult("ingest", counts.as_counts(), held=bool(counts.held), message=message)

    return recorded(context, lake, "ingest", work)
