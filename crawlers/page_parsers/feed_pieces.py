"""A feed of any form as a stream, cut into pieces of its own form that `feed_file` reads one by one.

A piece of CSV begins with the feed's row of names, one of JSON is a list, one of XML `<records>...</records>`. An Excel workbook cannot be
cut: it is one piece.
"""

from __future__ import annotations

import codecs
import io
import itertools
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from crawlers.page_parsers.record_pieces import batches, json_pieces, xml_pieces
from vacancies.error import FeedInvalid, RecordInvalid
from vacancies.feeds.layout import LARGEST_RECORD, FeedFormat, FeedLayout
from vacancies.feeds.opening import encoding_of, format_of
from vacancies.feeds.xml_records import record_name

_HEAD: Final = 1 << 20  # bytes by which a feed is judged
_FIRST_LIST: Final = re.compile(r"\[(?=\s*[{\]])")
_LARGEST_WORKBOOK: Final = 256 << 20
_WIDE: Final = ("utf-16", "utf-32")


def feed_pieces(chunks: Iterable[bytes], layout: FeedLayout | None, *, name: str) -> Iterator[bytes]:
    """Cut a feed; `name` is its file's name, which may tell a table from lines.

    Raises RecordInvalid (`not_a_feed`, `cut_off`, `broken_json`, `broken_xml`, `unexpected_shape`, `too_large`) where it breaks off.
    """
    layout = layout or FeedLayout()
    source = iter(chunks)
    head = b""
    while len(head) < _HEAD and (chunk := next(source, b"")):
        head += chunk
    if not head.strip():
        raise RecordInvalid("not_a_feed", "the feed is empty; a feed without advertisements has at least its row of names or its list")
    stream = itertools.chain((head,), source)
    form = layout.format or format_of(Path(name), head)
    if form is FeedFormat.XLSX:
        yield _whole(stream)
    elif form is FeedFormat.XML:
        yield from xml_pieces(stream, record=layout.record or _record_name(head), recover=True, encoding=layout.encoding)
    elif form is FeedFormat.JSON:
        yield from json_pieces(stream, begin=_list_of(layout.record))
    else:
        encoding = layout.encoding or encoding_of(head)
        lines = _lines(_narrow(stream, encoding), layout.header_row if form is FeedFormat.CSV else 0)
        before = b"".join(itertools.islice(lines, 1)) if form is FeedFormat.CSV else b""
        first = next(lines, b"")  # a table without rows is one piece, so that its names are looked at
        for batch in batches(itertools.chain((first,), lines)):
            yield before + b"".join(batch)


def _whole(chunks: Iterable[bytes]) -> bytes:
    size, kept = 0, []
    for chunk in chunks:
        kept.append(chunk)
        size += len(chunk)
        if size > _LARGEST_WORKBOOK:
            raise RecordInvalid("too_large", f"an Excel workbook of more than {_LARGEST_WORKBOOK} bytes is not read; ask for CSV")
    return b"".join(kept)


def _record_name(head: bytes) -> str:
    try:
        return record_name(io.BytesIO(head))
    except FeedInvalid as error:
        raise RecordInvalid("not_a_feed", str(error)) from error


def _list_of(record: str | None) -> re.Pattern[str]:
    """Make the pattern behind which the list begins: that under the last of the layout's keys, the top, or the first one of objects."""
    if record:
        return re.compile(rf'"{re.escape(record.rpartition(".")[2])}"\s*:\s*\[')
    return _FIRST_LIST if record is None else re.compile(r"\[")


def _narrow(chunks: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """Give a text whose letters take one byte where they are those of ASCII."""
    if not codecs.lookup(encoding).name.startswith(_WIDE):
        yield from chunks
        return
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    yield codecs.BOM_UTF8
    for chunk in chunks:
        yield decoder.decode(chunk).encode()


def _lines(chunks: Iterable[bytes], header_rows: int) -> Iterator[bytes]:
    """Give the rows of names (with what stands above them) as one, then line by line; a line break within quotes ends no row of a table."""
    rows, row = 0, b""
    for line in _ended(chunks):
        row += line
        if header_rows and row.count(b'"') % 2 and len(row) < LARGEST_RECORD:
            continue
        rows += 1
        if rows >= header_rows:
            yield row
            row = b""
    if row:
        yield row


def _ended(chunks: Iterable[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        *lines, rest = (rest + chunk).split(b"\n")
        yield from (line + b"\n" for line in lines)
        if len(rest) > LARGEST_RECORD:
            raise RecordInvalid("too_large", f"the feed has a line of more than {LARGEST_RECORD} bytes")
    if rest:
        yield rest
