"""What one collection of one board brought: a row of the table `source_health`."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict

from vacancies.run import RunStatus


class Decision(StrEnum):
    """What a person said about a collection that a gate held, or would have held."""

    ACCEPTED = "accepted"  # looked at afterwards, with `labourscope sources accept`
    FORCED = "forced"  # let through beforehand, with --force


class SourceHealth(BaseModel):
    """One crawl of a board, or its part of a feed.

    `postings` are those read, `filled` how many of them state each field, `pages` the answers read for postings and `pages_without` those
    of them that held none. `latency` is the median of the seconds until an answer came. `age_days` is the median age of the `dated`
    postings seen for the first time: days from date_posted. `open_before` counts the board's open postings when it began.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    run_id: str
    step: str  # crawl or ingest
    board: str
    status: RunStatus
    at: datetime  # of the sighting, by the run's clock
    complete: bool = False
    message: str | None = None
    seconds: float = 0.0
    requests: int = 0
    bytes: int = 0
    latency: float | None = None
    pages: int = 0
    pages_without: int = 0
    postings: int = 0
    kept: int = 0
    open_before: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    reappeared: int = 0
    gone: int = 0
    missing: int = 0
    dated: int = 0
    age_days: float | None = None
    filled: dict[str, int] = {}
    statuses: dict[str, int] = {}
    quarantined: dict[str, int] = {}
    errors: dict[str, int] = {}
    refused: dict[str, int] = {}
    unread: dict[str, int] = {}
    resting_until: datetime | None = None
    held_because: str | None = None  # what the gate found, whether or not a person has let it through
    decision: Decision | None = None
    decided_by: str | None = None
    decided_at: datetime | None = None
    decision_note: str | None = None

    @property
    def came_to_its_end(self) -> bool:
        """Whether the board was read to its end: the run did not fail, and its hours did not end in the middle."""
        return self.status not in {RunStatus.FAILED, RunStatus.PAUSED}

    @property
    def gave_no_page(self) -> bool:
        """Whether the board was asked and gave no page at all: it was not to be reached, refused or failed."""
        was_asked = self.requests > 0 or "robots_unreachable" in self.errors
        has_page = any(status.startswith("2") or status == "304" for status in self.statuses)
        return self.status is RunStatus.FAILED and was_asked and not has_page

    @property
    def waits(self) -> bool:
        """Whether it is kept apart and waits for a person's word."""
        return self.status is RunStatus.HELD and self.decision is None
