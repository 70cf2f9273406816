"""From the network's answers to spans: the best sequence of tags, given how well each follows the other (Viterbi)."""

from __future__ import annotations

from collections.abc import Sequence
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


def decode(
    layers: Sequence[TagLayer], answers: Sequence[Sequence[Floats]], following: Sequence[Floats], *, outside: float
) -> list[list[TaggedSpan]]:
    """Spans of each text in all layers, by start.

    `answers` are logits (words x tags) by layer and text, `following` the worth of each tag behind each other (tags x tags) by layer;
    `outside` is taken from the logit of "outside": the higher, the more spans.
    """
    count = len(answers[0])
    tags = best_tags([own for layer in answers for own in layer], [own for own in following for _ in range(count)], outside=outside)
    found: list[list[TaggedSpan]] = [[] for _ in range(count)]
    for number, layer in enumerate(layers):
        for at, own in enumerate(tags[number * count : (number + 1) * count]):
            found[at] += _spans(layer, own, answers[number][at])
    return [sorted(own) for own in found]


def best_tags(answers: Sequence[Floats], following: Sequence[Floats], *, outside: float = 0.0) -> list[Ints]:
    """The best sequence of tags for each of some logits (words x tags), step by step for all of similar length at once."""
    found: list[Ints] = [np.zeros(0, dtype=np.int64)] * len(answers)
    for group in _even_groups(answers):
        best = _viterbi([answers[at] for at in group], [following[at] for at in group], np.float32(outside))
        for at, tags in zip(group, best, strict=True):
            found[at] = tags
    return found


def _even_groups(answers: Sequence[Floats]) -> list[list[int]]:
    """Texts of similar length together, so that little is padded."""
    groups: list[list[int]] = []
    for at in sorted(range(len(answers)), key=lambda at: -len(answers[at])):
        if not len(answers[at]):
            continue
        if groups and len(answers[at]) * 3 >= len(answers[groups[-1][0]]):
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups


def _viterbi(answers: Sequence[Floats], following: Sequence[Floats], outside: np.float32) -> list[Ints]:
    """Viterbi over all texts at once; those with fewer tags have the others forbidden."""
    lengths = [len(answer) for answer in answers]
    steps, size = max(lengths), max(len(own) for own in following)
    padded = np.full((steps, len(answers), size), NEVER, dtype=np.float32)
    padded[:, :, 0] = 0
    moves = np.full((len(answers), size, size), NEVER, dtype=np.float32)  # after x before
    for at, (answer, own) in enumerate(zip(answers, following, strict=True)):
        padded[: len(answer), at, : answer.shape[1]] = answer
        padded[: len(answer), at, 0] -= outside
        moves[at, : len(own), : len(own)] = own.T
    back = np.zeros((steps, len(answers), size), dtype=np.int8)
    scores = padded[0] + first_forbidden(size)
    worth = np.empty_like(moves)
    best = np.empty((len(answers), size), dtype=np.int64)
    for step in range(1, steps):
        np.add(moves, scores[:, None, :], out=worth)
        worth.argmax(axis=2, out=best)
        back[step] = best
        scores = worth.max(axis=2)
        scores += padded[step]
    path = np.zeros((steps, len(answers)), dtype=np.int64)
    path[-1] = (scores + last_forbidden(size)).argmax(axis=1)
    each = np.arange(len(answers))
    for step in range(steps - 1, 0, -1):
        path[step - 1] = back[step][each, path[step]]
    return [path[:length, at] for at, length in enumerate(lengths)]


def _spans(layer: TagLayer, tags: Ints, answer: Floats) -> list[TaggedSpan]:
    spans = layer.spans(tags)
    if not spans:
        return []
    certain = np.exp(log_softmax(answer)[np.arange(len(tags)), tags])
    return [TaggedSpan(first, last, kind, min(float(certain[first:last].mean()), 1.0)) for first, last, kind in spans]
