"""How the crawl of a board ended, and why, in words for everybody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from vacancies.run import RunStatus


class Ending(NamedTuple):
    """What is known when a crawl ends."""

    board: str
    gaps: Sequence[str]  # why the listing is not complete
    paused: str | None  # that the board's hours ended in the middle
    doubt: str | None  # what the gate found; None where a person lets the crawl through
    lost: int  # pages and records that could not be fetched or read
    parsed: int  # postings
    names_all_open: bool


def outcome(ending: Ending) -> tuple[RunStatus, str | None]:
    """Judge a crawl: FAILED before PAUSED before HELD before DONE."""
    more = [said for said in (ending.paused, ending.doubt) if said]
    if ending.gaps:
        return RunStatus.FAILED, "; ".join([*ending.gaps[:3], *more])
    if ending.lost > ending.parsed:
        lost = f"{ending.lost} pages or records could not be read, {ending.parsed} could: has the board changed its pages?"
        return RunStatus.FAILED, f"{lost}; {ending.paused}" if ending.paused else lost
    if ending.paused is not None:
        return RunStatus.PAUSED, "; ".join(more)
    if ending.doubt is not None:
        return RunStatus.HELD, (
            f"{ending.doubt}: the crawl is kept apart and changes nothing; look at the board, then "
            f"`labourscope sources accept {ending.board}` if this is right"
        )
    return RunStatus.DONE, None if ending.names_all_open else "the listing does not name all that is open: what it leaves out is not gone"
