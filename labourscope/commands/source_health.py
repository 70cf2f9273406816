"""`sources health` and `sources accept`: how the boards are, and a person's word on a crawl that is kept apart."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated

import typer

from labourscope.commands.options import Json
from labourscope.console import out, print_json, print_rows
from labourscope.error import CommandError, ExitCode
from labourscope.installation import home_of, register_of
from labourscope.settings import Settings
from vacancies.error import UnknownSource
from vacancies.health.accepting import accept_held
from vacancies.health.alerts import Alert
from vacancies.health.overview import BoardHealth, board_healths
from vacancies.health.person import this_person
from vacancies.lake import Lake


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(health)
    app.command()(accept)


def health(
    board: Annotated[str | None, typer.Option(help="Only this board, with the fill rate of every field.")] = None,
    run: Annotated[str | None, typer.Option(help="The boards of this run, as they stood then.")] = None,
    json: Json = False,
) -> None:
    """Show how the boards are: their last collection and what is not as usual; ends with status 1 when an alert is grave."""
    settings = Settings()
    folder = home_of(settings).lake
    lake = Lake.open(folder) if folder.exists() else None
    boards = board_healths(lake, register_of(settings), now=settings.clock or datetime.now(UTC), run_id=run)
    if run is not None and not boards:
        raise CommandError(f"no board was collected by a run {run!r}; `labourscope sources health --json` names the runs")
    if board is not None:
        boards = _only(board, boards)
    if json:
        print_json([found.model_dump(mode="json") for found in boards])
    else:
        print_rows([_row(found) for found in boards], title="Health of the boards", empty="the register has no rows")
        if board is not None:
            print_rows(_last_run(boards[0]), title=f"Last run of {board}", empty="never collected")
            print_rows(_fields(boards[0]), title=f"Fields of {board}, last run", empty="no postings were read")
        alerts = [_shown(alert) for found in boards for alert in found.alerts]
        print_rows(alerts, title="Alerts", empty="all as usual" if any(found.runs for found in boards) else "nothing was collected yet")
    if any(found.is_grave for found in boards):
        raise typer.Exit(ExitCode.FAILED)


def accept(
    board: Annotated[str, typer.Argument(help="Board of which a crawl is kept apart.")],
    by: Annotated[str | None, typer.Option(help="Who says so (default: the user of this computer).")] = None,
    note: Annotated[str | None, typer.Option(help="Why; shown with the board's health.")] = None,
    json: Json = False,
) -> None:
    """Take over a crawl that its gate keeps apart: its postings count, and those that it does not list are gone."""
    settings = Settings()
    source = register_of(settings).get(board)
    lake = Lake.open(home_of(settings).lake)
    with lake.lock(f"accepting {board}"):
        done = accept_held(lake, source, by=by or this_person(), at=datetime.now(UTC), note=note)
    if json:
        print_json(done.model_dump(mode="json"))
    else:
        counts = f"{done.new} new, {done.changed} changed, {done.gone} gone, {done.missing} missing"
        out.print(f"{board}: run {done.run_id} is taken over: {counts}")
        out.print("go on with: labourscope enrich && labourscope merge && labourscope index")


def _only(board: str, boards: tuple[BoardHealth, ...]) -> tuple[BoardHealth, ...]:
    found = tuple(each for each in boards if each.board == board)
    if not found:
        known = ", ".join(each.board for each in boards)
        raise UnknownSource(f"board {board!r} has no row in the source register and was never collected; known: {known}")
    return found


def _row(found: BoardHealth) -> dict[str, object]:
    last = found.last
    return {
        "board": found.board,
        "last": f"{last.at:%Y-%m-%d %H:%M}" if last else None,
        "status": "forgotten" if found.forgotten_at else last.status.value if last else "never",
        "postings": last.postings if last else 0,
        "new": last.new if last else 0,
        "gone": last.gone if last else 0,
        "alerts": _kinds(found),
    }


def _last_run(found: BoardHealth) -> list[dict[str, object]]:
    last = found.last
    if last is None:
        return []
    word = f"{last.decision.value} by {last.decided_by}, {last.decided_at:%Y-%m-%d %H:%M}" if last.decision else None
    return [
        {
            "run": last.run_id,
            "message": last.message,
            "doubt": last.held_because,
            "word": f"{word}: {last.decision_note}" if word and last.decision_note else word,
            "requests": last.requests,
            "answers": _counted(last.statuses),
            "bytes": last.bytes,
            "seconds": round(last.seconds, 1),
            "seconds to an answer": last.latency,
            "postings": last.postings,
            **{name: getattr(last, name) for name in ("new", "changed", "unchanged", "reappeared", "gone", "missing")},
            "rejected": _counted(last.quarantined),
            "errors": _counted(last.errors),
            "days old at first sight": last.age_days,
        }
    ]


def _counted(counts: dict[str, int]) -> str | None:
    return ", ".join(f"{name}: {number}" for name, number in counts.items()) or None


def _kinds(found: BoardHealth) -> str:
    return " ".join(alert.kind.value + ("!" if alert.grave else "") for alert in found.alerts) or "none"


def _fields(found: BoardHealth) -> list[dict[str, object]]:
    last = next((run for run in reversed(found.runs) if run.postings), None)
    if last is None:
        return []
    before = next((run for run in reversed(found.runs) if run.postings and run.at < last.at), None)
    return [
        {
            "field": field,
            "stated": number,
            "share": f"{number / last.postings:.0%}",
            "before": f"{before.filled.get(field, 0) / before.postings:.0%}" if before else None,
            "not readable": last.unread.get(field, 0),
        }
        for field, number in last.filled.items()
    ]


def _shown(alert: Alert) -> dict[str, object]:
    return {
        "board": alert.board,
        "alert": alert.kind.value,
        "grave": alert.grave,
        "usual": f"{alert.usual} (over {alert.runs} runs)" if alert.runs else alert.usual,
        "now": alert.now,
        "since": f"{alert.since:%Y-%m-%d %H:%M}",
        "what to do": alert.to_do,
    }
