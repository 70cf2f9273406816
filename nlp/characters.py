"""Characters of whole texts at once: their kinds (letters and digits, white space, line ends, all other signs), and where some stand."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from functools import cache
from typing import Final

import numpy as np
import numpy.typing as npt

SPACE: Final = 0
LETTER: Final = 1  # letters, digits and the underscore, as in `\w`
SIGN: Final = 2
LINE_END: Final = 3

Kinds = npt.NDArray[np.uint8]


def kinds_of(text: str) -> Kinds:
    """The kind of each character of a text."""
    found: Kinds = _table()[np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")]
    return found


def word_mask(text: str) -> bytes:
    """One byte for each character: 1 where it belongs to a word, else 0."""
    mask: Kinds = (kinds_of(text) == LETTER).view(np.uint8)
    return mask.tobytes()


@cache
def _table() -> Kinds:
    """The kind of every code point; made in some 0.1 s."""
    found = np.full(sys.maxunicode + 1, SIGN, dtype=np.uint8)
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    for pattern, kind in ((r"\w+", LETTER), (r"\s+", SPACE), (r"\n", LINE_END)):
        for run in re.finditer(pattern, every):
            found[run.start() : run.end()] = kind
    return found


def places_of(text: str, part: str) -> Iterator[int]:
    """Where a part of a text stands, from left to right, none overlapping."""
    at = text.find(part)
    while at >= 0:
        yield at
        at = text.find(part, at + len(part))
