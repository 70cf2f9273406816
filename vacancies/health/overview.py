"""The health of all boards at one time, as the command line, the API and the dashboard show it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from pydantic import BaseModel, ConfigDict

from vacancies.forgetting.target import forgotten_boards
from vacancies.health.alerts import HISTORY, Alert, find_alerts
from vacancies.health.record import SourceHealth
from vacancies.lake import Lake
from vacancies.source import Source


class BoardHealth(BaseModel):
    """A board's last runs (oldest first, at most 60), and what is not as usual; `name` is the board's own where it has no row.

    A board that was forgotten as a whole has no alerts until that is lifted; figures of its runs stay.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    board: str
    name: str
    runs: tuple[SourceHealth, ...]
    alerts: tuple[Alert, ...]
    forgotten_at: datetime | None = None

    @property
    def last(self) -> SourceHealth | None:
        """The last run; None for a board that was never collected."""
        return self.runs[-1] if self.runs else None

    @property
    def is_grave(self) -> bool:
        """Whether one of the alerts is grave."""
        return any(alert.grave for alert in self.alerts)


def board_healths(lake: Lake | None, sources: Iterable[Source], *, now: datetime, run_id: str | None = None) -> tuple[BoardHealth, ...]:
    """Judge all boards of the register, then those that were collected and have no row any more.

    `run_id` judges the boards of that run as they stood then. The boards in trouble come first.
    """
    by_board: dict[str, list[SourceHealth]] = {}
    for health in lake.health() if lake is not None else ():
        by_board.setdefault(health.board, []).append(health)
    forgotten = forgotten_boards(lake) if lake is not None else {}
    rows = {source.board: source for source in sources}
    boards = [
        _board(board, rows.get(board), by_board.get(board, []), forgotten.get(board), now=now, run_id=run_id, is_first=not by_board)
        for board in dict.fromkeys((*rows, *sorted(by_board)))
    ]
    found = [board for board in boards if board is not None]
    return tuple(sorted(found, key=lambda board: (not board.is_grave, not board.alerts)))


def _board(
    board: str,
    source: Source | None,
    history: Sequence[SourceHealth],
    forgotten_at: datetime | None,
    *,
    now: datetime,
    run_id: str | None,
    is_first: bool,
) -> BoardHealth | None:
    if run_id is not None:
        upto = [number for number, run in enumerate(history, start=1) if run.run_id == run_id]
        if not upto:
            return None
        history = history[: upto[-1]]
        now = history[-1].at
    alerts = () if forgotten_at else find_alerts(history, source, board=board, now=now, are_others_collected=not is_first)
    name = source.name if source else board
    return BoardHealth(board=board, name=name, runs=tuple(history[-HISTORY:]), alerts=alerts, forgotten_at=forgotten_at)
