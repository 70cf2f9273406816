"""The form of a name of a level of education: what `education_words` and `education_words_german` list."""

from __future__ import annotations

import re
from typing import NamedTuple


class Rule(NamedTuple):
    """A name of a level: the word beginnings that announce it, the pattern it has from there on, and whether it is written in capitals."""

    level: int | None
    stems: tuple[str, ...]
    pattern: re.Pattern[str]
    is_capital: bool = False


def level_rule(level: int | None, stems: str, pattern: str = "", *, capital: bool = False) -> Rule:
    """`stems` are split at `|`; without pattern a stem may go on to the end of its word."""
    parts = tuple(stems.split("|"))
    shape = pattern or rf"(?:{'|'.join(re.escape(part.lstrip('*')) for part in parts)})\w*"
    return Rule(level, parts, re.compile(rf"(?:{shape})(?!\w)"), capital)
