"""Which fields postings state: fill rates, and fields that a board's postings suddenly no longer state."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import datetime
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from vacancies.key_map import posting_key
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


class Known(NamedTuple):
    """Which fields a board's stored postings state: the first 64 bits of their ids, sorted, and bits in the order of FIELDS."""

    keys: np.ndarray
    masks: np.ndarray


class StatedFields:
    """Notes which fields the postings of one collection state, 20 bytes each; `known` is what `known_fields` gave at its beginning."""

    def __init__(self, known: Known, *, seen_at: datetime) -> None:
        self._known = known
        self._today = seen_at.date().toordinal()
        self._keys = array("Q")
        self._masks = array("q")
        self._posted = array("i")  # ordinals, 0 where it is not stated

    def add(self, posting: Posting) -> None:
        """Note a posting; one given again under its id replaces the former."""
        self._keys.append(posting_key(posting.posting_id))
        self._masks.append(_mask(posting))
        self._posted.append(posting.date_posted.toordinal() if posting.date_posted else 0)

    def filled(self) -> dict[str, int]:
        """Count by field how many postings state it."""
        masks = self._once().masks
        return {name: int((masks >> bit & 1).sum()) for bit, name in enumerate(FIELDS)}

    def ages(self) -> tuple[int, float | None]:
        """Give how many postings not seen before state their date, and the median of their ages in days."""
        once = self._once()
        posted = once.posted[~_found(self._known.keys, once.keys)[0]]
        ages = np.maximum(0, self._today - posted[posted > 0])
        return len(ages), float(np.median(ages)) if len(ages) else None

    def lost(self) -> tuple[Lost, ...]:
        """Give the fields that most of the known postings stated, and no longer do."""
        once = self._once()
        is_known, places = _found(self._known.keys, once.keys)
        before, now = self._known.masks[places[is_known]], once.masks[is_known]
        fewest = max(_FEWEST_LOST, _SMALLEST_PART * len(now))
        found = []
        for bit, name in enumerate(FIELDS):
            stated, left = int((before >> bit & 1).sum()), int(((before & now) >> bit & 1).sum())
            if stated >= fewest and left < (1 - _LARGEST_LOSS) * stated:
                found.append(Lost(name, stated, left))
        return tuple(found)

    def _once(self) -> _Noted:
        """The postings, each once, as given last."""
        keys = np.array(self._keys, dtype=np.uint64)
        unique, at = np.unique(keys[::-1], return_index=True)
        last = len(keys) - 1 - at
        return _Noted(unique, np.array(self._masks, dtype=np.int64)[last], np.array(self._posted, dtype=np.int64)[last])


class _Noted(NamedTuple):
    keys: np.ndarray
    masks: np.ndarray
    posted: np.ndarray


def lost_words(lost: Sequence[Lost]) -> str | None:
    """Say which fields were lost; None when none was."""
    if not lost:
        return None
    fields = ", ".join(f"{field} ({stated} postings stated it, of which {left} do now)" for field, stated, left in lost)
    return f"the board's postings no longer state {fields}"


def known_fields(postings: ds.Dataset, board: str) -> Known:
    """Look which fields each stored posting of a board states; reads batch by batch."""
    keys, masks = array("Q"), array("q")
    scanner = postings.scanner(columns=["posting_id", *FIELDS], filter=ds.field("board") == board, batch_size=2048)
    for batch in scanner.to_batches():
        stated = np.zeros(batch.num_rows, dtype=np.int64)
        for bit, name in enumerate(FIELDS):
            stated |= _is_stated(batch.column(name)).astype(np.int64) << bit
        keys.extend(map(posting_key, batch.column(0).to_pylist()))
        masks.extend(stated.tolist())
    found = np.array(keys, dtype=np.uint64)
    order = np.argsort(found)
    return Known(found[order], np.array(masks, dtype=np.int64)[order])


def _found(known: np.ndarray, keys: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Tell which keys are known, and their places; the place of an unknown one means nothing."""
    if not len(known):
        return np.zeros(len(keys), dtype=bool), np.zeros(len(keys), dtype=np.int64)
    places = np.minimum(np.searchsorted(known, keys), len(known) - 1)
    return known[places] == keys, places


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
