"""Words out of schema.org values, which may be a text, a number, an object with a name, or a list of any of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

_LANGUAGE: Final = re.compile(r"^([a-z]{2})(?:[-_][a-z0-9-]+)?$", re.IGNORECASE)
_NAMED_BY: Final = ("@value", "name", "legalName", "alternateName", "value", "termCode", "@id")


def each(value: object) -> Iterator[object]:
    """Yield the members of a list (nested ones too), or the one value; nothing for None."""
    if isinstance(value, list | tuple):
        for member in value:
            yield from each(member)
    elif value is not None:
        yield value


def word(value: object) -> str | None:
    """Give the first text in a value, with white space folded; an object speaks by its name. None when there is none."""
    return next(iter(words_of(value)), None)


def words_of(value: object) -> list[str]:
    """Give every text in a value, in order."""
    return [text for member in each(value) if (text := _text(member))]


def first_word(*values: object) -> str | None:
    """Give the first text that one of the values has."""
    return next((text for value in values if (text := word(value))), None)


def read_language(text: str | None) -> str | None:
    """Read a language tag ("de-DE") to its two letters; None for names and longer codes."""
    match = _LANGUAGE.match(text.strip()) if text else None
    return match[1].lower() if match else None


def number(value: object) -> float | None:
    """Read a plain decimal number (a coordinate, a count), with a point or a comma."""
    text = word(value)
    if text is None:
        return None
    try:
        found = float(text.replace(",", "."))
    except ValueError:
        return None
    return found if abs(found) < 1e12 else None  # also false for nan


def _text(value: object) -> str | None:
    if isinstance(value, Mapping):
        return next((text for name in _NAMED_BY if (text := word(value.get(name)))), None)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    return " ".join(str(value).split()) or None
