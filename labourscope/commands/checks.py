"""`evaluate`: accuracy on labelled files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from labourscope.commands.options import Json
from labourscope.console import print_json, print_rows


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    evaluate = typer.Typer(help="Measure accuracy on labelled files.", no_args_is_help=True)
    evaluate.command("merging")(merging)
    app.add_typer(evaluate, name="evaluate")


def merging(
    data: Annotated[Path, typer.Option("--data", help="Labelled pairs, JSON Lines (gzip too): a, b, label.")], json: Json = False
) -> None:
    """Measure merging: of pairs labelled as the same vacancy, how many are linked, and how many links are wrong."""
    from vacancies.merging.evaluation import evaluate_pairs

    result = evaluate_pairs(data)
    if json:
        print_json(result.model_dump(mode="json"))
        return
    print_rows([{"n": result.n, "precision": result.precision, "recall": result.recall, "f1": result.f1, "left out": result.left_out}])
    print_rows([{"label": label, "pairs": row.n, "linked": row.linked} for label, row in result.by_label.items()])
