"""`quarantine`: what was not taken over, and why."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer

from labourscope.commands.options import Json
from labourscope.console import out, print_json, print_rows
from labourscope.error import CommandError
from labourscope.installation import home_of
from labourscope.settings import Settings
from vacancies.lake import Lake
from vacancies.run import QuarantinedRecord

app = typer.Typer(help="Rejected records: counted by reason, kept with the error and the record as it came.", no_args_is_help=True)


@app.command("list")
def list_records(
    board: Annotated[str | None, typer.Option(help="Only records of this board.")] = None,
    reason: Annotated[str | None, typer.Option(help="Only records rejected for this reason.")] = None,
    each: Annotated[bool, typer.Option("--each", help="A row for every record instead of counts.")] = False,
    json: Json = False,
) -> None:
    """Count rejected records by step, board and reason, or list each."""
    records = [r for r in _records() if board in (None, r.board) and reason in (None, r.reason)]
    if each:
        rows: list[dict[str, object]] = [
            {
                "id": r.quarantine_id,
                "step": r.step,
                "board": r.board,
                "reason": r.reason,
                "last": f"{r.last_at:%Y-%m-%d %H:%M}",
                "error": r.error,
            }
            for r in records
        ]
    else:
        counted = Counter((r.step, r.board or "–", r.reason) for r in records)
        rows = [{"step": step, "board": name, "reason": why, "records": n} for (step, name, why), n in sorted(counted.items())]
    print_rows(rows, as_json=json, empty="nothing in quarantine")


@app.command()
def show(identifier: Annotated[str, typer.Argument(help="The record's id, or its beginning.")], json: Json = False) -> None:
    """Show one rejected record with its error; it is printed as it came, contact data included."""
    found = [record for record in _records() if record.quarantine_id.startswith(identifier)]
    if len(found) != 1:
        raise CommandError(
            f"{len(found)} records in quarantine begin with {identifier!r}; list them with: labourscope quarantine list --each"
        )
    record = found[0]
    if json:
        print_json(record.model_dump(mode="json"))
        return
    print_rows([{name: str(value) for name, value in record.model_dump(exclude={"record"}).items() if value is not None}])
    out.print(record.record, markup=False, highlight=False, soft_wrap=True)


def _records() -> list[QuarantinedRecord]:
    folder = home_of(Settings()).lake
    if not folder.exists():
        raise CommandError(f"there is no lake in {folder.parent} yet; nothing has been collected")
    return sorted(Lake.open(folder).quarantined(), key=lambda record: (record.last_at, record.quarantine_id), reverse=True)
