"""The crawls of one job, in the crawling process: each board's begun, watched, and taken over into the lake when it ends."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, date, datetime

from scrapy import signals
from scrapy.crawler import AsyncCrawlerProcess, Crawler
from scrapy.http import Request
from scrapy.settings import Settings

from crawlers.crawl_memory import CrawlMemory, memory_file, now
from crawlers.credentials import missing
from crawlers.error import UnknownPlatform
from crawlers.intake import BoardIntake
from crawlers.job import CrawlJob
from crawlers.politeness.settings import board_settings, labourscope_version, process_settings
from crawlers.registry import spider_for
from crawlers.report import BoardReport, CrawlProgress, CrawlReport
from vacancies.error import FeedInvalid
from vacancies.lake import Lake
from vacancies.run import Run, RunStatus
from vacancies.source import Source


class BoardCrawls:
    """The crawls of one job: so many boards at once as its options say, each taken over into the lake when it ends."""

    def __init__(self, job: CrawlJob) -> None:
        self._job = job
        self._lake = Lake.open(job.lake)
        self._waiting = list(job.sources)
        self._reports: dict[str, BoardReport] = {}
        self._errors: list[BaseException] = []
        self._woken: set[str] = set()  # boards that a person had asked while they rest: that is no word on what they bring
        self._process = AsyncCrawlerProcess(process_settings(self._waiting))

    def run(self) -> CrawlReport:
        """Crawl all boards; can be done once per process. Raises what the lake raised (LakeFull)."""
        started = datetime.now(UTC)
        for _ in range(self._job.options.boards_at_once):
            self._begin_next()
        self._process.start()
        if self._errors:
            raise self._errors[0]
        boards = tuple(self._reports[source.board] for source in self._job.sources)
        return CrawlReport(run_id=self._job.run_id, started=started, finished=datetime.now(UTC), boards=boards)

    def _begin_next(self) -> None:
        while self._waiting:
            source = self._waiting.pop(0)
            started = datetime.now(UTC)
            memory = CrawlMemory.open(memory_file(self._job.crawls, source.board))
            problem = _why_not(source, (self._job.clock or started).date())
            waits = None if problem else self._why_not_now(source, memory)
            if problem is None and waits is None:
                self._begin(source, memory, started)
                return
            memory.close()
            status = RunStatus.FAILED if problem else RunStatus.WAITING
            self._reports[source.board] = report = BoardReport(board=source.board, status=status, message=problem or waits)
            if problem:  # a run that only waits does not stand in the place of the last that asked the board
                self._record(source.board, started, report)

    def _why_not_now(self, source: Source, memory: CrawlMemory) -> str | None:
        if not source.open_at(now()):
            return f"the register allows the hours {source.hours} ({source.timezone}) only"
        until = memory.resting_until(at=now())
        if until is not None and self._job.force:
            self._woken.add(source.board)
        if until is None or self._job.force:
            return None
        return f"the board failed again and again and is left alone until {until:%Y-%m-%d %H:%M} UTC; --force asks it all the same"

    def _begin(self, source: Source, memory: CrawlMemory, started: datetime) -> None:
        self._record(source.board, started, None)
        spider = spider_for(source.platform)
        memory.begin(self._job.run_id, at=now())
        reader = spider.reader_of(source)
        intake = BoardIntake(
            self._lake,
            source.board,
            reader,
            run_id=self._job.run_id,
            clock=self._job.clock,
            memory=memory,
            missing_before_gone=source.missing_before_gone,
            crawls_before_rest=self._job.options.crawls_before_rest,
        )
        intake.on_progress = _print_progress
        options = self._job.options
        settings = Settings(board_settings(source, options) | spider.more_settings(source, options), priority="cmdline")
        crawler = Crawler(spider, settings)

        def note_latency(request: Request) -> None:
            intake.latency.add(request.meta.get("download_latency", 0.0))

        crawler.signals.connect(note_latency, signal=signals.response_received, weak=False)
        task = self._process.crawl(crawler, source=source, intake=intake, options=self._job.options)
        task.add_done_callback(lambda done: self._end(done, intake, started))

    def _end(self, task: asyncio.Future[None], intake: BoardIntake, started: datetime) -> None:
        try:
            if intake.fatal is not None:
                raise intake.fatal
            error = None if task.cancelled() else task.exception()
            if error is not None:  # in our own code, such as an address that a platform cannot make a request of: the other boards go on
                intake.gap(f"the platform's spider failed with {type(error).__name__}; see the crawl's log")
            report = intake.finish(force=self._job.force and intake.board not in self._woken)
            self._reports[intake.board] = report
            self._record(intake.board, started, report)
            intake.progress(finished=True)
        except BaseException as error:  # noqa: BLE001 (asyncio would only log it; `run` raises it)
            self._errors.append(error)
            self._waiting.clear()
        self._begin_next()

    def _record(self, board: str, started: datetime, report: BoardReport | None) -> None:
        self._lake.record_run(
            Run(
                run_id=self._job.run_id,
                step="crawl",
                board=board,
                status=report.status if report else RunStatus.RUNNING,
                started=started,
                finished=datetime.now(UTC) if report else None,
                counts=report.counts() if report else {},
                message=report.message if report else None,
                version=labourscope_version(),
            )
        )


def _why_not(source: Source, day: date) -> str | None:
    """Say why a board is not crawled; None when it is."""
    if not source.active_on(day):
        return f"the register has the board active from {source.active_from} to {source.active_to or 'further notice'}, not on {day}"
    if "{" in source.address:
        return f"the address {source.address!r} has a placeholder that was not filled; see SourceRegister.filled"
    try:
        spider = spider_for(source.platform)
        spider.reader_of(source)
    except (UnknownPlatform, FeedInvalid) as error:
        return str(error)
    return spider.why_not() or missing(source, spider.needed_credentials)


def _print_progress(progress: CrawlProgress) -> None:
    sys.stdout.write(progress.model_dump_json() + "\n")
    sys.stdout.flush()
