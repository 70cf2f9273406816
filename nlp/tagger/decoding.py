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
    """Natural logarithms of probabilities, along the last axis (rows x classes)."""
    by_class = _below_zero(logits)
    by_class -= np.log(np.exp(by_class).sum(axis=0))
    return np.ascontiguousarray(by_class.T)


def softmax(logits: Floats) -> Floats:
    """Probabilities, along the last axis (rows x classes)."""
    by_class = _below_zero(logits)
    np.exp(by_class, out=by_class)
    by_class /= by_class.sum(axis=0)
    return np.ascontiguousarray(by_class.T)


def _below_zero(logits: Floats) -> Floats:
    """Logits, the highest of each row 0, a row for each class: few classes are added up several times as fast in that order."""
    by_class = np.array(logits.T, order="C")
    by_class -= by_class.max(axis=0)
    return by_class


def decode(
    layers: Sequence[TagLayer],
    answers: Sequence[Sequence[Floats]],
    following: Sequence[Floats],
    *,
    outside: float | Sequence[float],
    line_ends: Sequence[Ints] | None = None,
) -> list[list[TaggedSpan]]:
    """Spans of each text in all layers, by start.

    `answers` are logits (words x tags) by layer and text, `following` the worth of each tag behind each other (tags x tags) by layer;
    `outside` (of all layers, or by layer) is taken from the logit of "outside": the higher, the more spans. No span goes across the
    `line_ends` (positions of words, ascending, by text).
    """
    found: list[list[TaggedSpan]] = [[] for _ in answers[0]]
    lengths = np.array([len(own) for own in answers[0]], dtype=np.int64)
    begins = np.cumsum(lengths) - lengths
    breaks = None if line_ends is None else np.concatenate([begin + own for begin, own in zip(begins, line_ends, strict=True)])
    joined = [np.concatenate(logits) for logits in answers]
    tags = _best_tags(joined, following, lengths, outside=outside, breaks=breaks)
    for layer, answer, own in zip(layers, joined, tags, strict=True):
        for text, span in _spans(layer, own, answer, begins):
            found[text].append(span)
    return [sorted(own) for own in found]


def best_tags(answers: Sequence[Floats], following: Floats, *, outside: float = 0.0) -> list[Ints]:
    """The best sequence of tags for each of some logits (words x tags), given how well each tag follows each other (tags x tags)."""
    if not answers:
        return []
    lengths = np.array([len(own) for own in answers], dtype=np.int64)
    (tags,) = _best_tags([np.concatenate(answers)], [following], lengths, outside=outside)
    return np.split(tags, np.cumsum(lengths)[:-1])


def _best_tags(
    answers: Sequence[Floats], following: Sequence[Floats], lengths: Ints, *, outside: float | Sequence[float], breaks: Ints | None = None
) -> list[Ints]:
    """The best tags, by layer, of texts one behind the other; words at `breaks` are outside, and what lies between is by itself."""
    size = max(answer.shape[1] for answer in answers)
    worth = np.full((int(lengths.sum()), len(answers), size), NEVER, dtype=np.float32)  # a layer with fewer tags never uses the rest
    for layer, answer in enumerate(answers):
        worth[:, layer, : answer.shape[1]] = answer
    worth[:, :, 0] -= np.asarray(outside, dtype=np.float32)
    ends = np.cumsum(lengths)
    starts, stops = ends - lengths, ends
    if breaks is not None:
        worth[breaks, :, 1:] = NEVER
        starts, stops = np.sort(np.append(starts, breaks)), np.sort(np.append(ends, breaks + 1))  # a break ends one run and begins the next
    rows, going = _by_step(starts, stops - starts)
    found = np.zeros((len(worth), len(answers)), dtype=np.int64)
    if len(rows):
        found[rows] = _viterbi(worth[rows], going, [_Rules.of(own, size) for own in following])
    return list(found.T)


def _by_step(starts: Ints, lengths: Ints) -> tuple[Ints, Ints]:
    """The rows of all runs, first rows first, then all second ones and so on, the longest run first; and how many runs have each step."""
    order = np.argsort(-lengths, kind="stable")[: np.count_nonzero(lengths)]
    sizes = lengths[order]
    step = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    rows = np.repeat(starts[order], sizes) + step
    return rows[np.argsort(step, kind="stable")], np.bincount(step)


class _Rules(NamedTuple):
    """How well tags follow each other in one layer, with room for `size` tags."""

    moves: Floats  # before x after
    first: Floats
    last: Floats

    @classmethod
    def of(cls, following: Floats, size: int) -> _Rules:
        own = len(following)
        moves = np.full((size, size), NEVER, dtype=np.float32)
        moves[:own, :own] = following
        room = (0, size - own)
        first, last = (np.pad(ends, room, constant_values=NEVER) for ends in (first_forbidden(own), last_forbidden(own)))
        return cls(moves, first, last)


def _viterbi(worth: Floats, going: Ints, rules: Sequence[_Rules]) -> Ints:
    """The best tags (rows x layers) of many runs at once, by the worth of each tag (rows x layers x tags), rows as `_by_step` lays them."""
    moves, first, last = (np.stack(own, axis=1)[..., None] for own in zip(*rules, strict=True))  # before x layers x after x 1
    total, layers, size = worth.shape
    sizes = going.tolist()
    count = sizes[0]
    by_row = np.ascontiguousarray(worth.transpose(1, 2, 0))  # rows side by side: the best of few tags for many rows at a time
    back = np.empty(by_row.shape, dtype=np.int8)
    scores = by_row[:, :, :count] + first.transpose(1, 0, 2)
    at = count
    for own in sizes[1:]:
        came = scores[:, :, :own].transpose(1, 0, 2)[:, :, None] + moves
        back[:, :, at : at + own] = came.argmax(axis=0)
        np.add(came.max(axis=0), by_row[:, :, at : at + own], out=scores[:, :, :own])
        at += own
    path = np.empty((total, layers), dtype=np.int64)
    tags = (scores + last.transpose(1, 0, 2)).argmax(axis=1)
    flat, begins = back.reshape(-1), np.arange(layers)[:, None] * size * total + np.arange(count)
    for own in sizes[:0:-1]:
        at -= own
        path[at : at + own] = tags[:, :own].T
        tags[:, :own] = flat[begins[:, :own] + (tags[:, :own] * total + at)]
    path[:count] = tags.T
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
