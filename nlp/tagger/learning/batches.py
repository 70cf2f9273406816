"""Batches of a few fixed shapes, so that the training step is compiled only a few times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from nlp.tagger.learning.examples import Example
from nlp.tagger.network import Floats
from nlp.tagger.tagger import HEADS, SENTENCE_LAYERS
from nlp.tagger.tags import cut_forbidden

_LENGTHS: Final = (32, 96, 256, 512)  # words
_SEGMENTS: Final = {32: 8, 96: 32, 256: 64, 512: 96}  # further segments of a text are joined to its last
_KINDS_OF_WORDS: Final = (1024, 2048, 4096, 8192)
LONGEST: Final = _LENGTHS[-1]
COLUMNS: Final = sum(HEADS.values())
_SENTENCE_TAGS: Final = SENTENCE_LAYERS[0].size

IntArray = npt.NDArray[np.int32]


class WordArrays(NamedTuple):
    """Units of every word (words x units), which there are, and shapes."""

    units: IntArray
    there: Floats
    shapes: IntArray


class Batch(NamedTuple):
    """Texts side by side (texts x words); `kinds` are the different words in them, which `words` numbers."""

    kinds: WordArrays
    kind_count: int
    words: IntArray
    segments: IntArray
    hints: IntArray  # texts x words x 3
    there: Floats  # 1 where there is a word
    cuts: Floats  # texts x words x tags of a layer of sentences: NEVER where a span would begin or end within a token
    segment_numbers: IntArray
    targets: Floats  # texts x words x columns: probabilities of classes, all heads side by side
    weights: Floats  # texts x words x heads: 1 where a word is labelled


def batches(examples: Sequence[Example], table: WordArrays, *, words: int, random: np.random.Generator) -> Iterator[Batch]:
    """All examples once, in any order, some `words` words (with padding) at a time; none may be longer than LONGEST."""
    waiting: dict[int, list[Example]] = {length: [] for length in _LENGTHS}
    ready: list[tuple[int, list[Example]]] = []
    for at in random.permutation(len(examples)):
        example = examples[at]
        length = next(length for length in _LENGTHS if len(example.numbers) <= length)
        waiting[length].append(example)
        if len(waiting[length]) * length >= words:
            ready.append((length, waiting[length]))
            waiting[length] = []
    ready += [(length, rest) for length, rest in waiting.items() if rest]
    for at in random.permutation(len(ready)):
        length, texts = ready[at]
        yield batch_of(texts, table, length=length, texts=max(1, -(-words // length)))


def batch_of(examples: Sequence[Example], table: WordArrays, *, length: int, texts: int) -> Batch:
    """One batch of a shape; missing texts and words are padding."""
    shape = (texts, length)
    numbers: IntArray = np.zeros(shape, dtype=np.int32)
    segments: IntArray = np.zeros(shape, dtype=np.int32)
    hints: IntArray = np.zeros((*shape, 3), dtype=np.int32)
    there: Floats = np.zeros(shape, dtype=np.float32)
    cuts: Floats = np.zeros((*shape, _SENTENCE_TAGS), dtype=np.float32)
    targets, weights = np.zeros((*shape, COLUMNS), dtype=np.float32), np.zeros((*shape, len(HEADS)), dtype=np.float32)
    most = _SEGMENTS[length]
    for at, example in enumerate(examples):
        size = len(example.numbers)
        numbers[at, :size] = example.numbers
        segments[at, :size] = np.minimum(example.segments, most - 1)
        hints[at, :size] = example.hints
        there[at, :size] = 1
        cuts[at, :size] = cut_forbidden(example.going_on, _SENTENCE_TAGS)
        _fill(targets[at], weights[at], example)
    kinds, words = np.unique(numbers, return_inverse=True)
    room = next((room for room in _KINDS_OF_WORDS if room >= len(kinds)), len(kinds))
    padded = np.zeros(room, dtype=np.int64)
    padded[: len(kinds)] = kinds
    arrays = WordArrays(table.units[padded], table.there[padded], table.shapes[padded])
    numbered: IntArray = words.reshape(shape).astype(np.int32)
    return Batch(arrays, len(kinds), numbered, segments, hints, there, cuts, np.arange(most, dtype=np.int32), targets, weights)


def _fill(targets: Floats, weights: Floats, example: Example) -> None:
    column = 0
    for head, (name, classes) in enumerate(HEADS.items()):
        labels = example.labels.get(name)
        if labels is not None and labels.ndim == 2:
            targets[: len(labels), column : column + classes] = labels
            weights[: len(labels), head] = labels.sum(axis=1)
        elif labels is not None:
            classes_of = labels.astype(np.int64)
            rows = np.flatnonzero(classes_of >= 0)
            targets[rows, column + classes_of[rows]] = 1
            weights[rows, head] = 1
        column += classes
