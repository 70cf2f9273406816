"""The lives of one board's postings during an upsert: on disk beside the process, since a board may have millions."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Final

import pyarrow as pa

from vacancies.key_map import KeyMap, posting_key
from vacancies.lake.arrow_schema import arrow_schema, to_table
from vacancies.lake.batching import batched
from vacancies.posting import PostingLife

_TABLES: Final = """
pragma journal_mode = off;
pragma synchronous = off;
pragma cache_size = -8000;
create table lives (posting_id text not null, is_open integer not null, life text not null);
create table hashes (posting_id text not null, content_hash text not null);
"""
_INDEXES: Final = """
create index life_of on lives (posting_id);
create index hash_of on hashes (posting_id);
"""
_IDS_AT_ONCE: Final = 500


class StoredLife(PostingLife):
    """A life as stored: with the board, the hash of the version it speaks of, and the posting's own end."""

    board: str
    content_hash: str
    valid_through: date | None = None
    run_id: str  # of the run that brought this version


class BoardLives:
    """The stored lives of a board with the hashes of its stored postings, and the lives that a run moves; close it with `close`."""

    def __init__(self, lives: Iterable[pa.RecordBatch], hashes: Iterable[pa.RecordBatch]) -> None:
        self._stored = sqlite3.connect("")  # a private file, deleted when it is closed
        self._stored.executescript(_TABLES)
        for batch in lives:
            rows = batch.to_pylist()
            self._stored.executemany(
                "insert into lives values (?, ?, ?)", ((r["posting_id"], r["gone_at"] is None, _text(r)) for r in rows)
            )
        for batch in hashes:
            pairs = zip(batch["posting_id"].to_pylist(), batch["content_hash"].to_pylist(), strict=True)
            self._stored.executemany("insert into hashes values (?, ?)", pairs)
        self._stored.executescript(_INDEXES)
        self._moved = tempfile.TemporaryFile()  # noqa: SIM115 (closed by `close`)
        self._moved_keys = KeyMap()
        self._writer: pa.RecordBatchStreamWriter | None = None

    def of(self, posting_ids: Sequence[str]) -> dict[str, StoredLife]:
        """Give the stored lives of these postings, by id."""
        return {key: StoredLife.model_validate_json(text) for key, text in self._select("posting_id, life from lives", posting_ids)}

    def hashes_of(self, posting_ids: Sequence[str]) -> dict[str, str]:
        """Give the content hashes of these postings as stored, by id."""
        return dict(self._select("posting_id, content_hash from hashes", posting_ids))

    def _select(self, what: str, posting_ids: Sequence[str]) -> Iterator[tuple[str, str]]:
        for ids in batched(posting_ids, _IDS_AT_ONCE):
            marks = ", ".join("?" * len(ids))
            yield from self._stored.execute(f"select {what} where posting_id in ({marks})", ids)

    def move(self, lives: Sequence[StoredLife]) -> None:
        """Note lives that replace the stored ones."""
        if not lives:
            return
        table = to_table(lives, arrow_schema(StoredLife))
        if self._writer is None:
            self._writer = pa.ipc.new_stream(self._moved, table.schema)
        self._writer.write_table(table)
        for life in lives:
            self._moved_keys.put(posting_key(life.posting_id))

    def open_without(self, seen: KeyMap) -> Iterator[StoredLife]:
        """Give the stored lives of open postings that are not among those seen."""
        for posting_id, text in self._stored.execute("select posting_id, life from lives where is_open order by rowid"):
            if posting_key(posting_id) not in seen:
                yield StoredLife.model_validate_json(text)

    @property
    def have_moved(self) -> bool:
        """Whether any life was moved."""
        return self._writer is not None

    def replaced_in(self, current: Iterable[pa.RecordBatch]) -> pa.RecordBatchReader:
        """Put the moved lives, of which there must be some, in the place of the former ones among a table's batches; ends the moving."""
        if self._writer is None:
            raise ValueError("no life was moved: look at `have_moved` first")
        schema = arrow_schema(StoredLife)
        for batch in current:
            stays = pa.array(
                [posting_key(posting_id) not in self._moved_keys for posting_id in batch["posting_id"].to_pylist()], pa.bool_()
            )
            self._writer.write_batch(batch.select(schema.names).filter(stays).cast(schema))
        self._writer.close()
        self._moved.seek(0)
        return pa.ipc.open_stream(self._moved)  # from the file: delta-rs cannot be asked for a table while it writes one

    def close(self) -> None:
        """Delete what was kept on disk."""
        self._stored.close()
        self._moved.close()


def read_lives(table: pa.Table) -> Iterator[StoredLife]:
    """Read stored lives."""
    for row in table.to_pylist():
        yield StoredLife.model_validate({name: value for name, value in row.items() if value is not None})


def _text(row: dict[str, object]) -> str:
    return json.dumps({name: value for name, value in row.items() if value is not None}, default=str)
