"""What the licences of boards ask for after collecting: postings that were not checked again are closed, old raw answers deleted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from vacancies.lake import Lake
from vacancies.lake.lake import PrunedCaptures
from vacancies.source import Source


def withdraw_unchecked(lake: Lake, sources: Iterable[Source], *, at: datetime) -> int:
    """Close the open postings of boards with `recheck_hours` that were not seen again in time; returns how many."""
    return sum(
        lake.withdraw_unchecked(source.board, seen_before=at - timedelta(hours=source.recheck_hours), at=at)
        for source in sources
        if source.recheck_hours is not None
    )


def delete_old_captures(lake: Lake, sources: Iterable[Source], *, at: datetime) -> PrunedCaptures:
    """Delete the capture records and bodies of boards with `keep_captures_days` that are older."""
    captures = bodies = 0
    for source in sources:
        if source.keep_captures_days is not None:
            pruned = lake.prune_captures(source.board, before=at - timedelta(days=source.keep_captures_days))
            captures, bodies = captures + pruned.captures, bodies + pruned.bodies
    return PrunedCaptures(captures, bodies)
