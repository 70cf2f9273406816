"""Postings of a running crawl, kept on disk until its end, so that memory does not grow with the board."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator

from vacancies.posting import Posting


class PostingSpool:
    """A temporary file of postings; one given again under the same id replaces the former."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 (closed by `close`)
        self._offsets: dict[str, int] = {}
        self.repeated = 0

    def add(self, posting: Posting) -> None:
        """Keep a posting."""
        self.repeated += posting.posting_id in self._offsets
        self._offsets[posting.posting_id] = self._file.seek(0, 2)
        self._file.write(posting.model_dump_json().encode() + b"\n")

    def __contains__(self, posting_id: object) -> bool:
        return posting_id in self._offsets

    def __len__(self) -> int:
        return len(self._offsets)

    def __iter__(self) -> Iterator[Posting]:
        return self.select(self._offsets)

    def select(self, posting_ids: Iterable[str]) -> Iterator[Posting]:
        """Read the postings with these ids, which must be there."""
        for posting_id in posting_ids:
            self._file.seek(self._offsets[posting_id])
            yield Posting.model_validate_json(self._file.readline())

    def close(self) -> None:
        """Delete the file."""
        self._file.close()
