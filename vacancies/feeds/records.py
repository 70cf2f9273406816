"""The records of a feed, whatever its form."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from vacancies.feeds.json_records import json_array, json_lines
from vacancies.feeds.layout import FeedFormat, FeedLayout, FeedRecord
from vacancies.feeds.opening import format_of, head_of, opened
from vacancies.feeds.tables import csv_rows, xlsx_rows
from vacancies.feeds.xml_records import xml_records


def read_records(path: Path, layout: FeedLayout | None = None) -> Iterator[FeedRecord]:
    """Read a feed record by record, in flat memory; each says in which line or row it stands.

    Raises FeedInvalid for a file that cannot be read, is damaged, or is not laid out as the layout says.
    """
    layout = layout or FeedLayout()
    head = head_of(path)
    form = layout.format or format_of(path, head)
    if form is FeedFormat.XLSX:
        yield from xlsx_rows(path, layout)
        return
    with opened(path) as stream:
        if form is FeedFormat.CSV:
            yield from csv_rows(stream, layout, head)
        elif form is FeedFormat.XML:
            yield from xml_records(stream, layout)
        elif form is FeedFormat.JSON:
            yield from json_array(stream, layout)
        else:
            yield from json_lines(stream, layout)
