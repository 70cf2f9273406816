"""Run records: what one step did, when, with which counts."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class RunStatus(StrEnum):
    """How a run ended; RUNNING stays behind when a process was killed."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    HELD = "held"  # finished, but a gate wants a person's word before it is published
    WAITING = "waiting"  # of a board: not asked now, outside its hours or while it rests
    PAUSED = "paused"  # of a board: its hours ended in the middle; what was reached is kept, nothing counts as gone, the next crawl goes on


class Run(BaseModel):
    """One run of one step (crawl, ingest, enrich, merge, index, release), for one board where the step has one."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    run_id: str  # shared by all steps of one `labourscope run`
    step: str
    board: str | None = None
    status: RunStatus
    started: datetime
    finished: datetime | None = None
    counts: dict[str, int] = {}
    message: str | None = None
    version: str  # of Labourscope
    taxonomy: str | None = None


class QuarantinedRecord(BaseModel):
    """A record that was not taken over, with the reason and the record as it came (JSON or text, cut at 64 KiB)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    quarantine_id: str  # hash of step, board, reason code and record: the same failure is kept once
    run_id: str
    step: str
    board: str | None
    reason: str  # short code: no_text, no_identity, broken_json_ld, ...
    error: str
    record: str
    url: str | None = None
    first_at: datetime
    last_at: datetime
