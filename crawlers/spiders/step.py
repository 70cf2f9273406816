"""A crawl's steps: what to ask for, the page that came, and the steps that wait on disk."""

from __future__ import annotations

import base64
import json
import tempfile
from datetime import timedelta
from typing import IO, Final, NamedTuple

from crawlers.crawl_memory import Remembered

_OLDEST_LISTING: Final = timedelta(days=2)


class Page(NamedTuple):
    """An answer that was kept: its address after redirects, the body, its step's name; `number` counts listing pages from 1."""

    url: str
    body: bytes
    is_listing: bool
    number: int = 0
    name: str = ""


class Step(NamedTuple):
    """What to ask for next; `name` tells apart questions to one address (POST), and stands behind "#" in the answer's address."""

    url: str
    is_listing: bool
    body: bytes | None = None  # JSON, sent by POST
    name: str = ""
    changed: str | None = None  # what the listing states of the page's last change, as written

    def is_unchanged(self, known: Remembered, recheck_days: int) -> bool:
        """Tell whether the listing states the same last change as when the page was fetched; a later one on that very day may be hidden."""
        if self.is_listing or self.changed is None or self.changed != known.changed:
            return False
        if known.age() >= timedelta(days=recheck_days):
            return False
        return len(self.changed) > len("2026-09-01") or self.changed < known.fetched_at[:10]

    def is_too_old(self, known: Remembered, recheck_hours: int | None) -> bool:
        """Tell whether a crawl that goes on night by night asks anew for a listing that it has read: it no longer says what is open."""
        oldest = _OLDEST_LISTING if recheck_hours is None else min(_OLDEST_LISTING, timedelta(hours=recheck_hours))
        return self.is_listing and known.age() >= oldest


class StepQueue:
    """Steps that wait, first in, first out: in a temporary file, since a listing may name millions of pages; close it with `close`."""

    def __init__(self) -> None:
        self._kept: IO[bytes] | None = None
        self._read_to = 0
        self._waiting = 0

    def __len__(self) -> int:
        return self._waiting

    @property
    def _file(self) -> IO[bytes]:
        """The file, made when it is first needed."""
        if self._kept is None:
            self._kept = tempfile.TemporaryFile()  # noqa: SIM115 (closed by `close`)
        return self._kept

    def put(self, step: Step) -> None:
        """Add a step at the end."""
        body = None if step.body is None else base64.b64encode(step.body).decode()
        self._file.seek(0, 2)
        self._file.write(json.dumps(step._replace(body=body)).encode() + b"\n")  # type: ignore[arg-type]  # a text for JSON
        self._waiting += 1

    def take(self) -> Step:
        """Take the first step away; there must be one."""
        self._file.seek(self._read_to)
        line = self._file.readline()
        self._read_to += len(line)
        self._waiting -= 1
        step = Step(*json.loads(line))
        return step if step.body is None else step._replace(body=base64.b64decode(step.body))

    def close(self) -> None:
        """Delete the file."""
        if self._kept is not None:
            self._kept.close()
