"""From the network's answers to spans: the best sequence of tags, given how well each follows the other (Viterbi)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from nlp.tagger.network import Floats
from nlp.tagger.tags import NEVER, TagLayer, first_forbidden, last_forbidden

Ints = npt.NDArray[np.int64]


class TaggedSpan(NamedTuple):
    """Words first..last (half open) of one kind; `score` is the mean probability of its tags (0..1)."""

    first: int
    last: int
    kind: str
    score: float


def log_softmax(logits: Floats) -> Floats:
    """Natural logarithms of probabilities, along the last axis."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    made: Floats = shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return made


def softmax(logits: Floats) -> Floats:
    """Probabilities, along the last axis."""
    made: Floats = np.exp(logits - logits.max(axis=-1, keepdims=True))
    made /= made.sum(axis=-1, keepdims=True)
    return made


def decode(
    layers: Sequence[TagLayer],
    answers: Sequence[Sequence[Floats]],
    following: Sequence[Floats],
    *,
    outside: float,
    line_ends: Sequence[Ints] | None = None,
) -> list[list[TaggedSpan]]:
    """Spans of each text in all layers, by start.

    `answers` are logits (words x tags) by layer and text, `following` the worth of each tag behind each other (tags x tags) by layer;
    `outside` is taken from the logit of "outside": the higher, the more spans. No span goes across the `line_ends` (positions of words,
    ascending, by text).
    """
    found: list[list[TaggedSpan]] = [[] for _ in answers[0]]
    lengths = [len(own) for own in answers[0]]
    begins = np.cumsum([0, *lengths[:-1]])
    breaks = None if line_ends is None else np.concatenate([begin + own for begin, own in zip(begins, line_ends, strict=True)])
    for layer, logits, own in zip(layers, answers, following, strict=True):
        answer = np.concatenate(logits)
        tags = _best_tags(answer, own, np.array(lengths), outside=outside, breaks=breaks)
        for text, span in _spans(layer, tags, answer, begins):
            found[text].append(span)
    return [sorted(own) for own in found]


def best_tags(answers: Sequence[Floats], following: Floats, *, outside: float = 0.0) -> list[Ints]:
    """The best sequence of tags for each of some logits (words x tags), given how well each tag follows each other (tags x tags)."""
    if not answers:
        return []
    lengths = np.array([len(own) for own in answers])
    return np.split(_best_tags(np.concatenate(answers), following, lengths, outside=outside), np.cumsum(lengths)[:-1])


def _best_tags(answer: Floats, following: Floats, lengths: Ints, *, outside: float, breaks: Ints | None = None) -> Ints:
    """The best tags of texts that lie one behind the other; words at `breaks` are outside, so what lies between is a matter by itself."""
    worth = answer.astype(np.float32)
    worth[:, 0] -= np.float32(outside)
    ends = np.cumsum(lengths)
    starts, stops = ends - lengths, ends
    if breaks is not None:
        worth[breaks, 1:] = NEVER
        starts, stops = np.sort(np.append(starts, breaks)), np.sort(np.append(ends, breaks + 1))  # a break ends one run and begins the next
    found = np.zeros(len(answer), dtype=np.int64)
    for group in _even_groups(stops - starts):
        rows = starts[group] + np.arange((stops - starts)[group[0]])[:, None]
        is_there = rows < stops[group]
        tags = _viterbi(worth[np.minimum(rows, len(worth) - 1)], is_there.sum(axis=1), following)
        found[rows[is_there]] = tags[is_there]
    return found


def _even_groups(lengths: Ints) -> list[Ints]:
    """Positions of runs of similar length (at most three times as long), so that little is padded; runs without words are left out."""
    order = np.argsort(-lengths, kind="stable")
    groups: list[Ints] = []
    at, last = 0, int(np.count_nonzero(lengths))
    while at < last:
        least = -(-int(lengths[order[at]]) // 3)
        stop = int(np.searchsorted(-lengths[order], -least, side="right"))
        groups.append(order[at:stop])
        at = stop
    return groups


def _viterbi(worth: Floats, going: Ints, following: Floats) -> Ints:
    """The best tags (steps x runs) of several runs at once, the longest first, by the worth of each tag (steps x runs x tags).

    `going` is how many of the runs have a word at each step.
    """
    steps, count, size = worth.shape
    moves = np.ascontiguousarray(following.T)  # after x before
    back = np.empty((steps, count, size), dtype=np.int8)
    back[:] = np.arange(size, dtype=np.int8)  # behind its end a run stays as it is
    scores = worth[0] + first_forbidden(size)
    room = np.empty((count, size, size), dtype=np.float32)
    for step in range(1, steps):
        own = going[step]
        came = np.add(moves, scores[:own, None, :], out=room[:own])
        back[step, :own] = came.argmax(axis=2)
        came.max(axis=2, out=scores[:own])
        scores[:own] += worth[step, :own]
    path = np.empty((steps, count), dtype=np.int64)
    path[-1] = (scores + last_forbidden(size)).argmax(axis=1)
    each = np.arange(count)
    for step in range(steps - 1, 0, -1):
        path[step - 1] = back[step, each, path[step]]
    return path


def _spans(layer: TagLayer, tags: Ints, answer: Floats, begins: Ints) -> Iterator[tuple[int, TaggedSpan]]:
    """Spans of texts that lie one behind the other from `begins` on, each with the number of its text."""
    inside = np.flatnonzero(tags)
    certain = np.zeros(len(tags) + 1)
    certain[inside + 1] = softmax(answer[inside])[np.arange(len(inside)), tags[inside]]
    summed = np.cumsum(certain)
    for first, last, kind in layer.spans(tags):
        text = int(begins.searchsorted(first, side="right")) - 1
        begin = int(begins[text])
        yield text, TaggedSpan(first - begin, last - begin, kind, min(float(summed[last] - summed[first]) / (last - first), 1.0))
