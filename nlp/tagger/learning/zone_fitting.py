"""Fits what tells zones beside the network (see `zone_signs`): a softmax regression over words and signs, and the usual order of zones."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Final, NamedTuple, Self

import numpy as np

from nlp.evaluation.gold import ReadingRecord
from nlp.tagger.learning.material import Material
from nlp.tagger.network import Floats, Ints, Network
from nlp.tagger.tagger import HEADS, ZONES, TaggedText
from nlp.tagger.words import Words
from nlp.tagger.zone_signs import ROWS, SIGNS, ZoneWeights, pieces_of
from nlp.tagger.zones import tagged_zones
from vacancies.enriched import Zone

_ROUNDS: Final = 50
_RATE: Final = 0.15
_SMALL: Final = np.float32(3e-6)  # how strongly weights are kept small
_LEAST: Final = 0.7  # of a piece's characters that must be labelled with one zone
_ORDER: Final = 0.5  # how much the usual order counts
_CHANGE: Final = 2.0  # what any change of zone costs

Read = Sequence[tuple[Network, Mapping[int, Floats]]]  # answers for the texts that a network has not seen, by position


class FittedZones(NamedTuple):
    """Weights learnt from all texts; the networks with weights that have not seen their texts either; the share of characters right so."""

    weights: ZoneWeights
    crossed: list[tuple[Network, Mapping[int, Floats]]]
    accuracy: float


def fit_zones(material: Material, read: Read) -> FittedZones:
    """Learn from all labelled texts; how well they do is measured on those that the networks answer for."""
    texts = enumerate(zip(material.records, material.labelled_words, strict=True))
    lessons = {at: _Lesson.of(record, words) for at, (record, words) in texts if words.words}
    crossed = []
    for network, answers in read:
        weights = _fitted([lesson for at, lesson in lessons.items() if at not in answers])
        crossed.append((Network({**network.weights, **weights.named()}, HEADS), answers))
    return FittedZones(_fitted(lessons.values()), crossed, _accuracy(material, crossed))


class _Lesson(NamedTuple):
    """One text: rows and their worth (words x 3), signs, shares of zones and weights (of pieces), words of pieces, zones in order."""

    rows: Ints
    worth: Floats
    signs: Floats
    shares: Floats
    weights: Floats
    sizes: Ints
    order: list[int]

    @classmethod
    def of(cls, record: ReadingRecord, words: Words) -> Self:
        pieces = pieces_of(words)
        gold = _by_character(len(record.description), record.gold.zones)
        edges = [0, *(int(start) for start in words.starts[pieces.first[1:]]), len(gold)]
        counts = np.array([np.bincount(gold[start:end] + 1, minlength=len(ZONES) + 1)[1:] for start, end in pairwise(edges)])
        shares = (counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)).astype(np.float32)
        weights = (np.sqrt(np.diff(edges)) * (shares.max(axis=1) > _LEAST)).astype(np.float32)
        order = [ZONES.index(zone) for _, _, zone in record.gold.zones]
        return cls(pieces.rows, pieces.worth, pieces.signs, shares, weights, pieces.sizes, order)


def _by_character(length: int, zones: Iterable[tuple[int, int, Zone]]) -> Ints:
    """The number of each character's zone; -1 for none."""
    found = np.full(length, -1, dtype=np.int64)
    for start, end, zone in zones:
        found[start:end] = ZONES.index(zone)
    return found


def _accuracy(material: Material, crossed: Read) -> float:
    right = labelled = 0
    for network, answers in crossed:
        for at, answer in answers.items():
            record = material.records[at]
            length = len(record.description)
            zones = tagged_zones(TaggedText(material.labelled_words[at], (), answer, network), length)
            gold = _by_character(length, record.gold.zones)
            read = _by_character(length, [(zone.start, zone.end, zone.zone) for zone in zones])
            right += int(np.count_nonzero((gold == read) & (gold >= 0)))
            labelled += int(np.count_nonzero(gold >= 0))
    return round(right / max(labelled, 1), 4)


