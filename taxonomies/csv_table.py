"""CSV tables of classifications: header checked, columns picked by name, faults told by file and column."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

from taxonomies.error import ImportFailed

_FIELD_LIMIT: Final = 10_000_000  # ESCO's lists of concept schemes hold thousands of URIs in one field


@dataclass(frozen=True)
class CsvTable:
    """A CSV file read into memory; make it with `CsvTable.parse`."""

    name: str
    header: tuple[str, ...]
    text: str
    delimiter: str

    @classmethod
    def parse(cls, name: str, data: bytes) -> CsvTable:
        """Read the header. Raises ImportFailed for an empty file or one that is not UTF-8 text."""
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise ImportFailed(f"{name}: not UTF-8 text (byte {error.start}); save it as UTF-8 CSV") from error
        first = text.split("\n", 1)[0]
        delimiter = max(",;\t", key=first.count)
        header = next(csv.reader(io.StringIO(first), delimiter=delimiter), [])
        if not any(column.strip() for column in header):
            raise ImportFailed(f"{name}: no header line; the first line has to name the columns")
        return cls(name, tuple(column.strip() for column in header), text, delimiter)

    def require(self, columns: Collection[str]) -> None:
        """Raise ImportFailed when one of the columns is not there, naming those that are."""
        missing = [column for column in columns if column not in self.header]
        if missing:
            raise ImportFailed(
                f"{self.name}: column {', '.join(missing)} is missing (columns: {', '.join(self.header)}); "
                "take the file as its publisher offers it, or rename the column"
            )

    def rows(self, *columns: str) -> Iterator[tuple[str, ...]]:
        """The fields of some columns, row by row; a column that is not there and a short row give "".

        Raises ImportFailed, naming the line, where quoting is broken or the file is cut off.
        """
        places = [self.header.index(column) if column in self.header else -1 for column in columns]
        previous_limit = csv.field_size_limit(_FIELD_LIMIT)
        reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.delimiter, strict=True)
        try:
            next(reader)
            for row in reader:
                if row:
                    width = len(row)
                    yield tuple([row[at] if 0 <= at < width else "" for at in places])
        except csv.Error as error:
            raise ImportFailed(f"{self.name}: line {reader.line_num}: {error}; the file is cut off or damaged, fetch it again") from error
        finally:
            csv.field_size_limit(previous_limit)
