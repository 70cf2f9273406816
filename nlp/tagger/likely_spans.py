"""Spans chosen by how likely each one is, instead of by the likeliest sequence of tags: more of them are right to both ends.

The network's answer is a conditional random field over tags; sums over all sequences (forward and backward, Rabiner 1989) give the
probability of each span. Of spans that overlap those are taken whose probabilities, less a threshold each, add up to most.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from nlp.tagger.decoding import TaggedSpan
from nlp.tagger.network import Floats
from nlp.tagger.tags import first_forbidden, last_forbidden

_BEGIN, _INSIDE, _END, _WHOLE = 1, 2, 3, 4
_LONGEST: Final = 24  # words

Exact = npt.NDArray[np.float64]  # sums over long texts


class _Sums(NamedTuple):
    """Logarithms: of what leads to each tag, of what follows it (both words x tags), and of all sequences together."""

    before: Exact
    behind: Exact
    whole: float


def likely_spans(logits: Floats, following: Floats, kind: str, *, least: float) -> list[TaggedSpan]:
    """Spans of one run of words, by start; `logits` (words x 5 tags), `following` the worth of each tag behind each other (tags x tags).

    A span needs a probability above `least` (0..1), which is its score. None is longer than 24 words. Cost grows linearly with the words.
    """
    if not len(logits):
        return []
    spans = [span for span in _spans(logits.astype(np.float64), following.astype(np.float64)) if span[2] > least]
    return [TaggedSpan(first, last, kind, min(score, 1.0)) for first, last, score in _best_together(spans, len(logits), least)]


def _sums(logits: Exact, following: Exact) -> _Sums:
    size = len(following)
    before, behind = np.zeros_like(logits), np.zeros_like(logits)
    before[0] = logits[0] + first_forbidden(size)
    for at in range(1, len(logits)):
        before[at] = np.logaddexp.reduce(before[at - 1][:, None] + following, axis=0) + logits[at]
    behind[-1] = last_forbidden(size)
    for at in range(len(logits) - 2, -1, -1):
        behind[at] = np.logaddexp.reduce(following + (logits[at + 1] + behind[at + 1])[None, :], axis=1)
    return _Sums(before, behind, float(np.logaddexp.reduce(before[-1] + behind[-1])))


def _spans(logits: Exact, following: Exact) -> Iterator[tuple[int, int, float]]:
    """Every span with its probability: of one word, and of up to 24."""
    sums = _sums(logits, following)
    whole = np.exp(sums.before[:, _WHOLE] + sums.behind[:, _WHOLE] - sums.whole)
    goes_on = np.cumsum(np.append(0.0, logits[:, _INSIDE] + following[_INSIDE, _INSIDE]))
    into, out = following[_BEGIN, _INSIDE] - following[_INSIDE, _INSIDE] + following[_INSIDE, _END], following[_BEGIN, _END]
    for first in range(len(logits)):
        yield first, first + 1, float(whole[first])
        ends = np.arange(first + 1, min(len(logits), first + _LONGEST))
        steps = np.where(ends == first + 1, out, into + goes_on[ends] - goes_on[first + 1])
        worth = sums.before[first, _BEGIN] + steps + logits[ends, _END] + sums.behind[ends, _END] - sums.whole
        yield from zip([first] * len(ends), (ends + 1).tolist(), np.exp(worth).tolist(), strict=True)


def _best_together(spans: list[tuple[int, int, float]], size: int, least: float) -> list[tuple[int, int, float]]:
    """Of spans (first, last, score) those that do not overlap and whose scores above the least add up to most."""
    ending: dict[int, list[tuple[int, int, float]]] = {}
    for span in spans:
        ending.setdefault(span[1], []).append(span)
    worth = [0.0] * (size + 1)
    taken: list[tuple[int, int, float] | None] = [None] * (size + 1)
    for last in range(1, size + 1):
        worth[last] = worth[last - 1]
        for span in ending.get(last, ()):
            if worth[span[0]] + span[2] - least > worth[last]:
                worth[last], taken[last] = worth[span[0]] + span[2] - least, span
    found, at = [], size
    while at > 0:
        span_here = taken[at]
        if span_here is not None:
            found.append(span_here)
        at = at - 1 if span_here is None else span_here[0]
    return found[::-1]
