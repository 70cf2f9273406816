"""A very large feed as a stream, cut into pieces of whole records, each of which is an answer of the feed's own form.

So the pieces can be kept, and read by the platform's parser, one by one, now or later. Where a piece ends depends on its last record
only, not on how many came before: after a small change of the feed most pieces are the same bytes as before, and are kept once.
"""

from __future__ import annotations

import codecs
import json
import re
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, Final, Protocol

from lxml import etree

from crawlers.page_parsers.xml_slips import why_entries_may_be_missing
from vacancies.error import RecordInvalid

_ONE_IN: Final = 128  # records that end a piece, by their checksum
_LARGEST_PIECE: Final = 1 << 20  # bytes; read, its postings take some thirty times as much
_LARGEST_RECORD: Final = 16 << 20
_BETWEEN: Final = re.compile(r"[\s,]*")
_DECODER: Final = json.JSONDecoder()


class Cutter(Protocol):
    """Makes pieces of a stream."""

    def __call__(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        """Give the pieces; raises RecordInvalid (`cut_off`, `broken_json`, `broken_xml`, `unexpected_shape`) where the feed breaks off."""
        ...


def json_pieces(chunks: Iterable[bytes], *, key: str | None = None, begin: re.Pattern[str] | None = None) -> Iterator[bytes]:
    """Cut JSON: the list under a key of one object, a list, or (without a key) one object per line.

    With `begin`, the list behind the first match of a pattern, given as plain lists.
    """
    records = _json_records(chunks, key, begin)
    first = next(records, None)
    is_lines = first == ""
    before, after = ("", "") if is_lines else (f'{{"{key}":[' if key else "[", "]}" if key else "]")
    joint = "\n" if is_lines else ","
    for batch in batches(record.encode() for record in records):
        yield before.encode() + joint.encode().join(batch) + after.encode()


def xml_pieces(
    chunks: Iterable[bytes], *, record: str, recover: bool = False, roots: Collection[str] = (), encoding: str | None = None
) -> Iterator[bytes]:
    """Cut XML into pieces `<records>...</records>` with the elements of a local name, wherever they stand.

    With `recover`, slips within texts (a bare &, &nbsp;) are read over. `roots` are the local names that a feed without records may begin
    with, `encoding` stands above what the feed declares.
    """
    options = {"recover": recover, "encoding": encoding}
    for batch in batches(_xml_records(chunks, record, frozenset(roots), options)):
        yield b"<records>" + b"\n".join(batch) + b"</records>"


def batches(records: Iterable[bytes]) -> Iterator[list[bytes]]:
    """Gather records into pieces; those before a place where the feed breaks off are given too."""
    batch: list[bytes] = []
    size = 0
    try:
        for record in records:
            batch.append(record)
            size += len(record)
            if zlib.crc32(record) % _ONE_IN == 0 or size >= _LARGEST_PIECE:
                yield batch
                batch, size = [], 0
    except RecordInvalid:
        if batch:
            yield batch
        raise
    if batch:
        yield batch


def _json_records(chunks: Iterable[bytes], key: str | None, begin: re.Pattern[str] | None) -> Iterator[str]:
    """Yield what is known of the form ("" for lines, else "["), then the records' texts."""
    source = _Text(chunks)
    source.skip(_BETWEEN)
    if key is None and begin is None and source.text.startswith("{", source.at):
        yield ""
        while source.at < len(source.text) or source.more():
            yield source.record()
            source.skip(_BETWEEN)
        return
    source.find(begin or re.compile(rf'"{re.escape(key)}"\s*:\s*\[' if key else r"\["))
    yield "["
    while True:
        source.skip(_BETWEEN)
        if source.text.startswith("]", source.at):
            return
        if source.at >= len(source.text):
            raise RecordInvalid("cut_off", "the feed ends within its list of records")
        yield source.record()


class _Text:
    """The part of the stream's text that is looked at; what was read is dropped."""

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self.text, self.at = "", 0
        self._chunks = iter(chunks)
        self._decode = codecs.getincrementaldecoder("utf-8-sig")("replace").decode

    def more(self) -> bool:
        chunk = next(self._chunks, None)
        if chunk is None:
            return False
        self.text, self.at = self.text[self.at :] + self._decode(chunk), 0
        return True

    def skip(self, pattern: re.Pattern[str]) -> None:
        while True:
            match = pattern.match(self.text, self.at)
            self.at = match.end() if match else self.at
            if self.at < len(self.text) or not self.more():
                return

    def find(self, pattern: re.Pattern[str]) -> None:
        while (match := pattern.search(self.text, self.at)) is None:
            if len(self.text) > _LARGEST_RECORD or not self.more():
                raise RecordInvalid("unexpected_shape", f"the feed does not begin with {pattern.pattern}")
        self.at = match.end()

    def record(self) -> str:
        while True:
            try:
                _, end = _DECODER.raw_decode(self.text, self.at)
            except (ValueError, RecursionError) as error:
                if len(self.text) - self.at > _LARGEST_RECORD:
                    raise RecordInvalid("broken_json", f"a record of the feed is not JSON: {error}") from error
                if not self.more():
                    raise RecordInvalid("cut_off", f"the feed ends within a record, or the record is not JSON: {error}") from error
            else:
                begin, self.at = self.at, end
                return self.text[begin:end]


def _xml_records(chunks: Iterable[bytes], record: str, roots: frozenset[str], options: Mapping[str, Any]) -> Iterator[bytes]:
    parser = etree.XMLPullParser(events=("end",), tag=f"{{*}}{record}", resolve_entities=False, no_network=True, huge_tree=True, **options)
    number = 0
    try:
        for chunk in chunks:
            parser.feed(chunk)
            for found in _finished(parser):
                number += 1
                yield found
        root = parser.close()
    except etree.XMLSyntaxError as error:
        reason = "cut_off" if "Premature end" in str(error) or "not found" in str(error) else "broken_xml"
        raise RecordInvalid(reason, f"the feed cannot be read to its end: {error}") from error
    gap = why_entries_may_be_missing(parser.feed_error_log)
    for found in _finished(parser) if gap is None else ():  # else they ended where the feed broke off
        number += 1
        yield found
    if roots and not number and (root is None or etree.QName(root).localname.casefold() not in roots):
        raise RecordInvalid(
            "unexpected_shape", f"expected XML with the root {' or '.join(sorted(roots))}, or {record} elements; found neither"
        )
    if gap:
        raise RecordInvalid("cut_off", gap)


def _finished(parser: etree.XMLPullParser) -> Iterator[bytes]:
    for _, element in parser.read_events():
        if not isinstance(element, etree._Element):
            continue
        if next(element.iterancestors(f"{{*}}{etree.QName(element).localname}"), None) is not None:
            continue  # a part of a record that bears the record's name
        yield etree.tostring(element, with_tail=False)
        element.clear()
        parent = element.getparent()
        while parent is not None and parent[0] is not element:  # what was read takes no memory
            del parent[0]
