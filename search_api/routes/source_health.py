"""How the boards are: their last collections, and what is not as usual, as JSON and as CSV."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import Final

from fastapi import APIRouter, Response

from search_api.answer import Answer, Meta, meta_of
from search_api.context import ApiContext, Context
from search_api.demand_csv import harmless
from vacancies.health.overview import BoardHealth, board_healths
from vacancies.health.record import SourceHealth
from vacancies.health.stated_fields import FIELDS
from vacancies.lake import Lake

router = APIRouter(prefix="/v1/sources", tags=["sources"])
_COLUMNS: Final = (
    "board", "run_id", "step", "status", "at", "seconds", "requests", "bytes", "latency", "pages", "pages_without", "postings", "kept",
    "open_before", "new", "changed", "unchanged", "reappeared", "gone", "missing", "dated", "age_days",
)  # fmt: skip
_GROUPS: Final = ("statuses", "quarantined", "errors", "unread")


class SourcesHealth(Answer):
    """All boards, those in trouble first."""

    meta: Meta
    boards: tuple[BoardHealth, ...]


@router.get("/health", summary="Health of the boards: their last collections, and alerts where something is not as usual")
def sources_health(context: Context) -> SourcesHealth:
    """Each board: its last runs with counts, fill rates and freshness, and its alerts."""
    return SourcesHealth(meta=meta_of(context), boards=healths_of(context))


@router.get(
    "/health.csv",
    response_class=Response,
    responses={200: {"content": {"text/csv": {}}}},
    summary="Collections of the boards as a CSV file: counts, fill rates, alerts of today",
)
def sources_health_csv(context: Context) -> Response:
    """A row for each run of each board, the newest first; alerts stand in the newest row of a board."""
    headers = {"Content-Disposition": 'attachment; filename="board_health.csv"'}
    return Response(health_csv(healths_of(context)), media_type="text/csv; charset=utf-8", headers=headers)


def healths_of(context: ApiContext) -> tuple[BoardHealth, ...]:
    """Judge all boards as they stand now."""
    lake = Lake.open(context.lake_root) if (context.lake_root / "format.json").is_file() else None
    return board_healths(lake, context.sources.values(), now=datetime.now(UTC))


def health_csv(boards: tuple[BoardHealth, ...]) -> str:
    """Write every run of every board."""
    out = io.StringIO()
    writer = csv.writer(out)
    decided = ("held_because", "decision", "decided_by", "decided_at", "decision_note")
    writer.writerow((*_COLUMNS, *_GROUPS, *(f"share_{field}" for field in FIELDS), *decided, "alerts"))
    for board in boards:
        alerts = "; ".join(f"{alert.kind.value}: {alert.now}" for alert in board.alerts)
        for run in reversed(board.runs):
            writer.writerow([harmless(str(value)) for value in (*_row(run), *(_text(getattr(run, name)) for name in decided), alerts)])
            alerts = ""
    return out.getvalue()


def _row(run: SourceHealth) -> list[str]:
    plain = [_text(getattr(run, name)) for name in _COLUMNS]
    groups = [" ".join(f"{key}:{number}" for key, number in getattr(run, name).items()) for name in _GROUPS]
    shares = [f"{run.filled.get(field, 0) / run.postings:.4f}" if run.postings else "" for field in FIELDS]
    return [*plain, *groups, *shares]


def _text(value: object) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, datetime) else str(value)
