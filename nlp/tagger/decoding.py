"""From the network's answers to spans: the likeliest sequence of tags in which every span has a beginning."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from nlp.tagger.network import Floats

_NEVER: Final = np.float32(-1e9)


class TagLayer(NamedTuple):
    """Tags that exclude each other: 0 is outside; each kind has a beginning at 2 k + 1 and an inside at 2 k + 2."""

    head: str
    kinds: tuple[str, ...]


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


def decode(layer: TagLayer, answers: Sequence[Floats], *, outside: float) -> list[list[TaggedSpan]]:
    """Spans of each text, from logits (words x tags). `outside` is taken from the logarithm of "outside": more spans when it is higher."""
    logs = [log_softmax(answer) for answer in answers]
    for log in logs:
        log[:, 0] -= np.float32(outside)
    return [_spans(layer, tags, log) for tags, log in zip(_best_tags(logs), logs, strict=True)]


def _best_tags(logs: Sequence[Floats]) -> list[npt.NDArray[np.int64]]:
    """Viterbi over all texts at once, step by step; cost: the longest text's words times the texts."""
    order = sorted(range(len(logs)), key=lambda at: -len(logs[at]))
    found: list[npt.NDArray[np.int64]] = [np.zeros(0, dtype=np.int64)] * len(logs)
    for group in _even_groups(order, logs):
        for at, tags in zip(group, _viterbi([logs[at] for at in group]), strict=True):
            found[at] = tags
    return found


def _even_groups(order: Sequence[int], logs: Sequence[Floats]) -> list[list[int]]:
    """Texts of similar length together, so that little is padded."""
    groups: list[list[int]] = []
    for at in order:
        if not len(logs[at]):
            continue
        if groups and len(logs[at]) * 2 >= len(logs[groups[-1][0]]):
            groups[-1].append(at)
        else:
            groups.append([at])
    return groups


def _viterbi(logs: Sequence[Floats]) -> list[npt.NDArray[np.int64]]:
    lengths = [len(log) for log in logs]
    steps, tags = max(lengths), logs[0].shape[1]
    padded = np.zeros((steps, len(logs), tags), dtype=np.float32)
    padded[:, :, 1:] = _NEVER
    for at, log in enumerate(logs):
        padded[: len(log), at] = log
    inside = np.arange(2, tags, 2)
    back = np.zeros((steps, len(logs), tags), dtype=np.int8)
    scores = padded[0].copy()
    scores[:, inside] = _NEVER
    for step in range(1, steps):
        best = scores.argmax(axis=1)
        top = scores[np.arange(len(logs)), best]
        back[step] = best[:, None]
        following = np.repeat(top[:, None], tags, axis=1)
        begun, going = scores[:, inside - 1], scores[:, inside]
        following[:, inside] = np.maximum(begun, going)
        back[step][:, inside] = np.where(begun >= going, inside - 1, inside)
        scores = following + padded[step]
    path = np.zeros((steps, len(logs)), dtype=np.int64)
    path[-1] = scores.argmax(axis=1)
    each = np.arange(len(logs))
    for step in range(steps - 1, 0, -1):
        path[step - 1] = back[step][each, path[step]]
    return [path[:length, at] for at, length in enumerate(lengths)]


def _spans(layer: TagLayer, tags: npt.NDArray[np.int64], log: Floats) -> list[TaggedSpan]:
    begins = np.flatnonzero(tags % 2 == 1)
    if not len(begins):
        return []
    ends = np.flatnonzero((tags > 0) & ((np.append(tags[1:], 0) % 2 == 1) | (np.append(tags[1:], 0) == 0))) + 1
    certain = np.exp(log[np.arange(len(tags)), tags])
    return [
        TaggedSpan(int(first), int(last), layer.kinds[(int(tags[first]) - 1) // 2], min(float(certain[first:last].mean()), 1.0))
        for first, last in zip(begins, ends, strict=True)
    ]
