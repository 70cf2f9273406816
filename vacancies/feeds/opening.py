"""Opening a feed: unpacked where it is gzip, its form and encoding looked at where the mapping does not state them."""

from __future__ import annotations

import codecs
import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final, cast

from vacancies.error import FeedInvalid
from vacancies.feeds.layout import FeedFormat

_HEAD: Final = 1024 * 1024  # bytes that are looked at
_ARCHIVES: Final = (b"PK\x03\x04", b"7z\xbc\xaf", b"BZh", b"\xfd7zX", b"%PDF")
_OLD_EXCEL: Final = b"\xd0\xcf\x11\xe0"
_MARKS: Final = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_LEGACY: Final = "cp1252"  # what Windows programs of western Europe write


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a feed for reading, unpacked; raises FeedInvalid for one that cannot be read, is damaged or is an archive."""
    try:
        with path.open("rb") as raw:
            head = raw.read(4)
            raw.seek(0)
            if head.startswith(_OLD_EXCEL):
                raise FeedInvalid(f"{path} is an Excel file of the old form (.xls); save it as .xlsx or CSV")
            if head.startswith(_ARCHIVES) and not is_xlsx(path):
                raise FeedInvalid(f"{path} is an archive, not a feed; unpack it and hand in the file within")
            zipped = head.startswith(b"\x1f\x8b")
            yield cast(BinaryIO, io.BufferedReader(gzip.GzipFile(fileobj=raw))) if zipped else raw
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise FeedInvalid(
            f"{path} is a damaged gzip file ({error}); what came before the damage has been taken over, fetch it again"
        ) from error
    except OSError as error:
        raise FeedInvalid(f"{path} cannot be read: {error.strerror or error}") from error


def is_xlsx(path: Path) -> bool:
    """Tell whether a file is an Excel workbook."""
    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except (zipfile.BadZipFile, OSError):
        return False


def head_of(path: Path) -> bytes:
    """Give the first mebibyte of a feed, unpacked; raises FeedInvalid as `opened` does."""
    with opened(path) as stream:
        return stream.read(_HEAD)


def refuse_empty(path: Path) -> None:
    """Raise FeedInvalid for a feed that holds nothing at all."""
    if not head_of(path).lstrip(b"\xef\xbb\xbf").strip():
        raise FeedInvalid(f"{path} is empty; have it written once more, or hand in another file")


def format_of(path: Path, head: bytes) -> FeedFormat:
    """Tell a feed's form by what it holds."""
    if head[:4] == b"PK\x03\x04":
        return FeedFormat.XLSX
    text = head.decode(encoding_of(head), "replace").lstrip("\ufeff \t\r\n")
    if text.startswith("<"):
        return FeedFormat.XML
    if text.startswith("["):
        return FeedFormat.JSON_LINES if _is_a_value(text.partition("\n")[0]) and "\n[" in text else FeedFormat.JSON
    if text.startswith("{"):
        first, _, rest = text.partition("\n")
        is_whole = first.rstrip().endswith("}")
        return FeedFormat.JSON_LINES if is_whole or not rest.strip() or "}\n{" in text else FeedFormat.JSON
    return FeedFormat.CSV if _is_table(text, path) else FeedFormat.JSON_LINES


def encoding_of(head: bytes) -> str:
    """Tell the encoding of a text: by its mark, UTF-8 where it reads so, else that of Windows in western Europe."""
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return _LEGACY
    return "utf-8"


def _is_a_value(line: str) -> bool:
    return line.rstrip().endswith("]")


def _is_table(text: str, path: Path) -> bool:
    suffixes = {suffix.lower() for suffix in path.suffixes}
    if suffixes & {".csv", ".tsv", ".txt"}:
        return True
    header = text.partition("\n")[0]
    return not suffixes & {".jsonl", ".ndjson", ".json"} and any(header.count(mark) >= 2 for mark in ";\t,|")
