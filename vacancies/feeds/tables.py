"""Tables: CSV with any delimiter and encoding, and Excel workbooks, a row per advertisement under a row of names."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO, Final

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from vacancies.error import FeedInvalid, RecordInvalid
from vacancies.feeds.layout import LARGEST_RECORD, FeedLayout, FeedRecord
from vacancies.feeds.opening import encoding_of

_DELIMITERS: Final = (";", "\t", ",", "|")
_SAMPLE: Final = 64 * 1024  # characters


def csv_rows(stream: BinaryIO, layout: FeedLayout, head: bytes) -> Iterator[FeedRecord]:
    """Read CSV; `head` is the feed's beginning, by which encoding and delimiter are told where the layout does not state them.

    A row with more or fewer cells than there are names is a problem `wrong_cell_count`, since values may stand under wrong names.
    Raises FeedInvalid for a header that cannot be used, and where the text is not in its encoding.
    """
    encoding = layout.encoding or encoding_of(head)
    sample = head.decode(encoding, "replace")[:_SAMPLE]
    delimiter = layout.delimiter or delimiter_of(sample, header_row=layout.header_row)
    before = csv.field_size_limit(LARGEST_RECORD)
    try:
        with io.TextIOWrapper(stream, encoding=encoding, newline="") as text:
            yield from _records(csv.reader(text, delimiter=delimiter), layout)
    except UnicodeDecodeError as error:
        raise FeedInvalid(
            f"the feed is not {encoding} throughout ({error.reason}, byte {error.object[error.start]:#x}); "
            "state `encoding` in the mapping, such as cp1252, iso-8859-2 or utf-8"
        ) from error
    except csv.Error as error:
        raise FeedInvalid(f"the feed cannot be read as CSV in {encoding} with {delimiter!r} between cells: {error}") from error
    finally:
        csv.field_size_limit(before)


def delimiter_of(sample: str, *, header_row: int = 1) -> str:
    """Tell the delimiter: the one that stands most often in the row of names, outside of quotes."""
    lines = sample.splitlines()
    header = lines[header_row - 1] if len(lines) >= header_row else ""
    counted = {mark: len(next(csv.reader([header], delimiter=mark), [])) for mark in _DELIMITERS}
    return max(_DELIMITERS, key=lambda mark: counted[mark])


def _records(rows: Iterator[list[str]], layout: FeedLayout) -> Iterator[FeedRecord]:
    for _ in range(layout.header_row - 1):
        next(rows, None)
    names = _names(next(rows, []))
    line = getattr(rows, "line_num", layout.header_row) + 1
    for cells in rows:
        if any(cells):
            problem = None if len(cells) == len(names) else _wrong_count(len(cells), len(names))
            raw = None if problem is None else "\x1f".join(cells).encode("utf-8", "replace")
            yield FeedRecord(line, dict(zip(names, cells, strict=False)), problem, raw)
        line = getattr(rows, "line_num", line) + 1


def _wrong_count(cells: int, names: int) -> RecordInvalid:
    text = f"the row has {cells} cells, the header {names}; is a delimiter, quote or line break within a text not quoted?"
    return RecordInvalid("wrong_cell_count", text)


def _names(header: Sequence[object]) -> list[str]:
    names = [" ".join(str(name).split()) if name is not None else "" for name in header]
    while names and not names[-1]:
        names.pop()
    if not names:
        raise FeedInvalid("the feed has no row of column names; state `header_row` in the mapping (counted from 1)")
    twice = [name for name, count in Counter(names).items() if count > 1 and name]
    if twice:
        raise FeedInvalid(f"column names must differ; twice in the header: {', '.join(twice)}")
    return [name or f"column {number}" for number, name in enumerate(names, start=1)]


def xlsx_rows(path: Path, layout: FeedLayout) -> Iterator[FeedRecord]:
    """Read a sheet of an Excel workbook (the first without `sheet`), row by row; dates as ISO texts, whole numbers without point."""
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, KeyError, ValueError) as error:
        raise FeedInvalid(f"{path} cannot be read as an Excel workbook: {error}") from error
    try:
        if layout.sheet is not None and layout.sheet not in book.sheetnames:
            raise FeedInvalid(f"{path} has no sheet {layout.sheet!r}; it has {', '.join(book.sheetnames)}")
        sheet = book[layout.sheet] if layout.sheet is not None else book.worksheets[0]
        rows = sheet.iter_rows(values_only=True, min_row=layout.header_row)
        names = _names(next(rows, ()))
        for line, cells in enumerate(rows, start=layout.header_row + 1):
            if any(cell not in (None, "") for cell in cells):
                fields = {name: _cell(value) for name, value in zip(names, cells, strict=False) if value is not None}
                yield FeedRecord(line, fields)
    finally:
        book.close()


def _cell(value: object) -> object:
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time().isoformat() == "00:00:00" else value.isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
