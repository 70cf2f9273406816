"""`enrich`, `merge` and `read`: from texts to skills, from postings to vacancies."""

from __future__ import annotations

import json as json_module
import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from labourscope.commands.options import Json, TaxonomyName, run_steps
from labourscope.console import out, print_json
from labourscope.error import CommandError
from labourscope.installation import sentence_model_of, taxonomy_store
from labourscope.settings import Settings
from vacancies.jobposting import draft_from_jobposting
from vacancies.posting import Posting
from vacancies.posting_draft import PostingDraft, draft_to_posting

_LONGEST_TITLE: Final = 90  # characters of a first line that is taken for the title


def add_to(app: typer.Typer) -> None:
    """Add these commands."""
    app.command()(enrich)
    app.command()(merge)
    app.command()(read)


def enrich(
    again: Annotated[bool, typer.Option("--again", help="Read everything again: labels or regions were imported since.")] = False,
    taxonomy: TaxonomyName = None,
    json: Json = False,
) -> None:
    """Read every posting that this pipeline and taxonomy have not read yet."""
    from flows import steps

    run_steps([steps.enrich_again if again else steps.enrich], as_json=json, taxonomy=taxonomy)


def merge(taxonomy: TaxonomyName = None, json: Json = False) -> None:
    """Put copies together into vacancies."""
    from flows import steps

    run_steps([steps.merge], as_json=json, taxonomy=taxonomy)


def read(
    file: Annotated[str, typer.Argument(help="One advertisement: text, HTML or a JobPosting as JSON; - reads standard input.")],
    lang: Annotated[str | None, typer.Option(help="Its language, where it should not be guessed.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write a page that shows the advertisement with what was read in it.")] = None,
    taxonomy: TaxonomyName = None,
    json: Json = False,
) -> None:
    """Read one advertisement and explain each value: what, where in the text, and why."""
    from labourscope.reading_view import show
    from nlp.explain import explain
    from nlp.pipeline import build_pipeline
    from taxonomies.regions import Regions

    store = taxonomy_store(Settings())
    opened, regions = store.open(taxonomy or Settings().taxonomy), Regions.open(store)
    posting = advertisement_from(_source(file), language=lang)
    explanation = explain(
        build_pipeline(opened, regions, sentence_model=sentence_model_of(Settings())),
        posting,
        taxonomy=opened,
        regions=regions,
        language=lang or posting.language or "en",
    )
    if html is not None:
        html.write_text(explanation.to_html(), encoding="utf-8")
    if json:
        print_json(explanation.model_dump(mode="json"))
        return
    show(explanation)
    if html is not None:
        out.print(f"page: {html}")


def advertisement_from(source: str, *, language: str | None) -> Posting:
    """Make a posting of a JobPosting as JSON, of HTML or of plain text; `language` wins over what it declares."""
    try:
        source.encode("utf-8")
    except UnicodeEncodeError as error:  # standard input hands bytes that are no UTF-8 on as halves of characters
        raise CommandError(f"the text is no whole Unicode ({error}); is it UTF-8? convert it first, for example with iconv") from error
    if source.lstrip().startswith("{"):
        try:
            record = json_module.loads(source)
        except ValueError as error:
            raise CommandError(f"this begins like JSON but is not: {error}") from error
        draft = draft_from_jobposting(record)
    else:
        title, _, rest = source.lstrip().partition("\n")
        is_title = 0 < len(title.strip()) <= _LONGEST_TITLE and rest.strip() and not title.strip().endswith((".", ":", "!"))
        draft = PostingDraft(title=title if is_title else None, description=source)
    if language is not None:
        draft = draft.model_copy(update={"language": language})
    return draft_to_posting(draft, board="none", parser="read/1")


def _source(file: str) -> str:
    if file != "-" and Path(file).is_dir():
        raise CommandError(f"{file} is a folder; `read` takes one advertisement, `ingest` takes files of many")
    try:
        return sys.stdin.read() if file == "-" else Path(file).read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise CommandError(f"there is no file {file}; give the path of an advertisement, or - for standard input") from error
    except UnicodeDecodeError as error:
        name = "standard input" if file == "-" else file
        raise CommandError(f"{name} is not UTF-8 text ({error}); convert it first, for example with iconv") from error
