"""Asking for addresses while a site is probed: one process for the whole probe, by the rules of a crawl."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, NamedTuple

from crawlers.error import ProbeRefused
from crawlers.probing.fetching import Answer, ProbeJob
from vacancies.source import Source

_LONGEST: Final = 300.0  # seconds for one round of requests


class Fetched(NamedTuple):
    """An answer that came, or why none did."""

    url: str
    status: int | None
    body: bytes
    problem: str | None


class Asking:
    """Fetches addresses, round by round, in a process that starts with the first and ends with the `with` block."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.requests = 0
        self._folder = tempfile.TemporaryDirectory()
        self._process: subprocess.Popen[str] | None = None

    def __enter__(self) -> Asking:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
        self._folder.cleanup()

    def fetch(self, addresses: Sequence[str]) -> list[Fetched]:
        """Fetch addresses; one answer for each, in order. Raises ProbeRefused when the process ended instead."""
        process = self._process = self._process or self._begun()
        self.requests += len(addresses)
        found: dict[str, Fetched] = {}
        clock = threading.Timer(_LONGEST, process.kill)
        clock.start()
        try:
            if process.stdin is not None and process.stdout is not None:
                process.stdin.write(json.dumps(list(addresses)) + "\n")
                process.stdin.flush()
                for _ in addresses:
                    one = Answer.model_validate_json(process.stdout.readline())
                    found[one.asked] = Fetched(one.url, one.status, one.body.read_bytes() if one.body else b"", one.problem)
        except (OSError, ValueError):  # it has ended
            log = (Path(self._folder.name) / "log").read_text("utf-8", "replace")
            raise ProbeRefused(f"the probing process ended with status {process.wait()}: {log[-800:]}") from None
        finally:
            clock.cancel()
        return [found.get(address, Fetched(address, None, b"", "no answer came")) for address in addresses]

    def _begun(self) -> subprocess.Popen[str]:
        folder = Path(self._folder.name)
        (folder / "job.json").write_text(ProbeJob(source=self.source, folder=folder).model_dump_json(), "utf-8")
        command = [sys.executable, "-m", "crawlers.probing.fetching", str(folder / "job.json")]
        with (folder / "log").open("w", encoding="utf-8") as log:
            return subprocess.Popen(  # noqa: S603 (our own module)
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, encoding="utf-8"
            )
