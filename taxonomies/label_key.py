"""The form in which labels and names are compared: case, accents and punctuation folded."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_NOT_WORD: Final = re.compile(r"[^\w+#]+", re.UNICODE)
_LETTERS: Final = str.maketrans({"ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "ı": "i", "_": " "})


def label_key(text: str) -> str:
    """Fold case, accents and punctuation: "Chargé/e d'études" -> "charge e d etudes"; "+" and "#" stay (C++, C#)."""
    folded = text.casefold()
    if not folded.isascii():
        decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", folded).casefold())  # letters of mathematics fold late
        folded = "".join(c for c in decomposed if not unicodedata.combining(c))
    return _NOT_WORD.sub(" ", folded.translate(_LETTERS)).strip()


def clean_label(text: str) -> str:
    """Collapse white space (ESCO's files hold double and no-break spaces) and strip it at both ends."""
    return " ".join(text.split())
