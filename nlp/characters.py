"""Kinds of characters, looked up for whole texts at once: letters and digits, white space, line ends, and all other signs."""

from __future__ import annotations

import re
import sys
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
