"""What a mapping file may say of a feed's form, and what a feed turns out to be."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Final, NamedTuple

from pydantic import BaseModel, ConfigDict, Field, field_validator

from vacancies.error import RecordInvalid

LARGEST_RECORD: Final = 32 * 1024 * 1024
"""Bytes of one record; a longer one is quarantined, or ends the reading where its form gives no way to go on."""


class FeedFormat(StrEnum):
    """The forms of feeds."""

    JSON_LINES = "jsonl"
    JSON = "json"
    CSV = "csv"
    XLSX = "xlsx"
    XML = "xml"


class FeedLayout(BaseModel):
    """How a feed is laid out; what is not stated is looked at.

    `record` names the element of one advertisement (XML: its name; JSON: the dotted way to the list). `header_row` counts from 1.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: FeedFormat | None = None
    record: str | None = None
    delimiter: Annotated[str, Field(min_length=1, max_length=1)] | None = None
    encoding: str | None = None
    sheet: str | None = None
    header_row: Annotated[int, Field(ge=1, le=1000)] = 1

    @field_validator("encoding")
    @classmethod
    def _known_encoding(cls, name: str | None) -> str | None:
        try:
            codecs.lookup(name or "utf-8")
        except LookupError:
            raise ValueError(f"{name!r} is no encoding; write one such as utf-8, cp1252 or iso-8859-2") from None
        return name


class FeedRecord(NamedTuple):
    """One record: `line` is its line (or row, or number where the form has no lines), `fields` its columns or paths, or the problem.

    `raw` is the record as it came, as far as its form lets one say so; made on demand from the fields where it is None.
    """

    line: int
    fields: Mapping[str, object]
    problem: RecordInvalid | None = None
    raw: bytes | None = None
