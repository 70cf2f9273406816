"""Zones from the tagger's answers: the likeliest sequence over the segments of a text, a change of zone costing something."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from nlp.tagger.network import Floats
from nlp.tagger.tagger import ZONES, TaggedText
from vacancies.enriched import ZoneSpan

_CHANGE: Final = np.float32(1.0)  # taken from the logarithm of a path's probability
_RULE: Final = "tagger"


def tagged_zones(tagged: TaggedText, length: int) -> tuple[ZoneSpan, ...]:
    """Zones that cover a text of some characters without overlap; none for a text without words."""
    logs = tagged.segment_zones()
    if not len(logs):
        return ()
    path = best_path(logs, _CHANGE)
    begins = np.flatnonzero(np.diff(path, prepend=-1))
    words = tagged.words
    first_words = np.searchsorted(words.segments, begins)
    starts = [0, *(int(start) for start in words.starts[first_words[1:]])]
    likely = np.exp(logs[np.arange(len(logs)), path])
    scores = np.add.reduceat(likely, begins) / np.diff(np.append(begins, len(path)))
    return tuple(
        ZoneSpan(start=start, end=end, zone=ZONES[path[begin]], score=round(min(float(score), 1.0), 3), rule=_RULE)
        for start, end, begin, score in zip(starts, [*starts[1:], length], begins, scores, strict=True)
    )


def best_path(logs: Floats, change: np.float32) -> npt.NDArray[np.int64]:
    """The sequence of classes with the highest sum of logarithms (steps x classes), where each change of class costs `change`."""
    scores = logs[0]
    back = np.zeros(logs.shape, dtype=np.int64)
    stay = np.arange(logs.shape[1])
    for step in range(1, len(logs)):
        best = int(scores.argmax())
        moved = scores[best] - change
        back[step] = np.where(scores >= moved, stay, best)
        scores = np.maximum(scores, moved) + logs[step]
    path = np.zeros(len(logs), dtype=np.int64)
    path[-1] = scores.argmax()
    for step in range(len(logs) - 1, 0, -1):
        path[step - 1] = back[step, path[step]]
    return path
