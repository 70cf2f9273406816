"""Zones from the tagger's answers: the likeliest sequence over the pieces of a text, each change of zone having its worth."""

from __future__ import annotations

from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from nlp.tagger.decoding import log_softmax
from nlp.tagger.network import Floats
from nlp.tagger.tagger import ZONES, TaggedText
from nlp.tagger.zone_signs import Pieces, ZoneWeights, pieces_of, sizes_of
from vacancies.enriched import ZoneSpan

_CHANGE: Final = np.float32(2.0)  # what any change costs where none was learnt
_INSIDE: Final = np.float32(0.5)  # and how much more where no segment begins
_PLAIN: Final = np.float32(10.0)  # words of a piece that counts once; others count by the root of their words
_RULE: Final = "tagger"


def tagged_zones(tagged: TaggedText, length: int) -> tuple[ZoneSpan, ...]:
    """Zones that cover a text of some characters without overlap; none for a text without words."""
    words = tagged.words
    if not words.words:
        return ()
    pieces = pieces_of(words)
    logs = tagged.mean_log_zones(pieces.first, pieces.sizes)
    weights = tagged.zone_weights
    if weights is not None:
        logs = logs + pieces.log_zones(weights)
    path = _path(logs, pieces, weights)
    begins = np.concatenate(([0], (path[1:] != path[:-1]).nonzero()[0] + 1))
    edges = [0, *words.starts[pieces.first[begins[1:]]].tolist(), length]
    likely = np.exp(log_softmax(logs)[np.arange(len(logs)), path])
    scores = np.add.reduceat(likely, begins) / sizes_of(begins, len(path))
    return tuple(
        ZoneSpan(start=start, end=end, zone=ZONES[zone], score=round(min(score, 1.0), 3), rule=_RULE)
        for (start, end), zone, score in zip(pairwise(edges), path[begins].tolist(), scores.tolist(), strict=True)
    )


def _path(logs: Floats, pieces: Pieces, weights: ZoneWeights | None) -> npt.NDArray[np.int64]:
    moves = _CHANGE * (np.eye(len(ZONES), dtype=np.float32) - 1) if weights is None else weights.moves
    worth = logs * np.sqrt(pieces.sizes / _PLAIN)[:, None]
    if weights is not None:
        worth[0] += weights.first
    return best_path(worth.astype(np.float32), moves, pieces.begins)


def best_path(worth: Floats, moves: Floats, easy: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """The best sequence of classes by their worth (steps x classes) and that of moves (classes x classes, before x after).

    A change costs more at steps that are not `easy`.
    """
    steps = np.where(easy[:, None, None], moves, moves - _INSIDE * (1 - np.eye(len(moves), dtype=np.float32)))
    scores = worth.copy()  # of the best ways to each class at each step
    came = np.empty_like(moves)
    for before, step, after in zip(scores[:-1, :, None], steps[1:], scores[1:], strict=True):
        np.add(before, step, out=came)
        np.add(np.maximum.reduce(came, axis=0), after, out=after)
    back = (scores[:-1, :, None] + steps[1:]).argmax(axis=1).tolist()
    at = int(scores[-1].argmax())
    path = [at]
    for step_back in reversed(back):
        at = step_back[at]
        path.append(at)
    return np.array(path[::-1], dtype=np.int64)
