"""Making quarantine records, so that a rejected record is kept once and found again."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from typing import Final

from vacancies.run import QuarantinedRecord

_LONGEST: Final = 64 * 1024


def quarantined(
    record: object, *, step: str, board: str | None, reason: str, error: str, run_id: str, at: datetime, url: str | None = None
) -> QuarantinedRecord:
    """Wrap a rejected record (text, or anything JSON can hold) with its reason; the same failure has the same id in every run."""
    text = record if isinstance(record, str) else json.dumps(record, ensure_ascii=False, sort_keys=True, default=str)
    text = text[:_LONGEST]
    key = hashlib.sha256("\x1f".join((step, board or "", reason, url or "", text)).encode("utf-8", "replace")).hexdigest()[:32]
    return QuarantinedRecord(
        quarantine_id=key,
        run_id=run_id,
        step=step,
        board=board,
        reason=reason,
        error=error[:2000],
        record=text.encode("utf-8", "replace").decode(),
        url=url,
        first_at=at,
        last_at=at,
    )
