"""What a crawl did, board by board."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from vacancies.run import RunStatus


class BoardReport(BaseModel):
    """One board of a crawl.

    `requests` counts answers, `statuses` them by status, `not_modified` those that said that nothing has changed, `bytes` their bodies,
    `remembered` pages that were not asked for since they are known to be as they were.
    `captured` counts answers that are new to the lake, `parsed` the postings read, `kept` those that are listed but could not be fetched or
    read now and stay as they were; `missing` are not in the listing, but do not count as gone yet,
    `forgotten` were not taken over since somebody had them forgotten; `refused` counts addresses that were not
    asked for (robots, off_site, private_address, not_a_job), `unread` stated values that could not be read, by field; `complete` says that
    every page of the listing was read, so that postings that are not in it count as gone.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    board: str
    status: RunStatus
    message: str | None = None
    complete: bool = False
    requests: int = 0
    not_modified: int = 0
    remembered: int = 0
    bytes: int = 0
    captured: int = 0
    parsed: int = 0
    kept: int = 0
    repeated: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    reappeared: int = 0
    gone: int = 0
    missing: int = 0
    forgotten: int = 0
    statuses: dict[str, int] = {}
    quarantined: dict[str, int] = {}
    errors: dict[str, int] = {}
    refused: dict[str, int] = {}
    unread: dict[str, int] = {}
    seconds: float = 0.0

    @property
    def held(self) -> bool:
        """Whether a gate wants a person's word."""
        return self.status is RunStatus.HELD

    @property
    def failed(self) -> bool:
        """Whether the listing could not be read to its end."""
        return self.status is RunStatus.FAILED

    def counts(self) -> dict[str, int]:
        """Flatten for a run record: `quarantined.no_text`, `errors.http_500` and so on beside the plain counts."""
        plain = (
            "requests", "not_modified", "remembered", "bytes", "captured", "parsed", "kept", "repeated",
            "new", "changed", "unchanged", "reappeared", "gone", "missing", "forgotten",
        )  # fmt: skip
        counts = {name: int(getattr(self, name)) for name in plain}
        for group in ("statuses", "quarantined", "errors", "refused", "unread"):
            counts |= {f"{group}.{key}": number for key, number in getattr(self, group).items()}
        return counts


class CrawlReport(BaseModel):
    """A crawl (or a reading of captures) with all its boards."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    run_id: str
    started: datetime
    finished: datetime
    boards: tuple[BoardReport, ...]

    @property
    def status(self) -> RunStatus:
        """FAILED when a board failed, else HELD when one is held, else DONE; boards that wait, or whose hours ended, are no failure."""
        statuses = {board.status for board in self.boards}
        return next((status for status in (RunStatus.FAILED, RunStatus.HELD) if status in statuses), RunStatus.DONE)

    def board(self, name: str) -> BoardReport:
        """Give one board's report; raises KeyError."""
        return next((board for board in self.boards if board.board == name), None) or _missing(name)

    def counts(self) -> dict[str, int]:
        """Add up the boards' counts; `boards` is their number, `boards.complete` that of complete ones."""
        total: Counter[str] = Counter()
        for board in self.boards:
            total.update(board.counts())
        return {"boards": len(self.boards), "boards.complete": sum(board.complete for board in self.boards), **total}


class CrawlProgress(BaseModel):
    """How far a board is; sent after every answer, and once more with `finished`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    board: str
    requests: int = 0
    captured: int = 0
    parsed: int = 0
    quarantined: int = 0
    errors: int = 0
    finished: bool = False


def _missing(name: str) -> BoardReport:
    raise KeyError(name)
