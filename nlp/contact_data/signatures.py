"""Finds first names alone at the ends of advertisements: on own lines ("Jana & Torben"), behind strokes ("//Emelie och Robban")."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from nlp.contact_data.name_forms import LOWER, UPPER, Offsets
from nlp.contact_data.name_surroundings import may_stand_alone

_NAME: Final = rf"[{UPPER}][{LOWER}]+(?:-[{UPPER}][{LOWER}]+)?"
_JOIN: Final = r"(?:, | ?[&+] | (?:and|und|et|en|y|e|och|i|a) )"
_NAMES: Final = re.compile(rf"{_NAME}(?:{_JOIN}{_NAME}){{0,4}}")
_EACH: Final = re.compile(_NAME)
_LINE: Final = re.compile(rf"(?:[-–—~*_/]{{1,3}} ?)?({_NAMES.pattern})[ \t]*[!.,☺]?(?: ?[:;]-?\)| x{{1,2}})?[ \t]*")
_STROKES: Final = re.compile(rf"(?://? ?|[–—] ?)({_NAMES.pattern})[ \t.]*(?=\n|\Z)")
_LAST: Final = 220
_LONGEST: Final = 60


def signatures(text: str) -> Iterator[Offsets]:
    """The first names of those who sign a text."""
    at = max(0, len(text) - _LAST)
    for line in text[at:].splitlines(keepends=True):
        match = None
        if len(line) <= _LONGEST and (at == 0 or text[at - 1] == "\n"):
            match = _LINE.fullmatch(text, at + len(line) - len(line.lstrip()), at + len(line.rstrip()))
        elif "/" in line or "–" in line or "—" in line:
            match = _STROKES.search(text, at, at + len(line))
        if match is None and "//" in line:
            match = _STROKES.search(text, at, at + len(line))
        if match is not None:
            names = list(_EACH.finditer(text, *match.span(1)))
            if all(may_stand_alone(name[0]) for name in names):
                yield from (name.span() for name in names)
        at += len(line)
