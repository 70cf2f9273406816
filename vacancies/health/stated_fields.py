"""Which fields postings state: fill rates, and fields that a board's postings suddenly no longer state."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from statistics import median
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from vacancies.posting import Posting

_BOOKKEEPING: Final = {
    "posting_id", "board", "blocks", "description_is_excerpt", "is_guessed", "content_hash", "capture_sha256", "parser",
}  # fmt: skip
FIELDS: Final = tuple(name for name in Posting.model_fields if name not in _BOOKKEEPING)
"""The fields of a posting that a board may state."""
_FEWEST_LOST: Final = 5  # so many postings at least must have stated a field for its loss to count as drift
_SMALLEST_PART: Final = 0.2  # and this share of those met again
_LARGEST_LOSS: Final = 0.5  # share of them that may lose the field


class Lost(NamedTuple):
    """A field that most postings met again no longer state: how many stated it, and how many of those do now."""

    field: str
    stated: int
    left: int


class StatedFields:
    """Notes which fields the postings of one collection state; `known` is what `known_fields` gave when it began."""

    def __init__(self, known: dict[str, int], *, seen_at: datetime) -> None:
        self._known = known
        self._today = seen_at.date()
        self._masks: dict[str, int] = {}
        self._ages: list[int] = []

    def add(self, posting: Posting) -> None:
        """Note a posting; one given again under its id replaces the former."""
        is_first = posting.posting_id not in self._masks and posting.posting_id not in self._known
        self._masks[posting.posting_id] = _mask(posting)
        if is_first and posting.date_posted is not None:
            self._ages.append(max(0, (self._today - posting.date_posted).days))

    def filled(self) -> dict[str, int]:
        """Count by field how many postings state it."""
        counted = Counter(self._masks.values())
        return {name: sum(number for mask, number in counted.items() if mask >> bit & 1) for bit, name in enumerate(FIELDS)}

    def ages(self) -> tuple[int, float | None]:
        """Give how many postings not seen before state their date, and the median of their ages in days."""
        return len(self._ages), float(median(self._ages)) if self._ages else None

    def lost(self) -> tuple[Lost, ...]:
        """Give the fields that most of the known postings stated, and no longer do."""
        again = Counter((self._known[key], mask) for key, mask in self._masks.items() if key in self._known)
        fewest = max(_FEWEST_LOST, _SMALLEST_PART * again.total())
        found = []
        for bit, name in enumerate(FIELDS):
            stated = sum(number for (before, _), number in again.items() if before >> bit & 1)
            left = sum(number for (before, now), number in again.items() if before & now & 1 << bit)
            if stated >= fewest and left < (1 - _LARGEST_LOSS) * stated:
                found.append(Lost(name, stated, left))
        return tuple(found)


def known_fields(postings: ds.Dataset, board: str) -> dict[str, int]:
    """Give for each stored posting of a board which fields it states, as bits in the order of FIELDS; reads batch by batch."""
    found: dict[str, int] = {}
    same: dict[int, int] = {}  # one number object for all postings that are alike
    scanner = postings.scanner(columns=["posting_id", *FIELDS], filter=ds.field("board") == board, batch_size=2048)
    for batch in scanner.to_batches():
        masks = np.zeros(batch.num_rows, dtype=np.int64)
        for bit, name in enumerate(FIELDS):
            masks |= _is_stated(batch.column(name)).astype(np.int64) << bit
        found.update((key, same.setdefault(mask, mask)) for key, mask in zip(batch.column(0).to_pylist(), masks.tolist(), strict=True))
    return found


def _mask(posting: Posting) -> int:
    mask = 0
    for bit, name in enumerate(FIELDS):
        value = getattr(posting, name)
        if value is not None and value not in ("", ()):
            mask |= 1 << bit
    return mask


def _is_stated(column: pa.Array) -> np.ndarray:
    stated = pc.is_valid(column)
    if pa.types.is_list(column.type):
        stated = pc.and_(stated, pc.greater(pc.fill_null(pc.list_value_length(column), 0), 0))
    elif pa.types.is_string(column.type):
        stated = pc.and_(stated, pc.greater(pc.fill_null(pc.binary_length(column), 0), 0))
    flags: np.ndarray = np.asarray(stated.to_numpy(zero_copy_only=False))
    return flags
