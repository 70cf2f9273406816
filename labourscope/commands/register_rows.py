"""`sources add` and `sources check`: writing rows of the source register, and looking at them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Final

import typer

from labourscope.commands.options import Json
from labourscope.console import out, print_json, print_rows
from labourscope.error import CommandError, ExitCode
from labourscope.installation import home_of, own_register_path, register_of, register_path
from labourscope.settings import Settings
from vacancies.forgetting.target import forgotten_boards
from vacancies.lake import Lake
from vacancies.register_check import RowProblem, Weight, check_row
from vacancies.register_editing import add_row, make_row, read_draft
from vacancies.source import Source

_LISTS: Final = {"countries": "--country", "languages": "--language", "credentials": "--credential"}
_REPEATED: Final = "may be given several times"


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command("add")(_with_an_option_per_field())
    app.command()(check)


def _with_an_option_per_field() -> Callable[..., None]:
    """Make the command that takes every field of a row as an option."""

    def add(**options: object) -> None:
        """Add a board's row to the source register, from options or a draft (`sources probe` writes one); options win over the draft."""
        draft, as_json = options.pop("draft"), bool(options.pop("json"))
        values = read_draft(Path(str(draft))) if draft is not None else {}
        values |= dict(_stated(options))
        settings = Settings()
        _refuse_unknown_platform(str(values.get("platform", "")))
        source = make_row({"active_from": (settings.clock or datetime.now(UTC)).date(), **values})
        path = own_register_path(settings)
        text = add_row(path, source)
        if as_json:
            print_json({"register": str(path), "row": source.model_dump(mode="json")})
        else:
            out.print(f"added to {path}:\n{text}", end="", markup=False, highlight=False, soft_wrap=True)
            how = f"ingest FILE --board {source.board} --check" if source.platform == "feed" else f"crawl --board {source.board}"
            out.print(f"try it: labourscope sources check && labourscope {how}", soft_wrap=True)

    keyword = inspect.Parameter.KEYWORD_ONLY
    draft = Annotated[Path | None, typer.Option("--from", help="YAML file with the row, or a part of it.")]
    parameters = [inspect.Parameter("draft", keyword, default=None, annotation=draft)]
    parameters += [inspect.Parameter(name, keyword, default=None, annotation=_option(name)) for name in Source.model_fields]
    parameters.append(inspect.Parameter("json", keyword, default=False, annotation=Json))
    add.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    add.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    return add


def _option(name: str) -> object:
    described = (Source.model_fields[name].description or name).replace("`", "'")
    if name == "credentials":
        described = f"NAME=VARIABLE: {described}"
    if name in _LISTS:
        return Annotated[list[str] | None, typer.Option(_LISTS[name], help=f"{described.rstrip('.')}; {_REPEATED}.")]
    option = f"--{name.replace('_', '-')}"
    if Source.model_fields[name].annotation in (bool, bool | None):
        return Annotated[bool | None, typer.Option(f"{option}/--no-{option[2:]}", help=described, show_default=False)]
    return Annotated[str | None, typer.Option(option, help=described)]


def _stated(options: dict[str, object]) -> Iterator[tuple[str, object]]:
    for name, value in options.items():
        if value in (None, [], ()):
            continue
        if name == "credentials" and isinstance(value, list | tuple):
            pairs = [str(member).partition("=") for member in value]
            if wrong := [pair[0] for pair in pairs if not pair[2]]:
                raise CommandError(f"--credential {wrong[0]}: write NAME=VARIABLE, such as api_key=REED_KEY")
            yield name, {key: variable for key, _, variable in pairs}
        else:
            yield name, list(value) if isinstance(value, list | tuple) else value


def _refuse_unknown_platform(platform: str) -> None:
    from crawlers.registry import platforms

    known = sorted({*platforms(), "feed"})
    if platform and platform not in known:
        raise CommandError(f"platform {platform!r} is not known; known are {', '.join(known)}. `labourscope sources probe URL` tells which")


def check(json: Json = False) -> None:
    """Check the register: platforms, credentials, mappings, hours, dates, forgotten boards, and terms or robots.txt read too long ago.

    Ends with status 1 when a board cannot be collected as its row says.
    """
    settings = Settings()
    register = register_of(settings)
    today = (settings.clock or datetime.now(UTC)).date()
    folder = home_of(settings).lake
    forgotten = forgotten_boards(Lake.open(folder)) if folder.exists() else {}
    problems = [problem for source in register for problem in _problems(source, today, forgotten.get(source.board))]
    if problems or json:
        print_rows([dict(problem._asdict()) | {"weight": problem.weight.value} for problem in problems], as_json=json)
    if any(problem.weight is Weight.WRONG for problem in problems):
        raise typer.Exit(ExitCode.FAILED)
    if not json:
        looks = f"{len(problems)} to look at" if problems else "all well"
        out.print(f"{len(register)} {'row' if len(register) == 1 else 'rows'}, {looks}: {register_path(settings)}")


def _problems(source: Source, today: date, forgotten_at: datetime | None) -> Iterator[RowProblem]:
    from crawlers.registry import platforms

    known = platforms()
    if source.platform not in known and source.platform != "feed":
        text = f"platform {source.platform!r} is not known; known are {', '.join(sorted({*known, 'feed'}))}"
        yield RowProblem(source.board, "platform", Weight.WRONG, text)
    needed = known[source.platform].needed_credentials if source.platform in known else ()
    if source.job_address is not None and not (source.platform in known and known[source.platform].takes_job_address):
        taking = ", ".join(sorted(name for name, spider in known.items() if spider.takes_job_address))
        text = f"platform {source.platform} does not look at it, only {taking} do: take it out, or correct the platform"
        yield RowProblem(source.board, "job_address", Weight.WRONG, text)
    yield from check_row(source, today=today, needed_credentials=needed, forgotten_at=forgotten_at)
