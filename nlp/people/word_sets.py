"""Sets of words as bits: what a word may be (a place, an ordinary word), told without any word in the file.

A Bloom filter (Bloom 1970) with two hashes: a word of the set is always found, another one in a few of a hundred cases at the most.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final
from zlib import crc32

import numpy as np
import numpy.typing as npt

Bytes = npt.NDArray[np.uint8]

_BITS: Final = 1 << 21
_UPPER: Final = 11  # the other 21 of 32 bits, some of them in both


class WordSet:
    """A set of folded words."""

    def __init__(self, packed: Bytes) -> None:
        self.packed = packed
        self._bits = np.unpackbits(packed).view(np.bool_)

    @classmethod
    def of(cls, folded: Iterable[str]) -> WordSet:
        """Make the set of some words."""
        bits = np.zeros(_BITS, dtype=np.bool_)
        for word in folded:
            bits[list(_places(word))] = True
        return cls(np.packbits(bits))

    def __contains__(self, folded: str) -> bool:
        first, second = _places(folded)
        return bool(self._bits[first] and self._bits[second])


def _places(folded: str) -> tuple[int, int]:
    number = crc32(folded.encode("utf-8", "surrogatepass"))  # a second sum would not do: they differ by their beginning alone
    return number % _BITS, number >> _UPPER
