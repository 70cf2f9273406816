"""Texts for learning: words as numbers, with labels for each word where there are some."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from nlp.advertisement import Advertisement
from nlp.evaluation.gold import GoldSkill, ReadingRecord, TaggedRecord
from nlp.evaluation.spans import tagged_spans
from nlp.label_matcher import LabelMatcher
from nlp.tagger.network import Floats, Ints
from nlp.tagger.tagger import HEADS, KNOWLEDGE_LAYER, SENTENCE_LAYERS, SKILL_LAYER, STATUSES, ZONES
from nlp.tagger.words import MOST_UNITS, Words, going_on, in_one_segment, shape, split, units

UNLABELLED: Final = -1


class Example(NamedTuple):
    """One text: numbers of its words, segments, hints, which words go on a token, and labels (or probabilities) under some heads."""

    name: str
    language: str
    numbers: Ints
    segments: Ints
    hints: Ints
    going_on: npt.NDArray[np.bool_]
    labels: Mapping[str, npt.NDArray[np.generic]]  # words (class numbers, -1: none) or words x classes (probabilities)

    def piece(self, first: int, last: int) -> Example:
        """The words first..last (half open) as a text of their own."""
        labels = {name: values[first:last] for name, values in self.labels.items()}
        segments = self.segments[first:last] - self.segments[first]
        numbers, hints = self.numbers[first:last], self.hints[first:last]
        return self._replace(numbers=numbers, segments=segments, hints=hints, going_on=self.going_on[first:last], labels=labels)


class WordTable:
    """All words met, each with its units and shape."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._units: list[list[int]] = []
        self._shapes: list[int] = []

    def numbers(self, words: Iterable[str]) -> Ints:
        """The number of each word; new words get the next ones."""
        return np.array([self._number(word) for word in words], dtype=np.int64)

    def _number(self, word: str) -> int:
        number = self._numbers.get(word)
        if number is None:
            number = self._numbers[word] = len(self._numbers)
            self._units.append(units(word))
            self._shapes.append(shape(word))
        return number

    def arrays(self) -> tuple[npt.NDArray[np.int32], Floats, npt.NDArray[np.int32]]:
        """Units (words x most units), which of them there are (1 or 0), and shapes."""
        rows = np.zeros((len(self._units), MOST_UNITS), dtype=np.int32)
        there = np.zeros(rows.shape, dtype=np.float32)
        for at, own in enumerate(self._units):
            rows[at, : len(own)] = own
            there[at, : len(own)] = 1
        return rows, there, np.array(self._shapes, dtype=np.int32)


def plain_example(name: str, language: str, words: Words, table: WordTable) -> Example:
    """A text without labels."""
    return _example(name, language, words, table, {})


def reading_example(record: ReadingRecord, words: Words, table: WordTable) -> Example:
    """An advertisement with labelled skills, statuses and zones; `words` are those of its description."""
    size = len(words.words)
    labels = {name: np.full(size, 0 if name in ("sk", "kn") else UNLABELLED, dtype=np.int32) for name in ("sk", "kn", "st", "zn")}
    for skill in sorted(record.gold.skills, key=lambda skill: skill.span[0] - skill.span[1]):
        _label(labels, words, skill)  # the longest first: of two in a layer that overlap it stays
    for start, end, zone in record.gold.zones:
        labels["zn"][(words.starts >= start) & (words.starts < end)] = ZONES.index(zone)
    return _example(record.id, record.lang, words, table, labels)


def _label(labels: Mapping[str, npt.NDArray[np.int32]], words: Words, skill: GoldSkill) -> None:
    start, end = skill.span
    rows = np.flatnonzero((words.ends > start) & (words.starts < end))
    if len(rows):
        layer = KNOWLEDGE_LAYER if skill.kind == "knowledge" else SKILL_LAYER
        if not labels[layer.head][rows].any():
            layer.write(labels[layer.head], int(rows[0]), int(rows[-1]) + 1, skill.kind)
        labels["st"][rows] = STATUSES.index(skill.status)


def sentence_example(record: TaggedRecord, name: str, table: WordTable, matcher: LabelMatcher | None) -> Example:
    """A sentence with SkillSpan's tags."""
    language = record.lang or "en"
    words = in_one_segment(split_text(_sentence(record), language, matcher))
    return _example(name, language, words, table, _sentence_labels([record], words))


def posting_example(records: Sequence[TaggedRecord], name: str, table: WordTable, matcher: LabelMatcher | None) -> Example:
    """The sentences of a posting as one text, a line each, with SkillSpan's tags: what a word means shows in what stands around it."""
    language = records[0].lang or "en"
    words = split_text("\n".join(map(_sentence, records)), language, matcher)
    return _example(name, language, words, table, _sentence_labels(records, words))


def _sentence(record: TaggedRecord) -> str:
    return " ".join(record.tokens)


def _sentence_labels(records: Sequence[TaggedRecord], words: Words) -> dict[str, npt.NDArray[np.generic]]:
    labels: dict[str, npt.NDArray[np.generic]] = {}
    for layer, field in zip(SENTENCE_LAYERS, ("tags_skill", "tags_knowledge"), strict=True):
        own = np.zeros(len(words.words), dtype=np.int32)
        at = 0
        for record in records:
            for start, end in tagged_spans(record.tokens, getattr(record, field)):
                rows = np.flatnonzero((words.ends > at + start) & (words.starts < at + end))
                layer.write(own, int(rows[0]), int(rows[-1]) + 1, layer.kinds[0])
            at += len(_sentence(record)) + 1
        labels[layer.head] = own
    return labels


def split_text(text: str, language: str, matcher: LabelMatcher | None) -> Words:
    """The words of a text with the labels that a matcher finds in it."""
    ad = Advertisement(text, (), language)
    return split(ad, () if matcher is None else list(matcher.match_folded(ad.text, ad.folded, language)))


def _example(name: str, language: str, words: Words, table: WordTable, labels: Mapping[str, npt.NDArray[np.generic]]) -> Example:
    return Example(name, language, table.numbers(words.words), words.segments, words.hints, going_on(words), labels)


def pieces(example: Example, longest: int) -> list[Example]:
    """The example in pieces of at most `longest` words, cut between segments where that is possible."""
    size = len(example.numbers)
    found, first = [], 0
    while first < size:
        last = min(size, first + longest)
        if last < size:
            edges = np.flatnonzero(np.diff(example.segments[first + longest // 2 : last + 1])) + first + longest // 2 + 1
            last = int(edges[-1]) if len(edges) else last
        found.append(example.piece(first, last))
        first = last
    return found


def label_counts(examples: Sequence[Example]) -> dict[str, int]:
    """How many words are labelled under each head."""
    return {
        head: sum(int((np.asarray(example.labels[head]) >= 0).sum()) for example in examples if head in example.labels) for head in HEADS
    }
