"""`postings`: single postings of the lake."""

from __future__ import annotations

import json as json_text
from datetime import datetime
from typing import Annotated

import typer

from labourscope.commands.options import Json
from labourscope.console import out, print_json, print_rows
from labourscope.error import CommandError
from labourscope.installation import home_of
from labourscope.settings import Settings
from vacancies.lake import Lake
from vacancies.posting import PostingLife
from vacancies.posting_story import PostingStory, story_of

_SHORT = 120  # characters of a value that a table shows

app = typer.Typer(help="Single postings: when they were seen, what changed in them, why they are gone.", no_args_is_help=True)


@app.callback()
def postings() -> None:
    """Single postings: when they were seen, what changed in them, why they are gone."""


@app.command()
def show(
    name: Annotated[str, typer.Argument(help="Id of the posting, its beginning (8 digits at least), or its address.")], json: Json = False
) -> None:
    """Tell the life of a posting: first and last seen, changed fields with their old values, gone and why, and its captures."""
    folder = home_of(Settings()).lake
    if not folder.exists():
        raise CommandError(f"there is no lake in {folder.parent} yet; nothing has been collected")
    story = story_of(Lake.open(folder), name)
    if json:
        print_json(story.model_dump(mode="json"))
        return
    print_rows([_head(story)])
    if story.revisions:
        rows: list[dict[str, object]] = [
            {"changed": _moment(revision.at), "field": change.field, "old": _short(change.old), "new": _short(change.new)}
            for revision in story.revisions
            for change in revision.changes
        ]
        print_rows(rows, title="Changes", empty="versions differ in white space only")
    captures = [
        {
            "captured": _moment(capture.fetched_at),
            "address": capture.url,
            "status": capture.status,
            "bytes": capture.size,
            "kept": capture.sha256 in story.kept_captures,
            "sha256": capture.sha256[:12],
        }
        for capture in story.captures
    ]
    print_rows(captures, title="Captures", empty="no capture of it is kept")
    if not story.captures and story.posting.capture_sha256:
        out.print(f"it was read from {story.posting.capture_sha256}")


def _head(story: PostingStory) -> dict[str, object]:
    posting, life = story.posting, story.life
    shown: dict[str, object] = {"posting": posting.posting_id, "board": posting.board, "title": posting.title, "address": posting.url}
    return shown | (_of_life(life) if life is not None else {"state": "being taken over"}) | {"read by": posting.parser}


def _of_life(life: PostingLife) -> dict[str, object]:
    state = "open" if life.gone_at is None else f"gone {_moment(life.gone_at)}, {life.gone_reason or 'reason not known'}"
    return {
        "first seen": _moment(life.first_seen),
        "last seen": _moment(life.last_seen),
        "versions": life.revisions,
        "last changed": _moment(life.changed_at) if life.changed_at else None,
        "missing in listings": life.missing,
        "state": state,
    }


def _moment(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


def _short(value: object) -> str:
    if value is None:
        return "–"
    text = value if isinstance(value, str) else json_text.dumps(value, ensure_ascii=False)
    text = " ".join(text.split())
    return text if len(text) <= _SHORT else f"{text[:_SHORT]}…"
