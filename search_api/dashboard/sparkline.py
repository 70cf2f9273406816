"""Small lines over the runs of a board, as plain numbers for an SVG template; the figures stand beside them as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

WIDTH: Final = 120
HEIGHT: Final = 28
_EDGE: Final = 3


class Spark(NamedTuple):
    """A line in pieces (a run without the figure leaves a gap), the place of its last point, and what it says in words."""

    lines: tuple[str, ...]  # points attributes of polylines
    last: tuple[float, float]
    words: str
    width: int = WIDTH
    height: int = HEIGHT


def spark_of(values: Sequence[float | None], *, name: str, share: bool = False) -> Spark | None:
    """Draw a figure over runs, oldest first; shares from 0 to 1, others from 0 to their largest. None with fewer than two values."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return None
    top = 1.0 if share else max(*known, 1e-9)
    across = (WIDTH - 2 * _EDGE) / (len(values) - 1)
    points = [
        None if value is None else (round(_EDGE + at * across, 1), round(HEIGHT - _EDGE - (HEIGHT - 2 * _EDGE) * min(value / top, 1), 1))
        for at, value in enumerate(values)
    ]
    pieces: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point is None:
            pieces.append([])
        else:
            pieces[-1].append(point)
    lines = tuple(" ".join(f"{x},{y}" for x, y in piece) for piece in pieces if len(piece) > 1)
    show = "{:.0%}".format if share else "{:,.4g}".format
    words = f"{name} over {len(known)} runs: {show(min(known))} to {show(max(known))}, now {show(known[-1])}"
    return Spark(lines, next(point for point in reversed(points) if point is not None), words)
