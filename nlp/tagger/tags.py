"""Tags of words: outside, or the beginning, inside, end or whole of a span of some kind; and which may follow which."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Tags = npt.NDArray[np.int32]

NEVER: Final = np.float32(-1e4)
_B, _I, _E, _S = 1, 2, 3, 4


class TagLayer(NamedTuple):
    """Spans that exclude each other: tag 0 is outside; kind k has beginning 4 k + 1, inside 4 k + 2, end 4 k + 3, whole 4 k + 4."""

    head: str
    kinds: tuple[str, ...]

    @property
    def size(self) -> int:
        """The number of tags."""
        return 1 + 4 * len(self.kinds)

    def write(self, tags: Tags, first: int, last: int, kind: str) -> None:
        """Tag the words first..last (half open) as a span of a kind; a span that was there before and is cut loses its rest."""
        base = 4 * self.kinds.index(kind)
        clear(tags, first, last)
        if last - first == 1:
            tags[first] = base + _S
        else:
            tags[first:last] = base + _I
            tags[first], tags[last - 1] = base + _B, base + _E

    def spans(self, tags: npt.NDArray[np.integer]) -> list[tuple[int, int, str]]:
        """First and last word (half open) and kind of each span, by start; the tags must follow each other rightly."""
        begins = np.flatnonzero((tags > 0) & ((tags % 4 == _B) | (tags % 4 == 0)))
        ends = np.flatnonzero((tags > 0) & ((tags % 4 == _E) | (tags % 4 == 0))) + 1
        return [(int(first), int(last), self.kinds[(int(tags[first]) - 1) // 4]) for first, last in zip(begins, ends, strict=True)]


def cut_forbidden(going_on: npt.NDArray[np.bool_], size: int) -> Floats:
    """NEVER for tags that would begin or end a span within a token (words x tags), else 0.

    `going_on` tells which words are parts of the token that the word before belongs to.
    """
    found = np.zeros((len(going_on), size), dtype=np.float32)
    places = np.arange(size) % 4
    begins, ends = (places == _B) | (places == 0), (places == _E) | (places == 0)
    begins[0] = ends[0] = False
    found[np.ix_(going_on, begins)] = NEVER
    found[np.ix_(np.append(going_on[1:], False), ends)] = NEVER
    return found


def clear(tags: Tags, first: int, last: int) -> None:
    """Take away all spans that touch the words first..last (half open)."""
    while 0 < first < len(tags) and tags[first] and tags[first] % 4 in (_I, _E):
        first -= 1
    while 0 < last < len(tags) and tags[last - 1] and tags[last - 1] % 4 in (_B, _I):
        last += 1
    tags[first:last] = 0


def forbidden(size: int) -> Floats:
    """NEVER where the second tag may not follow the first (tags x tags), else 0."""
    found = np.zeros((size, size), dtype=np.float32)
    for before in range(size):
        is_open = before > 0 and before % 4 in (_B, _I)
        for after in range(size):
            goes_on = after > 0 and after % 4 in (_I, _E)
            is_same = before > 0 and after > 0 and (before - 1) // 4 == (after - 1) // 4
            if goes_on != is_open or (is_open and not is_same):
                found[before, after] = NEVER
    return found


def first_forbidden(size: int) -> Floats:
    """NEVER for tags that cannot stand first."""
    found: Floats = forbidden(size)[0]
    return found


def last_forbidden(size: int) -> Floats:
    """NEVER for tags that cannot stand last."""
    found: Floats = forbidden(size)[:, 0]
    return found
