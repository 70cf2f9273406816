"""One writer at a time: a lock on the lake that the operating system frees when its holder dies."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from vacancies.error import LakeBusy


@contextmanager
def writer_lock(folder: Path, *, purpose: str) -> Iterator[None]:
    """Hold the lake's writer lock; raises LakeBusy that names the holder's process, purpose and start."""
    holder = folder / "writer.json"
    lock = FileLock(folder / "writer.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise LakeBusy(_busy_message(holder)) from None
    try:
        holder.write_text(json.dumps({"pid": os.getpid(), "purpose": purpose, "started": datetime.now(UTC).isoformat(timespec="seconds")}))
        yield
        holder.unlink(missing_ok=True)
    finally:
        lock.release()


def _busy_message(holder: Path) -> str:
    try:
        facts = json.loads(holder.read_text())
        who = f"process {facts['pid']} ({facts['purpose']}, since {facts['started']})"
    except (OSError, ValueError, KeyError):
        who = "another process"
    return f"{who} is writing to the lake {holder.parent}; wait until it has ended, or stop it, then try again"
