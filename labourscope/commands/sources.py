"""`sources`: the register of boards."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, NamedTuple

import typer

from labourscope.commands import platforms, probing, register_rows, source_health
from labourscope.commands.options import Json
from labourscope.console import print_rows
from labourscope.installation import home_of, register_of, register_path
from labourscope.settings import Settings
from vacancies.forgetting.target import forgotten_boards
from vacancies.health.resting import resting_boards
from vacancies.lake import Lake
from vacancies.source import Source

app = typer.Typer(help="The source register: which boards are collected, on what legal basis, at what pace.", no_args_is_help=True)
register_rows.add_to(app)
platforms.add_to(app)
probing.add_to(app)
source_health.add_to(app)


Wide = Annotated[bool, typer.Option("--wide", help="Every field of the rows.")]


class _Standing(NamedTuple):
    """How a board stands today, beside what its row says."""

    active: bool
    forgotten_at: datetime | None
    resting_until: datetime | None

    @property
    def state(self) -> str:
        """The state in words: what keeps the board from being collected, the strongest reason first."""
        if self.forgotten_at is not None:
            return f"forgotten on {self.forgotten_at:%Y-%m-%d}"
        if not self.active:
            return "not active"
        return f"resting until {self.resting_until:%Y-%m-%d %H:%M} UTC" if self.resting_until else "active"

    def fields(self) -> dict[str, object]:
        """Give what `state` is made of, times in ISO form."""
        return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in self._asdict().items()}


@app.command("list")
def list_sources(wide: Wide = False, json: Json = False) -> None:
    """List the boards with their legal basis, state (active, not active, resting, forgotten) and what the lake holds of them.

    `--json` gives every field, as `--wide` does.
    """
    settings = Settings()
    folder = home_of(settings).lake
    lake = Lake.open(folder) if folder.exists() else None
    now = settings.clock or datetime.now(UTC)
    forgotten = forgotten_boards(lake) if lake else {}
    resting = resting_boards(lake, now=now) if lake else {}
    rows = []
    for source in register_of(settings):
        board = source.board
        standing = _Standing(source.active_on(now.date()), forgotten.get(board), resting.get(board))
        held = {"state": standing.state, "delay s": source.delay, "open postings": lake.open_count(board) if lake else 0}
        rows.append(_short(source) | held | (standing.fields() | _rest(source) if wide or json else {}))
    print_rows(rows, title=f"Source register {register_path(settings)}", as_json=json, empty="the register has no rows")


def _short(source: Source) -> dict[str, object]:
    return {
        "board": source.board,
        "name": source.name,
        "platform": source.platform,
        "countries": " ".join(source.countries),
        "languages": " ".join(source.languages),
        "legal basis": source.legal_basis,
    }


def _rest(source: Source) -> dict[str, object]:
    """Give the fields that the short list leaves out; of credentials the variables' names, which are no secrets."""
    named = {"board", "name", "platform", "countries", "languages", "legal_basis", "delay"}
    fields = {name: value for name, value in source.model_dump(mode="json").items() if name not in named}
    credentials = " ".join(f"{name}={variable}" for name, variable in source.credentials.items())
    return fields | {"credentials": credentials or None}
