"""A process that crawls in children; not a test itself.

It reads one order per line (JSON: the job's file, and after how many lines of progress to kill) and answers with how the child ended.
Forking a process that has only imported spares each crawl the seconds of importing.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import traceback
from pathlib import Path

import crawlers.board_crawls  # noqa: F401 (imported here, once)
from crawlers.process import main as crawl


def run_child(job: str, progress: int) -> None:
    """Crawl as `crawlers.process` does; progress goes to a pipe, the log beside the job."""
    with Path(f"{job}.log").open("w", encoding="utf-8") as log:
        os.dup2(progress, sys.stdout.fileno())
        os.dup2(log.fileno(), sys.stderr.fileno())
    status = 1
    try:
        status = crawl([job])
    except BaseException:  # noqa: BLE001 (the log tells it, the exit status too)
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)


def run(job: str, kill_after: int | None) -> int:
    """Crawl in a child, killed (SIGKILL) when it has told so many lines of progress; gives its exit status."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        run_child(job, writing)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as progress:
        for count, _ in enumerate(progress, start=1):
            if kill_after is not None and count >= kill_after:
                os.kill(child, signal.SIGKILL)
                break
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


def main() -> None:
    """Carry out orders until standard input ends."""
    for line in sys.stdin:
        order = json.loads(line)
        sys.stdout.write(f"{run(order['job'], order['kill_after'])}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
