"""Folding of case, accents and separators that keeps every character's place, so that offsets hold in text and folded text."""

from __future__ import annotations

import re
import sys
import unicodedata
from typing import Final

import numpy as np
import numpy.typing as npt

_KEPT: Final = "äöüåøæ"  # letters of their own in German and the Nordic languages: "fördern" is not "fordern"
_SEPARATORS: Final = "-\t\r\x0b\x0c\u00a0\u2010\u2011\u2012\u2013\u2014\u2212\u202f\u2007\u2009"
# A newline inside a hard-wrapped paragraph: the line before it is long and the next one goes on in lower case.
# The newline comes first in the pattern, so that the search leaps from one to the next.
_WRAP: Final = re.compile(r"\n(?=[a-zß-öø-ÿ])(?<=[^\n]{45}\n)")

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


def _code_points(table: dict[int, str]) -> npt.NDArray[np.uint32]:
    """What each code point becomes."""
    codes = np.arange(sys.maxunicode + 1, dtype="<u4")
    for code, letter in table.items():
        codes[code] = ord(letter)
    return codes


def _letters(table: dict[int, str]) -> list[str]:
    """What each code point becomes, up to the last that changes; `str.translate` is slow where a dictionary lacks a letter."""
    return [table.get(code, chr(code)) for code in range(max(table) + 1)]


_TABLE: Final = _table()
_FOLD: Final = _letters(_TABLE)
_FOLD_CODES: Final = _code_points(_TABLE)
_SHORT: Final = 100  # characters, below which a look-up in arrays does not pay


def fold(text: str) -> str:
    """Fold a text to lower case without accents; hyphens, tabs and line wraps become spaces. The length never changes."""
    if "\n" in text:
        text = _WRAP.sub(" ", text)
    if text.isascii():
        return text.lower().translate(_FOLD)
    if "\u00ad" in text:  # soft hyphens go behind their word, which is then found in one piece
        text = _SOFT_HYPHENS.sub(_joined, text)
    if "\u0130" in text:  # the one character whose lower case is two
        text = text.replace("\u0130", "I")
    text = text.lower()
    if len(text) < _SHORT:
        return text.translate(_FOLD)
    # several times as fast as str.translate, which looks up letter by letter
    codes: npt.NDArray[np.uint32] = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    folded: npt.NDArray[np.uint32] = _FOLD_CODES[codes]
    return str(folded.tobytes(), "utf-32-le", "surrogatepass")


def is_word(character: str) -> bool:
    """Tell whether a character belongs to a word (letters, digits, underscore)."""
    return character.isalnum() or character == "_"
