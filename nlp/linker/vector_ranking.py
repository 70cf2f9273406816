"""Ranks by the vectors alone: the cosine of the best label plus that of the preferred label. A yardstick for what the other views add."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from nlp.linker.bags import Ints, unit_length
from nlp.linker.taxonomy_texts import TaxonomyTexts, words
from nlp.linker.word_vectors import WordVectors

_CHUNK = 64  # texts multiplied with all labels at once


class VectorRanking:
    """Every concept is compared; nothing is chosen beforehand and no score is calibrated."""

    def __init__(self, texts: TaxonomyTexts, vectors: WordVectors) -> None:
        self._vectors = vectors
        self._first = np.searchsorted(texts.label_owners, np.arange(len(texts.uris)))
        self._labels = unit_length(vectors.of_texts(texts.labels))

    def rank(self, texts: Sequence[str], k: int = 10) -> Iterator[Ints]:
        """Numbers of the k best concepts of each text, best first; a text without a known word has none."""
        for start in range(0, len(texts), _CHUNK):
            asked = unit_length(self._vectors.of_texts([words(text) for text in texts[start : start + _CHUNK]]))
            cosines = asked @ self._labels.T
            scores = np.maximum.reduceat(cosines, self._first, axis=1) + cosines[:, self._first]
            for own, text in zip(scores, asked, strict=True):
                yield np.argsort(-own, kind="stable")[:k] if text.any() else np.zeros(0, dtype=np.int64)
