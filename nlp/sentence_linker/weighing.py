"""How much each view of a concept counts, learnt from texts whose concept is known: a softmax over candidates, by Newton's method."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from nlp.linker.bags import Floats

_STEPS: Final = 30
_PRIOR: Final = 0.02  # holds weights back where few texts speak


class Choice(NamedTuple):
    """The views of a text's candidates (candidates x views) and which candidate is right."""

    views: Floats
    right: int


def fit_weights(choices: Sequence[Choice], views: int) -> Floats:
    """Weights (none below 0) under which the right candidates are likeliest; all 1 where there is nothing to learn from."""
    found = np.ones(views)
    if not choices:
        return found.astype(np.float32)
    for _ in range(_STEPS):
        slope, bend = -_PRIOR * found, _PRIOR * np.eye(views)
        for choice in choices:
            rows = choice.views.astype(np.float64)
            scores = rows @ found
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            middle = shares @ rows
            slope += (rows[choice.right] - middle) / len(choices)
            bend += ((rows * shares[:, None]).T @ rows - np.outer(middle, middle)) / len(choices)
        found = np.maximum(found + np.clip(np.linalg.solve(bend, slope), -5, 5), 0.0)
    return found.astype(np.float32)
