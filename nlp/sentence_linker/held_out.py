"""Questions to learn scoring from: alternative labels, as a text may word them, of concepts that have enough others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from nlp.linker.bags import Ints
from nlp.linker.fillers import fillers
from nlp.linker.taxonomy_texts import TaxonomyTexts, words
from nlp.sentence_linker.label_texts import LabelTexts
from nlp.sentence_linker.scoring import Question

_PHRASED: Final = 0.5  # of the labels stand in a filler phrase
_BEFORE: Final = 0.7  # of the phrases come before the label


def questions(labels: LabelTexts, texts: TaxonomyTexts, held_out: Ints, *, seed: int) -> list[Question]:
    """Questions of held-out labels; `held_out` are rows of `texts`, the same labels as folded words."""
    random = np.random.default_rng(seed)
    phrases = fillers(labels.languages)
    numbers = {uri: at for at, uri in enumerate(labels.uris)}
    first = np.searchsorted(labels.owners, np.arange(len(labels.uris) + 1)).tolist()
    found: list[Question] = []
    for row in held_out.tolist():
        concept = numbers[texts.uris[int(texts.label_owners[row])]]
        rows = range(first[concept], first[concept + 1])
        same = [at for at in rows if words(labels.texts[at]) == texts.labels[row]]
        if same:
            text = _phrased(labels.texts[same[0]], phrases, random)
            found.append(Question(text, concept, np.array(same, dtype=np.int64), np.array(rows, dtype=np.int64)))
    return found


def _phrased(label: str, phrases: Sequence[str], random: np.random.Generator) -> str:
    if random.random() >= _PHRASED:
        return label
    phrase = phrases[int(random.integers(len(phrases)))]
    return f"{phrase} {label}" if random.random() < _BEFORE else f"{label} {phrase}"
