"""The crawling process: `python -m crawlers.process [--end-with-stdin] JOB.json`.

A process of its own for every crawl, since Twisted's reactor cannot be started twice. It writes progress as JSON lines to stdout, its log
to stderr, and the report to the job's result file. The caller holds the lake's lock; with `--end-with-stdin` the process ends when the
caller does, since nobody holds the lock then.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Final

from crawlers.job import END_WITH_STDIN, CrawlJob
from crawlers.parent_watch import end_with_stdin

_UNUSED: Final = "pandas"


class _LeftOut(MetaPathFinder):
    """Says of pandas that it is not there: Arrow loads it otherwise, for half of the start and 30 MB, and a crawl has no use of it."""

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if fullname == _UNUSED:
            raise ModuleNotFoundError(f"{_UNUSED} is left out of crawls", name=fullname)
        return None


def main(arguments: list[str]) -> int:
    """Run the job of the file named; the exit status is 0 when a report was written, whatever it says."""
    if arguments[0] == END_WITH_STDIN:
        end_with_stdin()
    sys.meta_path.insert(0, _LeftOut())
    from crawlers.board_crawls import BoardCrawls  # only now, so that pandas is left out

    job = CrawlJob.model_validate_json(Path(arguments[-1]).read_text(encoding="utf-8"))
    report = BoardCrawls(job).run()
    job.result.write_text(report.model_dump_json(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
