"""Pairing spans that were read with spans that are labelled, one to one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

Span = tuple[int, int]

HALF: Final = 0.5


def overlap(left: Span, right: Span) -> float:
    """The intersection as share of the longer span: 1 for equal spans, 0 for spans apart."""
    shared = min(left[1], right[1]) - max(left[0], right[0])
    return max(shared, 0) / max(left[1] - left[0], right[1] - right[0])


def match_spans(gold: Sequence[Span], read: Sequence[Span], *, least: float = HALF) -> list[tuple[int, int]]:
    """Pair spans whose overlap is at least `least`, the best overlap first, each span once; gives positions (gold, read)."""
    candidates = sorted(
        (-worth, at, other)
        for at, span in enumerate(gold)
        for other, found in enumerate(read)
        if found[0] < span[1] and span[0] < found[1] and (worth := overlap(span, found)) >= least
    )
    pairs: list[tuple[int, int]] = []
    taken_gold: set[int] = set()
    taken_read: set[int] = set()
    for _, at, other in candidates:
        if at not in taken_gold and other not in taken_read:
            taken_gold.add(at)
            taken_read.add(other)
            pairs.append((at, other))
    return sorted(pairs)
