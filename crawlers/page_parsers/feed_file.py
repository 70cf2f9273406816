"""Feeds in any form that `vacancies.feeds` reads (CSV, Excel, JSON, XML), with the mapping that the board's row names."""

from __future__ import annotations

import codecs
import re
import tempfile
from collections.abc import Collection, Mapping
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import urlsplit

from crawlers.page_parsers.page_reading import Collected, PageReading
from vacancies.error import FeedInvalid, RecordInvalid
from vacancies.feed_mapping import FeedMapping
from vacancies.feeds.layout import FeedFormat, FeedLayout
from vacancies.feeds.records import read_records
from vacancies.jobposting import draft_from_jobposting
from vacancies.posting_draft import PostingDraft

VERSION: Final = "2"
_PIECE: Final = re.compile(rb"\s*<records>\s*<(?:[\w.-]+:)?([\w.-]+)")


def parse(body: bytes, url: str, *, countries: Collection[str] = (), mapping: FeedMapping | None = None) -> PageReading:
    """Read a feed with its mapping; without one, its records are JobPosting objects.

    Raises RecordInvalid `not_a_feed` for a body that cannot be read as the mapping says.
    """
    found = Collected()
    suffix = "".join(PurePosixPath(urlsplit(url).path).suffixes[-2:])[:20]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"feed{suffix}"
        path.write_bytes(body)
        try:
            for record in read_records(path, _layout(body, mapping)):
                if record.problem is not None:
                    found.reject(record.problem.reason, str(record.problem), dict(record.fields))
                else:
                    found.take(record.fields, partial(_draft, countries=countries, mapping=mapping, found=found))
        except FeedInvalid as error:
            raise RecordInvalid("not_a_feed", str(error).replace(str(path), url)) from error
    return found.reading()


def _layout(body: bytes, mapping: FeedMapping | None) -> FeedLayout | None:
    """Give the layout of a whole feed, or of a piece of one (see `feed_pieces`), whose records are on its top."""
    layout = mapping or FeedLayout()
    if (match := _PIECE.match(body[:1000])) is not None:
        return layout.model_copy(update={"record": match[1].decode(), "encoding": None})
    if layout.record is not None and layout.format in (None, FeedFormat.JSON) and body[:100].lstrip().startswith(b"["):
        return layout.model_copy(update={"record": None})
    if layout.encoding is not None and body.startswith(codecs.BOM_UTF8):
        return layout.model_copy(update={"encoding": "utf-8-sig"})
    return layout


def _draft(fields: Mapping[str, object], *, countries: Collection[str], mapping: FeedMapping | None, found: Collected) -> PostingDraft:
    stated = mapping.apply(fields, found.note_unread) if mapping else dict(fields)
    stated.pop("board", None)  # a feed that is fetched holds the board of its row
    return draft_from_jobposting(stated, countries=countries, on_unread=found.note_unread)