def _fitted(lessons: Collection[_Lesson]) -> ZoneWeights:
    words, signs = _regression(lessons)
    moves, first = _usual_order([lesson.order for lesson in lessons])
    return ZoneWeights(words, signs, moves, first)


def _usual_order(orders: Iterable[Sequence[int]]) -> tuple[Floats, Floats]:
    """The worth of each change of zone (before x after; staying is worth 0), and of each zone at the beginning."""
    size = len(ZONES)
    changes, firsts = np.ones((size, size)), np.ones(size)
    for order in orders:
        firsts[order[:1]] += 1
        for before, after in pairwise(order):
            changes[before, after] += 1
    np.fill_diagonal(changes, 0)
    likely = changes / changes.sum(axis=1, keepdims=True) + 1e-9
    moves = _ORDER * np.log(likely * (size - 1)) - _CHANGE
    np.fill_diagonal(moves, 0)
    return moves.astype(np.float32), (_ORDER * np.log(firsts / firsts.sum())).astype(np.float32)


def _regression(lessons: Collection[_Lesson]) -> tuple[Floats, Floats]:
    """Weights of rows of words and of signs, by Adam (Kingma and Ba 2015) on all pieces at once."""
    learner = _Learner(lessons)
    shapes = ((len(learner.used), len(ZONES)), (SIGNS, len(ZONES)))
    weights = [np.zeros(shape, dtype=np.float32) for shape in shapes]
    speed = [np.zeros(shape, dtype=np.float32) for shape in shapes]
    size = [np.zeros(shape, dtype=np.float32) for shape in shapes]
    for turn in range(1, _ROUNDS + 1):
        for at, slope in enumerate(learner.slopes(*weights)):
            speed[at] = 0.9 * speed[at] + 0.1 * slope
            size[at] = 0.99 * size[at] + 0.01 * slope**2
            weights[at] -= _RATE * (speed[at] / (1 - 0.9**turn)) / (np.sqrt(size[at] / (1 - 0.99**turn)) + 1e-7)
    words = np.zeros((ROWS, len(ZONES)), dtype=np.float32)
    words[learner.used] = weights[0]
    return words, weights[1]


class _Learner:
    """All pieces side by side; rows of words that they do not use are left out."""

    def __init__(self, lessons: Collection[_Lesson]) -> None:
        sizes = np.concatenate([lesson.sizes for lesson in lessons])
        worth = np.concatenate([lesson.worth for lesson in lessons]).ravel()
        there = worth > 0
        piece = np.repeat(np.arange(len(sizes)), sizes * 3)[there]
        self.used, rows = np.unique(np.concatenate([lesson.rows for lesson in lessons]).ravel()[there], return_inverse=True)
        self._worth, self._piece, self._rows = worth[there][:, None], piece, rows
        self._by_row = np.argsort(rows, kind="stable")
        self._first_of_row = np.flatnonzero(np.diff(rows[self._by_row], prepend=-1))
        self._pieces, self._first_of_piece = np.unique(piece, return_index=True)
        self._signs = np.concatenate([lesson.signs for lesson in lessons])
        self._shares = np.concatenate([lesson.shares for lesson in lessons])
        weights = np.concatenate([lesson.weights for lesson in lessons])
        self._weights = (weights / max(float(weights.sum()), 1.0))[:, None]

    def slopes(self, words: Floats, signs: Floats) -> tuple[Floats, Floats]:
        """Slopes of the mean loss along both weights."""
        worth = self._signs @ signs
        worth[self._pieces] += np.add.reduceat(words[self._rows] * self._worth, self._first_of_piece)
        likely = np.exp(worth - worth.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        wrong = (likely - self._shares) * self._weights
        spread = (wrong[self._piece] * self._worth)[self._by_row]
        return np.add.reduceat(spread, self._first_of_row) + _SMALL * words, self._signs.T @ wrong + _SMALL * signs
