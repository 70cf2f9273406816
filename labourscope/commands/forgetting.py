"""`forget`: erase a posting or a whole board everywhere, and prove it."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from labourscope.commands.options import Json
from labourscope.console import err, out, print_json, print_rows, progress_reporter
from labourscope.error import CommandError, ExitCode
from labourscope.installation import home_of, run_context
from labourscope.settings import Settings
from vacancies.forgetting.erasing import counted
from vacancies.forgetting.target import Forgetting, Target, begun, copies_of, target_of_board, target_of_posting, target_of_url, traces_of
from vacancies.lake import Lake

if TYPE_CHECKING:
    from flows.steps.forget import Forgotten

_MOST_COPIES = 10


def add_to(app: typer.Typer) -> None:
    """Add this command."""
    app.command()(forget)


def forget(
    posting: Annotated[str | None, typer.Option(help="Id of the posting, or its beginning (8 digits at least).")] = None,
    url: Annotated[str | None, typer.Option(help="Address of the posting, or of its page.")] = None,
    board: Annotated[str | None, typer.Option(help="A whole board: all that was ever collected of it.")] = None,
    reason: Annotated[str | None, typer.Option(help="Why, kept with the tombstone; name no person.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before erasing.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be erased.")] = False,
    lift: Annotated[bool, typer.Option("--lift", help="Take the tombstone away: what was forgotten may be collected again.")] = False,
    json: Json = False,
) -> None:
    """Erase a posting or a whole board from lake, captures, history, index, figures and logs, then search every file to prove it.

    Without an option it finishes what was broken off. Ends with 1 when anything still holds a trace.
    """
    wanted = [option for option in (posting, url, board) if option is not None]
    if len(wanted) > 1:
        raise typer.BadParameter("give one of --posting, --url and --board", param_hint="--posting, --url, --board")
    settings = Settings()
    lake = Lake.open(home_of(settings).lake)
    with lake.lock("forgetting"):
        if lift:
            _lift(lake, posting or board)
            return
        unfinished = begun(lake)
        if unfinished is not None:
            err.print(f"finishing the forgetting of {_named(unfinished.target)}, which was broken off", highlight=False)
        elif not wanted:
            raise CommandError("nothing was broken off; name what is to be forgotten: --posting, --url or --board")
        now = settings.clock or datetime.now(UTC)
        forgetting = unfinished or _planned(lake, posting=posting, url=url, board=board, at=now, reason=reason)
        if dry_run or not (yes or unfinished):
            plan = counted(lake, forgetting.target, forgetting.traces)
            _tell(lake, forgetting, plan, as_json=json and dry_run)
        if dry_run:
            return
        if not (yes or unfinished) and not _agreed():
            raise typer.Abort
        from flows.steps.forget import forget as forget_everywhere

        with progress_reporter(quiet=json) as reporter:
            done = forget_everywhere(run_context(settings, reporter), lake, forgetting)
    _show(forgetting, done, as_json=json)
    if done.hits:
        raise typer.Exit(ExitCode.FAILED)
    if unfinished is not None and wanted:
        out.print("what was broken off is finished; call the command again for what you have named now")


def _planned(lake: Lake, *, posting: str | None, url: str | None, board: str | None, at: datetime, reason: str | None) -> Forgetting:
    if posting is not None:
        target = target_of_posting(lake, posting, at=at, reason=reason)
    elif url is not None:
        target = target_of_url(lake, url, at=at, reason=reason)
    else:
        target = target_of_board(lake, board or "", at=at, reason=reason)
    return Forgetting(target=target, traces=traces_of(lake, target))


def _lift(lake: Lake, key: str | None) -> None:
    if key is None:
        raise CommandError("say whose tombstone is to go: --lift with --posting ID or --board BOARD")
    keys = [stone.key for stone in lake.tombstones() if stone.key == key]
    if not keys:
        raise CommandError(f"{key!r} has no tombstone; nothing of that name was forgotten")
    lake.unbury(keys)
    out.print(f"{key} may be collected again")


def _named(target: Target) -> str:
    return f"the board {target.board}" if target.board else ", ".join(target.posting_ids)


def _tell(lake: Lake, forgetting: Forgetting, plan: dict[str, int], *, as_json: bool) -> None:
    target, copies = forgetting.target, copies_of(lake, forgetting.target)
    traces = {name: len(getattr(forgetting.traces, name)) for name in type(forgetting.traces).model_fields}
    if as_json:
        print_json({"target": target.model_dump(mode="json"), "erased": plan, "copies": copies, "looked_for": traces})
        return
    out.print(f"Forgetting {_named(target)} would erase", style="bold", highlight=False, soft_wrap=True)
    print_rows([{"in": name, "erased": count} for name, count in plan.items()])
    out.print("looked for afterwards: " + ", ".join(f"{count} {name.replace('_', ' ')}" for name, count in traces.items() if count))
    if copies:
        shown = ", ".join(copies[:_MOST_COPIES])
        out.print(f"{len(copies)} copies of it stay, which say much the same: {shown}; forget them too if they have to go")


def _agreed() -> bool:
    if not sys.stdin.isatty():
        raise CommandError("erasing cannot be undone, and nobody is here to ask: repeat with --yes")
    return typer.confirm("Erase it? This cannot be undone", err=True)


def _show(forgetting: Forgetting, done: Forgotten, *, as_json: bool) -> None:
    if as_json:
        print_json(
            {
                "posting_ids": forgetting.target.posting_ids,
                "board": forgetting.target.board,
                "erased": done.result.counts,
                "searched": [part._asdict() for part in done.searched],
                "hits": done.hits,
                "withdrawn_releases": done.withdrawn_releases,
            }
        )
        return
    print_rows([{"searched": part.part, "files": part.files, "hits": part.hits} for part in done.searched], title="Searched afterwards")
    for part in done.searched:
        for where in part.where:
            out.print(f"  still there: {where}", markup=False, highlight=False, soft_wrap=True)
    taken_back = ", ".join(done.withdrawn_releases)
    out.print(f"releases taken back: {taken_back}" if taken_back else "releases are made of counts and hold nothing of it: all stay")
    out.print("proven: nothing is left" if not done.hits else "not done: remove what is named above, then call `labourscope forget` again")
