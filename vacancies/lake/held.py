"""Postings kept apart: what a crawl read that a gate holds, until a person says that it is right."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow.dataset as ds

from vacancies.lake.arrow_schema import arrow_schema, from_batches, to_table
from vacancies.lake.batching import batched
from vacancies.lake.tables import DeltaStore
from vacancies.posting import Posting

_BATCH = 500  # as models a posting takes ten times what it takes in Arrow


class _Held(Posting):
    """A posting kept apart, with the run that read it."""

    run_id: str


class HeldStore:
    """The table `held_postings`: at most one collection of each board."""

    def __init__(self, root: Path) -> None:
        self.table = DeltaStore(root / "held_postings", arrow_schema(_Held), partition_by=("board",))

    def put(self, board: str, postings: Iterable[Posting], *, run_id: str) -> int:
        """See `Lake.hold_postings`."""
        self.drop(board)
        count = 0
        for batch in batched(postings, _BATCH):
            self.table.append(to_table((_Held(**dict(posting), run_id=run_id) for posting in batch), self.table.schema))
            count += len(batch)
        return count

    def get(self, board: str, *, run_id: str) -> Iterator[Posting]:
        """See `Lake.held_postings`."""
        where = (ds.field("board") == board) & (ds.field("run_id") == run_id)
        return from_batches(self.table.scan(where=where), Posting)

    def drop(self, board: str) -> None:
        """See `Lake.drop_held`."""
        if self.table.dataset().count_rows(filter=ds.field("board") == board):
            self.table.drop_rows({"board": board})
