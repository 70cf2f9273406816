"""Ending with the process that started us, however it ends: else a killed run's crawl would write beside the next one's, without a lock."""

from __future__ import annotations

import os
import sys
import threading
from typing import Final

ORPHANED: Final = 75
"""The exit status of a crawl whose parent has died (EX_TEMPFAIL: try again)."""


def end_with_stdin() -> None:
    """End this process at once when stdin, a pipe that the parent holds open and never writes to, is closed.

    The operating system closes it when the parent dies, by `kill -9` too. Ending is as hard as that: nothing is written any more.
    """
    threading.Thread(target=_wait, name="parent-watch", daemon=True).start()


def _wait() -> None:
    while os.read(0, 1):
        pass
    sys.stderr.write("the process that started this crawl has ended, so the crawl ends too\n")
    sys.stderr.flush()
    os._exit(ORPHANED)
