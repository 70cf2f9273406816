"""A person's word: a crawl that was kept apart is taken over as it was read."""

from __future__ import annotations

from datetime import datetime

from vacancies.error import NothingHeld
from vacancies.health.record import Decision, SourceHealth
from vacancies.lake import Lake
from vacancies.run import RunStatus
from vacancies.source import Source


def accept_held(lake: Lake, source: Source, *, by: str, at: datetime, note: str | None = None) -> SourceHealth:
    """Take over the crawl of this board that is kept apart, as its time saw it, and note who said so; the caller holds the lake's lock.

    Safe against a kill: done again, it comes to the same. Raises NothingHeld when none waits, or what is kept is not whole.
    """
    health = waiting(lake, source.board)
    if health is None:
        raise NothingHeld(f"no crawl of {source.board!r} is kept apart; `labourscope sources health` lists those that are")
    expected = health.postings + health.kept
    if expected and not any(True for _ in lake.held_postings(source.board, run_id=health.run_id)):
        raise NothingHeld(
            f"the {expected} postings of {source.board!r} that were kept apart are there no longer; "
            f"crawl it again: labourscope crawl --board {source.board}"
        )
    counts = lake.upsert_postings(
        source.board,
        lake.held_postings(source.board, run_id=health.run_id),
        run_id=health.run_id,
        seen_at=health.at,
        complete=health.complete,
        missing_before_gone=source.missing_before_gone,
    )
    decided = health.model_copy(
        update={
            "status": RunStatus.DONE,
            "message": health.held_because,  # it is kept apart no longer
            "decision": Decision.ACCEPTED,
            "decided_by": by,
            "decided_at": at,
            "decision_note": note,
            **{name: getattr(counts, name) for name in ("new", "changed", "unchanged", "reappeared", "gone", "missing")},
        }
    )
    _tell_run(lake, decided)
    lake.record_health(decided)
    lake.drop_held(source.board)
    return decided


def waiting(lake: Lake, board: str) -> SourceHealth | None:
    """Give the crawl of a board that is kept apart and waits for a person; a crawl after it that failed, or was paused, changes nothing."""
    runs = [health for health in lake.health(board=board) if health.step == "crawl" and health.came_to_its_end]
    return runs[-1] if runs and runs[-1].waits else None


def _tell_run(lake: Lake, health: SourceHealth) -> None:
    for run in lake.runs(run_id=health.run_id, step=health.step):
        if run.board == health.board:
            message = f"{health.held_because}; accepted by {health.decided_by} on {health.decided_at:%Y-%m-%d %H:%M} UTC"
            lake.record_run(run.model_copy(update={"status": health.status, "message": message}))
