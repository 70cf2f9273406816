"""The proof: every file under a folder is searched for what was forgotten, compressed bodies and Parquet tables opened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from vacancies.forgetting.erasing import text_of
from vacancies.forgetting.traces import Trace, TraceFinder

_ROWS: Final = 2000  # of a Parquet file, searched at a time
_CHUNK: Final = 8 * 1024 * 1024  # bytes of another file, searched at a time
_OVERLAP: Final = 64 * 1024
_MOST_NAMED: Final = 20
_STATED: Final = {Trace.ADDRESS, Trace.WORDS}  # what is looked for in files that hold no postings: names may stand there by themselves


class Searched(NamedTuple):
    """One part of the home folder: how many files were searched, how many of them hold a trace, and which."""

    part: str
    files: int = 0
    hits: int = 0
    where: tuple[str, ...] = ()

    def with_file(self, hit: str | None) -> Searched:
        """Count one more file."""
        named = self.where if hit is None or len(self.where) >= _MOST_NAMED else (*self.where, hit)
        return Searched(self.part, self.files + 1, self.hits + (hit is not None), named)


def search_files(home: Path, finder: TraceFinder, *, leave_out: frozenset[Path], on_file: Callable[[], None]) -> list[Searched]:
    """Search every file under `home`, by part; a link is not followed (what it names is under `home`, or not ours).

    Tombstones hold the ids of forgotten postings, so these do not count in the table `forgotten`.
    """
    parts: dict[str, Searched] = {}
    for path in sorted(home.rglob("*")):
        if path.is_symlink() or not path.is_file() or path in leave_out:
            continue
        relative = path.relative_to(home)
        part = _part_of(relative)
        found = _found_in(path, relative, finder)
        hit = f"{relative}: {', '.join(sorted(found))}" if found else None
        parts[part] = parts.get(part, Searched(part)).with_file(hit)
        on_file()
    return [parts[part] for part in sorted(parts)]


def _part_of(relative: Path) -> str:
    parts = relative.parts
    if parts[0] == "lake" and len(parts) > 2:
        return f"lake/{parts[1]}" + (" (log)" if "_delta_log" in parts else "")
    if parts[0] == "crawls":
        return "crawls/memory" if len(parts) > 2 and parts[1] == "memory" else "crawls"
    return parts[0] if len(parts) > 1 else "other files"


def _found_in(path: Path, relative: Path, finder: TraceFinder) -> set[Trace]:
    if relative.parts[:2] == ("lake", "forgotten"):
        return _in_file(path, finder) - {Trace.POSTING_ID}
    found = _in_file(path, finder) | finder.find(str(relative))
    return found if relative.parts[0] in ("lake", "crawls", "index", "cube") else found & (_STATED | {Trace.POSTING_ID})


def _in_file(path: Path, finder: TraceFinder) -> set[Trace]:
    if path.suffix == ".zst":
        with pa.OSFile(str(path)) as file, pa.CompressedInputStream(file, "zstd") as stream:
            return finder.find(text_of(bytes(stream.read())))
    if path.suffix == ".parquet":
        return _in_all(_texts_of_table(path), finder)
    return _in_all(_texts_of_file(path), finder)


def _in_all(texts: Iterator[str], finder: TraceFinder) -> set[Trace]:
    found: set[Trace] = set()
    for text in texts:
        found |= finder.find(text)
    return found


def _texts_of_file(path: Path) -> Iterator[str]:
    rest = b""
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            yield (rest + chunk).decode("utf-8", "replace")
            rest = chunk[-_OVERLAP:]


def _texts_of_table(path: Path) -> Iterator[str]:
    with pq.ParquetFile(path) as table:
        yield str(table.schema_arrow.metadata or "")
        for batch in table.iter_batches(batch_size=_ROWS):
            for column in batch.columns:
                yield from _texts_of_column(column)


def _texts_of_column(column: pa.Array) -> Iterator[str]:
    kind = column.type
    if pa.types.is_dictionary(kind):
        yield from _texts_of_column(column.dictionary)
    elif pa.types.is_string(kind) or pa.types.is_large_string(kind):
        yield "\n".join(text for text in pc.unique(column).to_pylist() if text)
    elif pa.types.is_map(kind):
        yield from _texts_of_column(column.keys)
        yield from _texts_of_column(column.items)
    elif pa.types.is_list(kind) or pa.types.is_large_list(kind):
        yield from _texts_of_column(column.flatten())
    elif pa.types.is_struct(kind):
        for inner in column.flatten():
            yield from _texts_of_column(inner)
