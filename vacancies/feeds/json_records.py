"""JSON feeds: one object to a line, or one array (at the top, or under a key) that is read as a stream."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import BinaryIO, Final

import ijson

from vacancies.error import RecordInvalid
from vacancies.feeds.layout import LARGEST_RECORD, FeedLayout, FeedRecord

_DEEPEST: Final = 2000  # brackets


def json_lines(stream: BinaryIO, layout: FeedLayout) -> Iterator[FeedRecord]:
    """Read JSON Lines: a record per line that is not empty."""
    for number, line in enumerate(_lines(stream), start=1):
        if line.strip():
            yield _from_line(number, line)


def json_array(stream: BinaryIO, layout: FeedLayout) -> Iterator[FeedRecord]:
    """Read the members of an array; `layout.record` is the dotted way to it, without it the top or the first array of objects.

    `line` is the member's number. What is not JSON ends the reading with a record `broken_json`.
    """
    prefix = "item" if layout.record in (None, "") else f"{layout.record}.item"
    if layout.record is None:
        head = stream.peek(1).lstrip() if hasattr(stream, "peek") else b"["  # the top's kind tells where the records are
        prefix = "item" if head[:1] in (b"[", b"\xef", b"") else _first_array(stream)
    number = 0
    try:
        for number, member in enumerate(ijson.items(_Shallow(stream), prefix, use_float=True), start=1):
            if isinstance(member, dict):
                yield FeedRecord(number, _plain(member))
            else:
                problem = RecordInvalid("not_an_object", f"a JobPosting object was expected, this is a {type(member).__name__}")
                yield FeedRecord(number, {}, problem, json.dumps(member, default=str).encode())
    except (ijson.JSONError, ValueError, RecursionError) as error:
        text = f"not JSON after {number} records, the rest of the feed cannot be read: {error}"
        yield FeedRecord(number + 1, {}, RecordInvalid("broken_json", text[:500]), b"")


class _Shallow:
    """A stream that refuses what is nested without end, on which ijson would take time with the square of the depth."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream

    def read(self, size: int = -1) -> bytes:
        """Give the next bytes; raises ValueError for a stretch that opens far more brackets than it closes."""
        part = self._stream.read(size)
        if part.count(b"[") + part.count(b"{") - part.count(b"]") - part.count(b"}") > _DEEPEST:
            raise ValueError(f"more than {_DEEPEST} brackets within each other")
        return part


def _first_array(stream: BinaryIO) -> str:
    """Find the way to the first array of objects; the stream must be one that can go back."""
    found = "item"
    try:
        for prefix, event, _ in ijson.parse(_Shallow(stream)):
            if event == "start_map" and prefix.endswith("item"):
                found = prefix
                break
    except (ijson.JSONError, ValueError):
        pass  # reading will say so
    stream.seek(0)
    return found


def _plain(member: Mapping[str, object]) -> Mapping[str, object]:
    return {key: float(value) if isinstance(value, Decimal) else value for key, value in member.items()}


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    while line := stream.readline(LARGEST_RECORD + 1):
        yield line
        while len(line) > LARGEST_RECORD and not line.endswith(b"\n"):  # the rest of a record that is too long
            line = stream.readline(LARGEST_RECORD + 1)


def _from_line(number: int, line: bytes) -> FeedRecord:
    problem = None
    if len(line) > LARGEST_RECORD:
        problem = RecordInvalid("too_long", f"the record has {len(line)} bytes or more, allowed are {LARGEST_RECORD}")
        return FeedRecord(number, {}, problem, line)
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return FeedRecord(number, {}, RecordInvalid("broken_json", f"not JSON: {error}"), line)
    if not isinstance(record, dict):
        problem = RecordInvalid("not_an_object", f"a JobPosting object was expected, this is a {type(record).__name__}")
        return FeedRecord(number, {}, problem, line)
    return FeedRecord(number, record, raw=line)
