"""The command line: `labourscope --help` shows every command; each lives in `labourscope.commands`."""

from __future__ import annotations

import sys
from functools import partial

import typer

from labourscope.commands import (
    bench,
    checks,
    collecting,
    demo,
    docs,
    doctor,
    forgetting,
    postings,
    quarantine,
    reading,
    serving,
    sources,
    taxonomy,
    train,
    way,
)
from labourscope.failing import run_and_explain

app = typer.Typer(
    name="labourscope",
    help="The open labour-market observatory: collect advertisements, read them, merge copies, search, match and publish figures.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    add_completion=False,
)
for commands in (collecting, reading, way, serving, checks, forgetting, demo, doctor, docs):
    commands.add_to(app)
app.add_typer(sources.app, name="sources")
app.add_typer(taxonomy.app, name="taxonomy")
app.add_typer(postings.app, name="postings")
app.add_typer(quarantine.app, name="quarantine")
app.add_typer(bench.app, name="bench")
app.add_typer(train.app, name="train")


def main() -> None:
    """Run the command line; errors become one clear message and an exit code, never a traceback."""
    sys.exit(run_and_explain(partial(app, prog_name="labourscope")))
