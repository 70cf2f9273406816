"""Cursors: where the next page of a query starts, bound to the query and to the index generation it was asked of."""

from __future__ import annotations

import base64
import binascii
import hashlib
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from search_api.error import CursorInvalid
from search_api.query import VacancyQuery

_Whole = Annotated[int, Field(ge=-(2**63), lt=2**63)]  # what JSON for Elasticsearch can hold


class Cursor(BaseModel):
    """A place in a query's answer. `position` is how many hits came before, then the engine's own: sort values of the last, or offsets.

    The checksum finds slips, not forgers: engines check what they take from a position.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    engine: str
    generation: Annotated[str, Field(pattern=r"^[0-9a-z-]+$")]
    query: str  # fingerprint of the query, see `fingerprint`
    total: Annotated[int, Field(ge=0)]  # of the whole answer, counted once
    position: tuple[_Whole | float | str, ...]


def fingerprint(query: VacancyQuery) -> str:
    """Name what must stay the same from page to page: text, filter and sort. Limit and facets may change."""
    return hashlib.sha256(query.model_dump_json(include={"text", "filter", "sort"}).encode()).hexdigest()[:16]


def encode_cursor(cursor: Cursor) -> str:
    """Write a cursor as text that is safe in URLs."""
    body = cursor.model_dump_json().encode()
    return base64.urlsafe_b64encode(_checksum(body) + body).decode().rstrip("=")


def decode_cursor(text: str, *, engine: str, query: VacancyQuery) -> Cursor:
    """Read a cursor back; raises CursorInvalid when it is garbled or belongs to another engine or query."""
    try:
        raw = base64.b64decode(text.encode("ascii") + b"=" * (-len(text) % 4), altchars=b"-_", validate=True)
        checksum, body = raw[:8], raw[8:]
        if checksum != _checksum(body):
            raise ValueError("checksum differs")
        cursor = Cursor.model_validate_json(body)
    except (UnicodeEncodeError, binascii.Error, ValidationError, ValueError) as error:
        raise CursorInvalid(f"the cursor {text[:40]!r} is garbled; start again without a cursor") from error
    if cursor.engine != engine or cursor.query != fingerprint(query):
        raise CursorInvalid("the cursor belongs to another query; text, filter and sort must stay the same from page to page")
    return cursor


def position_of(cursor: Cursor | None, parts: int) -> tuple[int, tuple[int | float | str, ...]]:
    """How many hits came before, and the engine's own `parts` of the position; 0 and nothing without a cursor. Raises CursorInvalid."""
    if cursor is None:
        return 0, ()
    shown, own = cursor.position[:1], cursor.position[1:]
    if len(own) != parts or not isinstance(shown[0], int) or not 0 <= shown[0] <= cursor.total:
        raise CursorInvalid("the cursor names no place in this answer; start again without a cursor")
    return shown[0], own


def _checksum(body: bytes) -> bytes:
    return hashlib.sha256(body).digest()[:8]
