"""What is wrong, or getting old, in rows that are valid by themselves; what only the platforms know is checked in `crawlers`."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from vacancies.error import FeedInvalid
from vacancies.feed_mapping import find_mapping
from vacancies.source import Source

LONGEST_UNREAD: Final = timedelta(days=365)
"""After so long terms and robots.txt must be read again by a person."""


class Weight(StrEnum):
    """Whether a board can be collected in spite of a problem."""

    WRONG = "wrong"  # it cannot be collected so
    OLD = "look"  # a person should look; it is collected


class RowProblem(NamedTuple):
    """A problem of a row, and what to do."""

    board: str
    field: str
    weight: Weight
    problem: str


def check_row(
    source: Source, *, today: date, needed_credentials: tuple[str, ...] = (), forgotten_at: datetime | None = None
) -> Iterator[RowProblem]:
    """Look at one row; `forgotten_at` says when its board was forgotten as a whole, if it was."""
    if forgotten_at is not None and (source.active_to is None or source.active_to >= today):
        text = (
            f"forgotten on {forgotten_at:%Y-%m-%d}, so it is not collected: take the row out, or labourscope forget --board {source.board}"
        )
        yield RowProblem(source.board, "board", Weight.WRONG, f"{text} --lift, which allows it again")
    for name in needed_credentials:
        if name not in source.credentials:
            text = f"platform {source.platform} needs the credential {name!r}: name its environment variable (credentials: {{{name}: ...}})"
            yield RowProblem(source.board, "credentials", Weight.WRONG, text)
    for name, variable in source.credentials.items():
        if not os.environ.get(variable):
            yield RowProblem(source.board, "credentials", Weight.WRONG, f"the environment variable {variable} ({name}) is not set here")
    yield from _reading(source, today)
    yield from _activity(source, today)
    if source.hours is not None and source.hours[:5] == source.hours[6:]:
        yield RowProblem(source.board, "hours", Weight.WRONG, f"{source.hours} begins where it ends, so no request is ever allowed")
    if source.mapping is not None:
        try:
            find_mapping(source.mapping)
        except FeedInvalid as error:
            yield RowProblem(source.board, "mapping", Weight.WRONG, str(error))


def _reading(source: Source, today: date) -> Iterator[RowProblem]:
    if source.loopback:
        return
    if source.terms_url is not None and source.terms_read is None:
        yield RowProblem(source.board, "terms_read", Weight.OLD, f"nobody has read {source.terms_url}; read it and write the date")
    for field, day in (("terms_read", source.terms_read), ("robots_read", source.robots_read)):
        if day is not None and day > today:
            yield RowProblem(source.board, field, Weight.WRONG, f"{day} lies in the future")
        elif day is not None and today - day > LONGEST_UNREAD:
            yield RowProblem(source.board, field, Weight.OLD, f"last read on {day}, more than a year ago; read it again and write the date")


def _activity(source: Source, today: date) -> Iterator[RowProblem]:
    if source.active_to is not None and source.active_to < today:
        yield RowProblem(source.board, "active_to", Weight.OLD, f"ended on {source.active_to}; it is not collected any more")
    elif source.active_from > today:
        yield RowProblem(source.board, "active_from", Weight.OLD, f"begins on {source.active_from}; it is not collected yet")
    elif source.active_to is not None and source.active_to - today <= timedelta(days=30):
        yield RowProblem(source.board, "active_to", Weight.OLD, f"ends on {source.active_to}; renew the agreement, or let it end")
