"""What is left of a forgotten posting or board: its id, so that no crawl brings it back."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from pydantic import BaseModel, ConfigDict


class ForgottenKind(StrEnum):
    """What was forgotten."""

    POSTING = "posting"
    BOARD = "board"


class Tombstone(BaseModel):
    """A forgotten posting or board; holds nothing of what it said. `reason` is what the person wrote who asked for it here."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str  # posting id, or board
    kind: ForgottenKind
    forgotten_at: datetime
    reason: str | None = None
