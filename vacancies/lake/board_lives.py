"""The lives of one board's postings during an upsert: kept as Arrow columns, since models of them all would take ten times the memory."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

from vacancies.lake.arrow_schema import arrow_schema, to_table
from vacancies.posting import PostingLife

_ROWS_AT_ONCE = 2000


class StoredLife(PostingLife):
    """A life as stored: with the board, the hash of the version it speaks of, and the posting's own end."""

    board: str
    content_hash: str
    valid_through: date | None = None
    run_id: str  # of the run that brought this version


class BoardLives:
    """The stored lives of a board, and those that a run moves."""

    def __init__(self, stored: pa.Table) -> None:
        self._stored = stored.combine_chunks()
        self._moved: list[pa.Table] = []

    def of(self, posting_ids: Sequence[str]) -> dict[str, StoredLife]:
        """Give the stored lives of these postings, by id."""
        return {life.posting_id: life for life in read_lives(self._stored.take(_rows_of(self._stored, posting_ids)))}

    def move(self, lives: Iterable[StoredLife]) -> None:
        """Note lives that replace the stored ones."""
        table = to_table(lives, arrow_schema(StoredLife))
        if table.num_rows:
            self._moved.append(table)

    def open_without(self, seen: Collection[str]) -> Iterator[StoredLife]:
        """Give the stored lives of open postings that are not among those seen."""
        is_open = pc.is_null(self._stored["gone_at"])
        is_seen = pc.is_in(self._stored["posting_id"], value_set=pa.array(seen, pa.string()))
        missed = self._stored.filter(pc.and_(is_open, pc.invert(is_seen)))
        for start in range(0, missed.num_rows, _ROWS_AT_ONCE):
            yield from read_lives(missed.slice(start, _ROWS_AT_ONCE))

    @property
    def have_moved(self) -> bool:
        """Whether any life was moved."""
        return bool(self._moved)

    def replaced_in(self, current: pa.Table) -> pa.Table:
        """Put the moved lives, of which there must be some, in the place of the former ones of a table."""
        moved = pa.concat_tables(self._moved)
        others = current.filter(pc.invert(pc.is_in(current["posting_id"], value_set=moved["posting_id"].combine_chunks())))
        return pa.concat_tables([others.select(moved.schema.names).cast(moved.schema), moved])


def hashes_of(stored: pa.Table, posting_ids: Sequence[str]) -> dict[str, str]:
    """Give the content hashes of these postings that a table of (posting_id, content_hash) holds, by id."""
    found = stored.take(_rows_of(stored, posting_ids))
    return dict(zip(found["posting_id"].to_pylist(), found["content_hash"].to_pylist(), strict=True))


def read_lives(table: pa.Table) -> Iterator[StoredLife]:
    """Read stored lives."""
    for row in table.to_pylist():
        yield StoredLife.model_validate({name: value for name, value in row.items() if value is not None})


def _rows_of(table: pa.Table, posting_ids: Sequence[str]) -> pa.Array:
    """Find the rows of a table, by posting id; ids that it does not hold are left out."""
    wanted = pa.array(posting_ids, pa.string())
    held = table["posting_id"]
    at = pc.index_in(wanted, value_set=held.combine_chunks() if isinstance(held, pa.ChunkedArray) else held)
    return at.drop_null()
