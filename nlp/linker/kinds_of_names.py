"""Tells by a name's first and last words whether it is that of knowledge or of something that one does."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from nlp.linker.taxonomy_texts import Words

_ENDING: Final = 3  # letters
_MANY_WORDS: Final = 6
_DOUBT: Final = 0.5  # added to each count
_DAMPING: Final = 0.6  # the marks of one name tell the same twice


class KindsOfNames:
    """Naive Bayes over labels of all languages (words, and whether each is that of knowledge)."""

    def __init__(self, labels: Sequence[Words], is_knowledge: npt.NDArray[np.bool_]) -> None:
        self._knowledge: Counter[str] = Counter()
        self._other: Counter[str] = Counter()
        for label, known in zip(labels, is_knowledge.tolist(), strict=True):
            (self._knowledge if known else self._other).update(_marks(label))
        self._sizes = int(is_knowledge.sum()), int(len(labels) - is_knowledge.sum())

    def knowledge(self, name: Words) -> float:
        """The probability (0..1) that a name with at least one word is that of knowledge."""
        known, other = self._sizes
        total = math.log((known + 1) / (other + 1))
        for mark in _marks(name):
            total += math.log((self._knowledge[mark] + _DOUBT) / (known + 1)) - math.log((self._other[mark] + _DOUBT) / (other + 1))
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, _DAMPING * total))))


def _marks(name: Words) -> Iterator[str]:
    first, last = name[0], name[-1]
    yield f"first {first}"
    yield f"last {last}"
    yield f"first ends {first[-_ENDING:]}"
    yield f"last ends {last[-_ENDING:]}"
    yield f"words {min(len(name), _MANY_WORDS)}"
