"""`enrich`, `merge` and `read`: from texts to skills, from postings to vacancies."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from flows import steps
from labourscope.commands.options import Json, TaxonomyName, run_steps
from labourscope.console import out, print_json
from labourscope.error import CommandError
from labourscope.installation import taxonomy_store
from labourscope.settings import Settings


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(enrich)
    app.command()(merge)
    app.command()(read)


def enrich(taxonomy: TaxonomyName = None, json: Json = False) -> None:
    """Read every posting that this pipeline and taxonomy have not read yet."""
    run_steps([steps.enrich], as_json=json, taxonomy=taxonomy)


def merge(taxonomy: TaxonomyName = None, json: Json = False) -> None:
    """Put copies together into vacancies."""
    run_steps([steps.merge], as_json=json, taxonomy=taxonomy)


def read(
    file: Annotated[str, typer.Argument(help="One advertisement: text, HTML or a JobPosting as JSON; - reads standard input.")],
    lang: Annotated[str | None, typer.Option(help="Its language, where it should not be guessed.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write a page that shows the advertisement with what was read in it.")] = None,
    taxonomy: TaxonomyName = None,
    json: Json = False,
) -> None:
    """Read one advertisement and explain each value: what, where in the text, and why."""
    from nlp.explain import explain_advertisement

    from taxonomies.regions import Regions

    store = taxonomy_store(Settings())
    opened = store.open(taxonomy or Settings().taxonomy)
    explanation = explain_advertisement(_source(file), taxonomy=opened, regions=Regions.open(store), language=lang)
    if html is not None:
        html.write_text(explanation.to_html(), encoding="utf-8")
    if json:
        print_json(explanation.model_dump(mode="json"))
    else:
        out.print(explanation.to_text(), highlight=False, markup=False)
        if html is not None:
            out.print(f"page: {html}")


def _source(file: str) -> str:
    if file == "-":
        return sys.stdin.read()
    try:
        return Path(file).read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise CommandError(f"{file} is not UTF-8 text ({error}); convert it first, for example with iconv") from error
