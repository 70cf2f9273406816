"""Mojibake: UTF-8 that a board read as Windows-1252 and wrote again ("MecÃ¡nico")."""

from __future__ import annotations

import re
from typing import Final


def _as_windows(byte: int) -> str:
    """Give the character that Windows-1252 has for a byte; the five bytes it has none for stand for themselves, as browsers read them."""
    return bytes([byte]).decode("cp1252", "ignore") or chr(byte)


# as Windows-1252, and as Latin-1, whose control characters stand in the place of Windows' quotation marks
_BYTES: Final = {_as_windows(byte): byte for byte in range(0x80, 0x100)} | {chr(byte): byte for byte in range(0x80, 0x100)}
_REST: Final = "".join(map(re.escape, (letter for letter, byte in _BYTES.items() if byte <= 0xBF)))
# Letters of Latin, Greek and Cyrillic in two bytes, punctuation and signs such as the euro's in three. Other beginnings are left alone: É
# before a closing quotation mark is a word's end.
_PIECES: Final = re.compile(f"[ÂÃÄÅÎÏÐÑ][{_REST}]|â[€‚„][{_REST}]")


def repair_mojibake(text: str) -> str:
    """Turn what is certainly mojibake into the letters that it was; everything else stays as it is."""
    return _PIECES.sub(_decoded, text)


def _decoded(match: re.Match[str]) -> str:
    try:
        return bytes(_BYTES[letter] for letter in match[0]).decode()
    except UnicodeDecodeError:
        return match[0]
