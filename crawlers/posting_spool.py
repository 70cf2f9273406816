"""Postings of a running crawl, kept on disk until its end, so that memory hardly grows with the board."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator

from vacancies.key_map import KeyMap, posting_key
from vacancies.posting import Posting


class PostingSpool:
    """A temporary file of postings; one given again under the same id replaces the former."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 (closed by `close`)
        self._offsets = KeyMap()
        self.repeated = 0

    def add(self, posting: Posting) -> None:
        """Keep a posting."""
        is_new = self._offsets.put(posting_key(posting.posting_id), self._file.seek(0, 2))
        self.repeated += not is_new
        self._file.write(posting.model_dump_json().encode() + b"\n")

    def __contains__(self, posting_id: object) -> bool:
        return isinstance(posting_id, str) and posting_key(posting_id) in self._offsets

    def __len__(self) -> int:
        return len(self._offsets)

    def __iter__(self) -> Iterator[Posting]:
        """Read all postings, in the order in which they were given (last)."""
        return map(self._read, self._offsets.values())

    def select(self, posting_ids: Iterable[str]) -> Iterator[Posting]:
        """Read the postings with these ids; ids that are not there are left out."""
        for posting_id in posting_ids:
            offset = self._offsets.get(posting_key(posting_id))
            if offset is not None:
                yield self._read(offset)

    def _read(self, offset: int) -> Posting:
        self._file.seek(offset)
        return Posting.model_validate_json(self._file.readline())

    def close(self) -> None:
        """Delete the file."""
        self._file.close()
