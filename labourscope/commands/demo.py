"""`demo`: the whole way on the bundled sample boards, with a fixed clock, offline."""

from __future__ import annotations

from collections import Counter
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from typing import Annotated, Final

import typer

from flows.context import Home, StepResult
from flows.local_api import configure_prefect
from labourscope.commands.options import finish
from labourscope.console import ProgressReporter, err, out, print_rows, progress_reporter
from labourscope.error import CommandError
from labourscope.installation import home_of, run_context, sample_register
from labourscope.settings import Settings
from vacancies.lake import Lake

DAYS: Final = {1: datetime(2026, 9, 29, 6, tzinfo=UTC), 2: datetime(2026, 9, 30, 6, tzinfo=UTC)}
_STARTER: Final = "starter:1"


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(demo)


def demo(
    serve: Annotated[bool, typer.Option(help="Serve the API and the dashboard afterwards.")] = True,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the API and the dashboard.")] = 8000,
    boards_port: Annotated[int, typer.Option(min=1024, max=65535, help="Port of the sample boards while they are crawled.")] = 8899,
) -> None:
    """Crawl the sample boards, read, merge, index and release; all on this machine, with a fixed clock."""
    settings = Settings()
    home = home_of(settings)
    lake = Lake.open(home.lake)
    is_first = lake.row_count("postings") == 0
    _check_home(home, lake)
    if serve:
        port = _free_port(port)
    out.print("[bold]Labourscope demo[/]: five sample boards on this machine, read with the starter taxonomy")
    configure_prefect(home.root, errors_are_told=True)
    results: list[StepResult] = []
    with progress_reporter() as reporter:
        for day in (1, 2) if is_first else (2,):
            err.print(f"[bold]Day {day}[/] of the sample boards ({DAYS[day]:%d %B %Y})")
            results = _run_day(day, settings, reporter, boards_port)
    _summarise(lake, results, is_first=is_first)
    _show_what_to_try(settings, port, serving=serve)
    if serve and not any(result.held for result in results):
        _serve(settings, port=port, boards_port=boards_port)
    finish("demo", results, as_json=False)


def _free_port(wanted: int) -> int:
    """Give the port asked for, or a free one where something else listens on it."""
    from labourscope.server import listen

    try:
        with listen("127.0.0.1", wanted) as listening:
            return int(listening.getsockname()[1])
    except CommandError:
        with listen("127.0.0.1", 0) as listening:
            port = int(listening.getsockname()[1])
        err.print(f"port {wanted} is in use; the dashboard and the API will be on port {port}")
        return port


def _serve(settings: Settings, *, port: int, boards_port: int) -> None:
    """Serve dashboard and API, and the sample boards beside them, so that links to advertisements lead somewhere."""
    from crawlers.sample_boards.server import SampleServer
    from labourscope.server import serve_until_stopped

    with SampleServer(2, port=boards_port) as boards, suppress(KeyboardInterrupt):
        serve_until_stopped(
            settings,
            host="127.0.0.1",
            port=port,
            taxonomy=_STARTER,
            register=sample_register(boards.address),
            on_ready=lambda address: out.print(f"Serving on {address} until Ctrl-C."),
        )


def _check_home(home: Home, lake: Lake) -> None:
    """Keep the demo out of a real installation; raises CommandError."""
    boards = lake.dataset("lives").to_table(columns=["board"])["board"].unique().to_pylist()
    own = [board for board in boards if board not in sample_register("").boards]
    if own:
        raise CommandError(
            f"{home.root} holds boards of your own ({', '.join(sorted(own)[:3])}); give the demo a folder of its own: "
            f"LABOURSCOPE_HOME={home.root / 'demo'} labourscope demo"
        )


def _run_day(day: int, settings: Settings, reporter: ProgressReporter, boards_port: int) -> list[StepResult]:
    from crawlers.sample_boards.server import SampleServer
    from flows.way import STEPS, whole_way

    with ExitStack() as stack:
        try:
            server = stack.enter_context(SampleServer(day, port=boards_port))
        except OSError as error:
            raise CommandError(
                f"port {boards_port} for the sample boards is in use ({error.strerror}); choose another with --boards-port"
            ) from error
        register = sample_register(server.address)
        context = run_context(settings, reporter, register=register, taxonomy=_STARTER, clock=DAYS[day])
        return whole_way(context, ("crawl", "enrich", "merge") if day == 1 else tuple(STEPS))


def _summarise(lake: Lake, results: list[StepResult], *, is_first: bool) -> None:
    counts = {result.step: result.counts for result in results}
    crawled = counts.get("crawl", {})
    rows = [
        {"what": "captured answers", "now": crawled.get("captured", 0), "in all": lake.row_count("captures")},
        {"what": "postings parsed", "now": crawled.get("parsed", 0), "in all": lake.row_count("postings")},
        {"what": "postings read", "now": counts.get("enrich", {}).get("read", 0), "in all": sum(n for *_, n in lake.readings())},
        {"what": "vacancies", "now": counts.get("merge", {}).get("new", 0), "in all": lake.row_count("vacancies")},
        {"what": "indexed", "now": counts.get("index", {}).get("indexed", 0), "in all": counts.get("index", {}).get("documents", 0)},
        {"what": "quarantined", "now": _total(counts, "quarantined."), "in all": lake.row_count("quarantine")},
    ]
    print_rows(rows, title="What happened")
    reasons = Counter((record.step, record.board or "–", record.reason) for record in lake.quarantined())
    print_rows(
        [{"step": step, "board": board, "reason": reason, "records": n} for (step, board, reason), n in sorted(reasons.items())],
        title="In quarantine, kept with the record",
        empty="nothing in quarantine",
    )
    changes = sum(crawled.get(name, 0) for name in ("new", "changed", "gone", "reappeared"))
    if not is_first and changes == 0:
        out.print("[green]Nothing changed[/]: the boards are as they were, so nothing was read, merged, indexed or released again.")


def _total(counts: dict[str, dict[str, int]], prefix: str) -> int:
    return sum(number for step in counts.values() for name, number in step.items() if name.startswith(prefix))


def _show_what_to_try(settings: Settings, port: int, *, serving: bool) -> None:
    address = f"http://127.0.0.1:{port}"
    things = {
        "dashboard": f"{address}/dashboard",
        "API": f"curl '{address}/v1/vacancies?text=python&region=DE&facet=skill'",
        "release": str(home_of(settings).releases / "latest"),
    }
    out.print("\n[bold]Three things to try[/]" + ("" if serving else " (after `labourscope serve`)"))
    for name, thing in things.items():
        out.print(f"  {name:<10} {thing}", highlight=False, soft_wrap=True, markup=False)
