"""The story of a posting: seen, changed (which fields, from what), gone and why, and the captures that tell so."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Final

import pyarrow.dataset as ds
from pydantic import BaseModel, ConfigDict

from vacancies.error import UnknownPosting
from vacancies.identity import canonical_url
from vacancies.lake import Lake
from vacancies.lake.arrow_schema import from_batches
from vacancies.posting import Capture, Posting, PostingLife

_SHORTEST_NAME: Final = 8  # digits of an id
_ID_DIGITS: Final = re.compile(r"[0-9a-f]+$")
_NOT_COMPARED: Final = {"posting_id", "board", "content_hash", "capture_sha256", "blocks"}


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PastPosting(Posting):
    """A version that was replaced at `replaced_at`."""

    replaced_at: datetime


class FieldChange(_Frozen):
    """A field with its old and its new value, as JSON writes them; None: not stated."""

    field: str
    old: object
    new: object


class Revision(_Frozen):
    """What changed when a version was replaced."""

    at: datetime
    changes: tuple[FieldChange, ...]


class PostingStory(_Frozen):
    """All that the lake knows of a posting's life; `captures` are those it was read from, and all of its address, oldest first.

    `kept_captures` names the sha256 of those whose bodies are still there.
    """

    posting: Posting
    life: PostingLife | None
    revisions: tuple[Revision, ...]
    captures: tuple[Capture, ...]
    kept_captures: tuple[str, ...]


def story_of(lake: Lake, name: str) -> PostingStory:
    """Tell the story of the posting with this id (or its beginning, 8 digits at least) or address; raises UnknownPosting."""
    posting = _find(lake, name)
    own = ds.field("posting_id") == posting.posting_id
    past = sorted(
        from_batches(lake.dataset("posting_history").to_batches(filter=own), PastPosting), key=lambda version: version.replaced_at
    )
    life = next(from_batches(lake.dataset("lives").to_batches(filter=own), PostingLife), None)
    versions: list[Posting] = [*past, posting]
    captures = tuple(_captures_of(lake, versions))
    return PostingStory(
        posting=posting,
        life=life,
        revisions=tuple(Revision(at=old.replaced_at, changes=changes(old, new)) for old, new in zip(past, versions[1:], strict=True)),
        captures=captures,
        kept_captures=tuple(dict.fromkeys(capture.sha256 for capture in captures if capture.sha256 in lake.bodies)),
    )


def changes(old: Posting, new: Posting) -> tuple[FieldChange, ...]:
    """Name the fields in which two versions differ, what follows from others left out."""
    before, after = (version.model_dump(mode="json", include=set(Posting.model_fields) - _NOT_COMPARED) for version in (old, new))
    return tuple(FieldChange(field=name, old=before[name], new=after[name]) for name in before if before[name] != after[name])


def _find(lake: Lake, name: str) -> Posting:
    table = lake.dataset("postings").to_table(columns=["posting_id", "url"]).to_pylist()
    if "://" in name:
        wanted = canonical_url(name)
        found = [row["posting_id"] for row in table if row["url"] and canonical_url(row["url"]) == wanted]
    else:
        found = [row["posting_id"] for row in table if len(name) >= _SHORTEST_NAME and row["posting_id"].startswith(name)]
    if len(found) != 1:
        raise UnknownPosting(_why_not_one(name, found))
    return next(lake.postings(posting_ids=found))


def _why_not_one(name: str, found: list[str]) -> str:
    """Say why a name is not that of one posting, and the mend that fits it."""
    if found:
        return f"{len(found)} postings of the lake are named {name!r}: {', '.join(sorted(found)[:5])}; name one by its id"
    if "://" in name:
        return f"no posting of the lake has the address {name!r}; write it as the board does, and see that its board was crawled"
    if not _ID_DIGITS.match(name):
        return f"{name!r} is no id, which has the digits 0 to 9 and a to f only; give the advertisement's address, with https://, or its id"
    if len(name) < _SHORTEST_NAME:
        return f"{name!r} is too short; give {_SHORTEST_NAME} digits of the id at least, or the advertisement's address"
    return f"no posting of the lake has an id that begins with {name!r}; correct it, or give the advertisement's address"


def _captures_of(lake: Lake, versions: Iterable[Posting]) -> list[Capture]:
    versions = list(versions)
    digests = {version.capture_sha256 for version in versions if version.capture_sha256}
    addresses = {canonical_url(version.url) for version in versions if version.url}
    return [
        capture
        for capture in lake.captures(board=versions[0].board)
        if capture.sha256 in digests or canonical_url(capture.url) in addresses
    ]
