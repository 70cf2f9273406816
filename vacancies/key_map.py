"""A map of millions of 64-bit keys in 16 bytes each, where a dict of texts takes two hundred."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterator
from typing import Final

import numpy as np

_FEWEST_RECENT: Final = 4096
_MASK: Final = (1 << 64) - 1


class KeyMap:
    """Maps keys of 64 bits to whole numbers from 0 to 2^63 - 1; two of a million texts share a key once in 10^7 times.

    Keys given last wait in a dict, and are sorted into arrays when they are an eighth of the whole.
    """

    def __init__(self) -> None:
        self._keys, self._values = array("Q"), array("q")
        self._recent: dict[int, int] = {}

    def put(self, key: int, value: int = 0) -> bool:
        """Keep a value in the place of the key's former one; tells whether the key is new."""
        if key in self._recent:
            self._recent[key] = value
            return False
        at = self._place(key)
        if at is not None:
            self._values[at] = value
            return False
        self._recent[key] = value
        if len(self._recent) > max(_FEWEST_RECENT, len(self._keys) // 8):
            self._sort_in()
        return True

    def get(self, key: int) -> int | None:
        """Give the key's value."""
        if key in self._recent:
            return self._recent[key]
        at = self._place(key)
        return None if at is None else self._values[at]

    def __contains__(self, key: int) -> bool:
        return key in self._recent or self._place(key) is not None

    def __len__(self) -> int:
        return len(self._keys) + len(self._recent)

    def values(self) -> Iterator[int]:
        """Give all values, the smallest first."""
        self._sort_in()
        yield from array("q", np.sort(np.frombuffer(self._values, np.int64)).tobytes())

    def _place(self, key: int) -> int | None:
        at = bisect_left(self._keys, key)
        return at if at < len(self._keys) and self._keys[at] == key else None

    def _sort_in(self) -> None:
        if not self._recent:
            return
        keys = np.concatenate((np.frombuffer(self._keys, np.uint64), np.fromiter(self._recent, np.uint64)))
        values = np.concatenate((np.frombuffer(self._values, np.int64), np.fromiter(self._recent.values(), np.int64)))
        order = np.argsort(keys)
        self._keys, self._values = array("Q", keys[order].tobytes()), array("q", values[order].tobytes())
        self._recent = {}


def key_of(value: object) -> int:
    """Give the key of a value for as long as this process runs, by its hash."""
    return hash(value) & _MASK


def posting_key(posting_id: str) -> int:
    """Give the key of a posting id: its first 64 bits."""
    return int(posting_id[:16], 16)
