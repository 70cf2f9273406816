"""Leaving out what was forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from vacancies.posting import Posting


class Buried(NamedTuple):
    """What is not to be taken over: a whole board, or single postings."""

    is_whole_board: bool
    posting_ids: frozenset[str]

    def holds(self, posting_id: str) -> bool:
        """Tell whether a posting of the board was forgotten."""
        return self.is_whole_board or posting_id in self.posting_ids


class Living:
    """Postings without those that were forgotten, which are counted while they pass by."""

    def __init__(self, postings: Iterable[Posting], buried: Buried) -> None:
        self.forgotten = 0
        self._postings = postings
        self._buried = buried

    def __iter__(self) -> Iterator[Posting]:
        for posting in self._postings:
            if self._buried.holds(posting.posting_id):
                self.forgotten += 1
            else:
                yield posting
