"""Which short forms can stand for which words, by their letters."""

from __future__ import annotations

import re
from typing import Final

from nlp.folding import fold

_SHORT: Final = re.compile(r"(?=(?:[^A-ZÄÖÜÅ]*[A-ZÄÖÜÅ]){2})[A-ZÄÖÜÅ][\w&-]{1,7}")
_WORDS: Final = re.compile(r"[^\W_][\w'’-]*")
_IN_BRACKETS: Final = re.compile(r"(.*\S)\s*\(([^()]+)\)\s*")
_BY_INITIALS: Final = 2  # letters up to which all must begin a word


def is_short_form(words: str) -> bool:
    """Whether a word is written as short forms are: two capitals at least, eight letters at most."""
    return _SHORT.fullmatch(words) is not None


def bracketed_short_form(label: str) -> str | None:
    """The short form that a label gives in brackets at its end, where its letters say so."""
    found = _IN_BRACKETS.fullmatch(label)
    return found[2] if found is not None and is_short_form(found[2]) and stands_for(found[2], found[1]) else None


def stands_for(short: str, long: str) -> bool:
    """Whether a short form can be made of the letters of a long one, in their order, the first beginning a word (Schwartz and Hearst).

    Of two letters both must begin a word; so must the first two of a long form of one word ("FI" of Finanzbuchhaltung).
    """
    letters = [letter for letter in fold(short) if letter.isalnum()]
    words = _WORDS.findall(fold(long))
    if not words or len(letters) < _BY_INITIALS:
        return False
    if len(letters) <= _BY_INITIALS:
        initials = [part[0] for word in words for part in word.split("-") if part]
        return initials == letters or (len(words) == 1 and words[0].startswith("".join(letters)))
    return _in_order(letters, " ".join(words))


def _in_order(letters: list[str], long: str) -> bool:
    """Found from the end on, so that each letter is taken as late as can be."""
    at = len(long)
    for number, letter in enumerate(reversed(letters)):
        is_first = number == len(letters) - 1
        at = long.rfind(letter, 0, at)
        while is_first and at > 0 and long[at - 1].isalnum():
            at = long.rfind(letter, 0, at)
        if at < 0:
            return False
    return at == 0
