"""The traces of postings: ids, addresses and words that stand nowhere else, and finding them in any text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from ahocorasick_rs import AhoCorasick
from pydantic import BaseModel, ConfigDict

from vacancies.forgetting.wording import bare_page, unescaped

_SCHEME: Final = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_SHORTEST_PATH: Final = 8  # characters; "/jobs" would be found everywhere


class Trace(StrEnum):
    """A kind of trace."""

    POSTING_ID = "posting id"
    ADDRESS = "address"
    WORDS = "words"
    EMPLOYER = "employer"
    NATIVE_ID = "native id"


class Traces(BaseModel):
    """What tells forgotten postings from all others; words are bare (see `wording.bare`) and stand in no posting that stays.

    `native_ids` are looked for in what their boards answered only: elsewhere a number means something else. `employers` are names that
    no other posting has.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    posting_ids: tuple[str, ...] = ()
    addresses: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    employers: tuple[str, ...] = ()
    native_ids: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in type(self).model_fields)

    def together(self, other: Traces) -> Traces:
        """Join with other traces."""
        return Traces(**{name: tuple(dict.fromkeys((*getattr(self, name), *getattr(other, name)))) for name in Traces.model_fields})


class TraceFinder:
    """Finds traces in texts; made once, since its automata cost."""

    def __init__(self, traces: Traces) -> None:
        addresses = [_without_scheme(address) for address in traces.addresses]
        paths = [path for address in traces.addresses if len(path := _path(address)) >= _SHORTEST_PATH]
        self._ids = _Words(traces.posting_ids)
        self._addresses = _Words(addresses)
        self._on_board = _Words([*addresses, *paths])
        self._native_ids = _Words([native_id.lower() for native_id in traces.native_ids])
        self._words = _Words(traces.words)
        self._employers = _Words(traces.employers)

    def find(self, text: str, *, of_board: bool = False) -> set[Trace]:
        """Name the kinds of traces in a text (a page, a record, a line); `of_board`: it is an answer of the postings' own board."""
        plain = unescaped(text)
        lowered = plain.lower()
        words = bare_page(plain) if self._words or self._employers else ""
        found = {
            Trace.POSTING_ID: self._ids.within(lowered),
            Trace.ADDRESS: (self._on_board if of_board else self._addresses).within(lowered, whole=True),
            Trace.WORDS: self._words.within(words),
            Trace.EMPLOYER: not of_board and self._employers.within(words),
            Trace.NATIVE_ID: of_board and self._native_ids.within(lowered, whole=True, from_start=True),
        }
        return {trace for trace, is_there in found.items() if is_there}


class _Words:
    def __init__(self, patterns: Iterable[str]) -> None:
        self._patterns = tuple(dict.fromkeys(pattern for pattern in patterns if pattern))
        self._automaton = AhoCorasick(list(self._patterns)) if self._patterns else None

    def __bool__(self) -> bool:
        return self._automaton is not None

    def within(self, text: str, *, whole: bool = False, from_start: bool = False) -> bool:
        """Tell whether a pattern is in the text; `whole`: not as the beginning of a longer name, `from_start`: nor as its end."""
        if self._automaton is None:
            return False
        for _, start, end in self._automaton.find_matches_as_indexes(text, overlapping=True):
            goes_on = whole and end < len(text) and (text[end].isalnum() or text[end] in "-_%")
            began = from_start and start > 0 and (text[start - 1].isalnum() or text[start - 1] in "-_%.")
            if not goes_on and not began:
                return True
        return False


def _without_scheme(address: str) -> str:
    return _SCHEME.sub("", address.strip()).rstrip("/").lower()


def _path(address: str) -> str:
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ""
    return (parts.path.rstrip("/") + (f"?{parts.query}" if parts.query else "")).lower()
