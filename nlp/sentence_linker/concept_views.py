"""Candidates for a text, each seen by the sentence model (best label, preferred label) and by the trained linker (its own score)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from nlp.linker.bags import Floats, Ints
from nlp.linker.linker import Linker
from nlp.linker.taxonomy_texts import content_words, words
from nlp.sentence_linker.embedder import Embedder
from nlp.sentence_linker.label_scan import LabelScan, Nearness

VIEWS: Final = 3  # best label, preferred label, trained linker
_CANDIDATES: Final = 50  # of each of both
_SUREST: Final = 1e-6
_TEXTS_AT_ONCE: Final = 256


class Candidates(NamedTuple):
    """Concepts (numbers) that a text may speak of, in no order, and their views (concepts x views); none for a text without words."""

    concepts: Ints
    views: Floats


class ConceptViews:
    """Compares texts with the concepts `uris`; without a trained linker its view is 0 for all."""

    def __init__(self, embedder: Embedder, scan: LabelScan, uris: Sequence[str], trained: Linker | None) -> None:
        self._embedder = embedder
        self._scan = scan
        self._trained = trained
        numbers = {uri: at for at, uri in enumerate(uris)}
        # the last number stands for a concept that only the trained linker knows, and for none
        self._known = frozenset(word for label in trained.texts.labels for word in label) if trained else frozenset()
        self._numbers = np.array([*(numbers.get(uri, -1) for uri in (trained.uris if trained else ())), -1], dtype=np.int64)

    def of(self, texts: Sequence[str], hidden: Sequence[Ints] | None = None) -> list[Candidates]:
        """The candidates of each text; `hidden` names, for each text, rows of labels to leave out.

        A concept with all its labels left out is still a candidate of the trained linker's: take it out of the answer.
        """
        found: list[Candidates] = []
        for start in range(0, len(texts), _TEXTS_AT_ONCE):
            some = texts[start : start + _TEXTS_AT_ONCE]
            nearness = self._scan.nearness(self._embedder.embed(some), hidden[start : start + len(some)] if hidden else None)
            ranked = self._ranked(some)
            found += [
                self._candidates(text, Nearness(best, preferred), *own)
                for text, best, preferred, own in zip(some, *nearness, ranked, strict=True)
            ]
        return found

    def _ranked(self, texts: Sequence[str]) -> list[tuple[Ints, Floats]]:
        """The first concepts of the trained linker for each text, with the logarithms of their odds.

        These count by the share of the words that labels hold: of others the trained linker knows nothing, the model may.
        """
        if self._trained is None:
            return [(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32))] * len(texts)
        concepts, chances = self._trained.rank(texts, k=_CANDIDATES)
        numbers = self._numbers[concepts]
        chances = np.clip(chances.astype(np.float64), _SUREST, 1 - _SUREST)
        shares = np.array([self._known_share(text) for text in texts])
        odds = (np.log(chances / (1 - chances)) * shares[:, None]).astype(np.float32)
        return [(own[own >= 0], worth[own >= 0]) for own, worth in zip(numbers, odds, strict=True)]

    def _known_share(self, text: str) -> float:
        own = content_words(words(text))
        return len(own & self._known) / max(len(own), 1)

    def _candidates(self, text: str, nearness: Nearness, ranked: Ints, odds: Floats) -> Candidates:
        if not any(letter.isalnum() for letter in text):
            return Candidates(np.zeros(0, dtype=np.int64), np.zeros((0, VIEWS), dtype=np.float32))
        concepts = np.union1d(_greatest(nearness.best + nearness.preferred, _CANDIDATES), ranked)
        by_linker = np.full(len(concepts), odds.min() if len(odds) else 0.0, dtype=np.float32)
        by_linker[np.searchsorted(concepts, ranked)] = odds
        return Candidates(concepts, np.stack([nearness.best[concepts], nearness.preferred[concepts], by_linker], axis=1))


def _greatest(scores: Floats, count: int) -> Ints:
    """Where the greatest scores stand, in no order."""
    return np.argpartition(-scores, count)[:count] if count < len(scores) else np.arange(len(scores))
