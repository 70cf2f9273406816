"""Folding of case, accents and separators that keeps every character's place, so that offsets hold in text and folded text."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_KEPT: Final = "äöüåøæ"  # letters of their own in German and the Nordic languages: "fördern" is not "fordern"
_SEPARATORS: Final = "-\t\r\x0b\x0c\u00a0\u2010\u2011\u2012\u2013\u2014\u2212\u202f\u2007\u2009"
# A newline inside a hard-wrapped paragraph: the line before it is long and the next one goes on in lower case.
_WRAP: Final = re.compile(r"(?<=[^\n]{45})\n(?=[a-zß-öø-ÿ])")


_SOFT_HYPHENS: Final = re.compile(r"(?<!\w)\w+(?:\u00ad+\w+)+")


def _joined(word: re.Match[str]) -> str:
    return word[0].replace("\u00ad", "").ljust(len(word[0]), "\u00ad")


def _table() -> dict[int, str]:
    table = {ord(c): " " for c in _SEPARATORS} | {ord(c): "'" for c in "\u2018\u2019\u02bc\u0060\u00b4"} | {ord("ł"): "l", ord("đ"): "d"}
    for code in range(0xC0, 0x2000):
        letter = chr(code)
        parts = unicodedata.normalize("NFD", letter)
        if letter not in _KEPT and len(parts) > 1 and all(unicodedata.combining(mark) for mark in parts[1:]):
            table[code] = parts[0]
    return table


_FOLD: Final = _table()


def fold(text: str) -> str:
    """Fold a text to lower case without accents; hyphens, tabs and line wraps become spaces. The length never changes."""
    if "\n" in text:
        text = _WRAP.sub(" ", text)
    if "\u00ad" in text:  # soft hyphens go behind their word, which is then found in one piece
        text = _SOFT_HYPHENS.sub(_joined, text)
    if "\u0130" in text:  # the one character whose lower case is two
        text = text.replace("\u0130", "I")
    return text.lower().translate(_FOLD)


def is_word(character: str) -> bool:
    """Tell whether a character belongs to a word (letters, digits, underscore)."""
    return character.isalnum() or character == "_"


def stands_alone(text: str, start: int, end: int) -> bool:
    """Tell whether [start, end) begins and ends at word boundaries; a symbol at an edge (C++, .NET) is a boundary by itself."""
    if start > 0 and (text[start - 1].isalnum() or text[start - 1] == "_") and is_word(text[start]):
        return False
    return not (end < len(text) and (text[end].isalnum() or text[end] == "_") and is_word(text[end - 1]))
