"""Crawling boards: starts the crawling process, passes its progress on, reads its report."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final

from crawlers.error import CrawlFailed
from crawlers.job import END_WITH_STDIN, CrawlJob, CrawlOptions
from crawlers.report import CrawlProgress, CrawlReport
from vacancies.register import SourceRegister

_LAST_WORDS: Final = 12  # lines of the log that an error shows


def crawl(
    register: SourceRegister,
    boards: Sequence[str],
    *,
    home: Path,
    run_id: str,
    clock: datetime | None = None,
    force: bool = False,
    options: CrawlOptions | None = None,
    on_progress: Callable[[CrawlProgress], None] | None = None,
) -> CrawlReport:
    """Crawl boards of the register into the lake under `home`; the caller holds the lake's lock.

    `clock` fixes the time that captures and postings carry. `force` takes over boards that shrank, and asks those that rest, whose
    postings pass their gate as ever. Job, report and log stay in `home/crawls/<run_id>`. A crawl that was killed leaves its captures,
    and can simply be run again.
    Raises UnknownSource for a board without a row, CrawlFailed when the process ended without a report; what single boards met is in
    the report.
    """
    sources = tuple(register.get(board) for board in dict.fromkeys(boards))
    folder = home / "crawls" / run_id
    folder.mkdir(parents=True, exist_ok=True)
    job = CrawlJob(
        run_id=run_id,
        sources=sources,
        lake=home / "lake",
        crawls=home / "crawls",
        result=folder / "report.json",
        clock=clock,
        force=force,
        options=options or CrawlOptions(),
    )
    job.result.unlink(missing_ok=True)
    job_file, log = folder / "job.json", folder / "crawl.log"
    job_file.write_text(job.model_dump_json(indent=1), encoding="utf-8")
    status = _run([sys.executable, "-m", "crawlers.process", END_WITH_STDIN, str(job_file)], log, on_progress or _ignore)
    if not job.result.exists():
        last = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-_LAST_WORDS:])
        raise CrawlFailed(f"the crawling process ended with status {status} and without a report; its log {log} ends with:\n{last}")
    return CrawlReport.model_validate_json(job.result.read_text(encoding="utf-8"))


def _run(command: list[str], log: Path, on_progress: Callable[[CrawlProgress], None]) -> int:
    """Run the process to its end; when we are stopped, or killed, it ends too."""
    with log.open("w", encoding="utf-8") as log_file:
        process = subprocess.Popen(  # noqa: S603 (our own module)
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log_file, encoding="utf-8"
        )
        try:
            for line in process.stdout or ():
                if line.startswith("{"):
                    on_progress(CrawlProgress.model_validate_json(line))
            return process.wait()
        finally:
            if process.poll() is None:
                process.terminate()
                process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()


def _ignore(progress: CrawlProgress) -> None:
    """Take no notice of progress."""
