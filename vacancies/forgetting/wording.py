"""Texts written one way, so that a sentence is found again in HTML, in JSON and in tables."""

from __future__ import annotations

import html
import re
from typing import Final

_ESCAPED_CODE: Final = re.compile(r"\\u([0-9a-fA-F]{4})")
_ESCAPED_SPACE: Final = re.compile(r"\\+[nrt]")
_TAG: Final = re.compile(r"<[^<>]*>")
_NO_LETTER: Final = re.compile(r"[\W_]+")
_PIECE: Final = re.compile(r"[\n\r]+|(?<=[.!?:;])\s+")


def unescaped(text: str) -> str:
    """Undo the escapes of JSON and of HTML, also HTML that was escaped twice."""
    if "\\" in text:
        text = _ESCAPED_CODE.sub(lambda found: chr(int(found[1], 16)), text)
        text = _ESCAPED_SPACE.sub(" ", text).replace("\\/", "/").replace('\\"', '"')
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # halves of one character come together
    return html.unescape(html.unescape(text)) if "&" in text else text


def bare(text: str) -> str:
    """Leave letters and digits only, case folded: white space, signs and tags do not matter any more."""
    return _NO_LETTER.sub("", text).casefold()


def bare_page(text: str) -> str:
    """Give a page's bare words without its tags, and once more with them (a lone `<` may look like the beginning of one)."""
    return bare(_TAG.sub(" ", text)) + "\n" + bare(text) if "<" in text else bare(text)


def pieces(text: str, *, shortest: int) -> list[str]:
    """Cut a text into lines and sentences, bare, longest first; those with fewer letters than `shortest` are left out."""
    found = {bare(piece) for piece in _PIECE.split(text)}
    return sorted((piece for piece in found if len(piece) >= shortest), key=lambda piece: (-len(piece), piece))
