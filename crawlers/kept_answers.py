"""What the lake keeps of a board's answers and postings: which answer of an address is the latest, and which postings are open."""

from __future__ import annotations

from collections.abc import Collection, Container
from typing import Final

import pyarrow as pa
import pyarrow.dataset as ds

from vacancies.identity import canonical_url
from vacancies.key_map import KeyMap, key_of
from vacancies.lake import Lake
from vacancies.posting import Capture

_COLUMNS: Final = ("url", "sha256", "fetched_at")
_HEX_DIGITS: Final = 15  # of a digest: 60 bits


class KeptAnswers:
    """Knows a board's latest answers by 60 bits of their digests: a board may have millions of pages."""

    def __init__(self, lake: Lake, board: str) -> None:
        self._lake = lake
        self._board = board
        self._latest = KeyMap()
        at = KeyMap()  # microseconds
        scanner = lake.dataset("captures").scanner(columns=list(_COLUMNS), filter=ds.field("board") == board, batch_size=2048)
        for batch in scanner.to_batches():
            urls, digests, moments = (batch[name] for name in _COLUMNS)
            rows = zip(urls.to_pylist(), digests.to_pylist(), moments.cast(pa.int64()).to_pylist(), strict=True)
            for url, digest, moment in rows:
                key = key_of(url)
                if moment >= (at.get(key) or 0):
                    at.put(key, moment)
                    self._latest.put(key, _digest(digest))

    def is_latest(self, capture: Capture) -> bool:
        """Tell whether the latest answer from the capture's address was the same."""
        return self._latest.get(key_of(capture.url)) == _digest(capture.sha256)

    def note(self, capture: Capture) -> None:
        """Note the latest answer from an address."""
        self._latest.put(key_of(capture.url), _digest(capture.sha256))

    def open_postings(self, met: Container[str], *, ids: Collection[str], addresses: Collection[str]) -> list[str]:
        """Find the board's open postings by id, by canonical address, or by the page they were read from; without those met."""
        if not ids and not addresses:
            return []
        pages = self._captured_from(addresses)
        open_ids = {life.posting_id for life in self._lake.lives() if life.gone_at is None}
        return [
            posting.posting_id
            for posting in self._lake.postings(boards=[self._board])
            if posting.posting_id in open_ids
            and posting.posting_id not in met
            and (
                posting.posting_id in ids
                or posting.capture_sha256 in pages
                or (posting.url is not None and canonical_url(posting.url) in addresses)
            )
        ]

    def _captured_from(self, addresses: Collection[str]) -> set[str]:
        """Give the sha256 of all that was ever captured from these canonical addresses."""
        batches = self._lake.dataset("captures").to_batches(columns=["url", "sha256"], filter=ds.field("board") == self._board)
        return {
            digest
            for batch in batches
            for url, digest in zip(batch["url"].to_pylist(), batch["sha256"].to_pylist(), strict=True)
            if canonical_url(url) in addresses
        }


def _digest(sha256: str) -> int:
    return int(sha256[:_HEX_DIGITS], 16)
