"""Mends texts that hold half a character (a lone surrogate, "\\ud83d" without its other half): no file or database can keep them."""

from __future__ import annotations

import re
from typing import Final

_HALF: Final = re.compile("[\ud800-\udfff]")
_MARK: Final = "\ufffd"  # the replacement character


def without_halves(value: object) -> object:
    """A value of JSON with every lone surrogate in its texts and names replaced by U+FFFD; the same object where there is none."""
    if isinstance(value, str):
        return value if value.isascii() or _HALF.search(value) is None else _HALF.sub(_MARK, value)
    if isinstance(value, dict):
        pairs = {without_halves(name): without_halves(held) for name, held in value.items()}
        return value if all(pairs.get(name) is held for name, held in value.items()) else pairs
    if isinstance(value, list | tuple):
        parts = [without_halves(part) for part in value]
        return value if all(new is old for new, old in zip(parts, value, strict=True)) else type(value)(parts)
    return value
