"""The best sequence of tags of a stretch, and how likely each of its tokens is one of a name.

A conditional random field (Lafferty et al. 2001): the worth of a sequence is the sum of its tags' logits and of how well each follows the
one before. Plain Python: there are three tags, and few stretches hold anything like a name.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import exp, log
from typing import Final

from nlp.people.network import BEGINS, GOES_ON, OUTSIDE, TAGS, Floats

NEVER: Final = -1e4  # what may not follow, or not begin: going on without a beginning

_TAGS: Final = range(TAGS)


def names_in(logits: Floats, moves: Floats) -> list[tuple[int, int]]:
    """The runs of tokens that are names by the best sequence of tags, half open; `moves` from tag (row) to tag."""
    return list(_runs(_best(*_worths(logits, moves))))


def likely_in_names(logits: Floats, moves: Floats) -> list[float]:
    """How likely each token of a stretch is one of a name, over all sequences of tags."""
    return _likely(*_worths(logits, moves))


def _worths(logits: Floats, moves: Floats) -> tuple[list[list[float]], list[list[float]]]:
    emitted, following = logits.tolist(), moves.tolist()
    emitted[0][GOES_ON] += NEVER
    following[OUTSIDE][GOES_ON] = NEVER
    return emitted, following


def _best(emitted: list[list[float]], following: list[list[float]]) -> list[int]:
    """The sequence of the highest worth (Viterbi 1967)."""
    worth = emitted[0]
    pointers: list[list[int]] = []
    for own in emitted[1:]:
        reached = [[worth[old] + following[old][new] for old in _TAGS] for new in _TAGS]
        before = [each.index(max(each)) for each in reached]
        worth = [max(each) + own[new] for new, each in enumerate(reached)]
        pointers.append(before)
    tags = [worth.index(max(worth))]
    for pointer in reversed(pointers):
        tags.append(pointer[tags[-1]])
    return tags[::-1]


def _likely(emitted: list[list[float]], following: list[list[float]]) -> list[float]:
    """The likelihood that a token is not outside, over all sequences (forward and backward)."""
    forward = [emitted[0]]
    for own in emitted[1:]:
        last = forward[-1]
        forward.append([_log_sum([last[old] + following[old][new] for old in _TAGS]) + own[new] for new in _TAGS])
    backward = [[0.0] * TAGS]
    for own in reversed(emitted[1:]):
        last = backward[-1]
        backward.append([_log_sum([following[old][new] + own[new] + last[new] for new in _TAGS]) for old in _TAGS])
    in_all = _log_sum(forward[-1])
    return [1 - exp(before[OUTSIDE] + behind[OUTSIDE] - in_all) for before, behind in zip(forward, reversed(backward), strict=True)]


def _log_sum(values: list[float]) -> float:
    most = max(values)
    return most + log(sum(exp(value - most) for value in values))


def _runs(tags: list[int]) -> Iterator[tuple[int, int]]:
    start: int | None = None
    for at, tag in enumerate([*tags, OUTSIDE]):
        if start is not None and tag != GOES_ON:
            yield start, at
            start = None
        if tag == BEGINS:
            start = at
