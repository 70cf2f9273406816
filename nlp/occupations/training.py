"""Learns a ranker: softmax over unit groups and over occupations at once, Adagrad with one step width per row, numpy alone.

Taught in two lessons: first names and descriptions (taxonomy, job titles, crosswalks), then labelled advertisements and titles; a
reader that has had the first lesson can be copied and taught another second one (`taught`), as cross-validation needs it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from nlp.occupations.examples import Example
from nlp.occupations.features import Rows, body_row, text_parts, title_buckets
from nlp.occupations.ranker import BODY_WEIGHT, Calibration, Floats, OccupationRanker, Weights, blank_weights, softmax, uri_hash

_BATCH: Final = 512
_DROPPED: Final = 0.25  # share of a title's pieces hidden at each look, so that no single piece decides
_DROPPED_OF_BODY: Final = 0.375
_OCCUPATIONS_WEIGH: Final = 0.5
_SMALLEST_STEP: Final = 0.002
_START: Final = 1e-6

Ints = npt.NDArray[np.int64]


class Lesson(NamedTuple):
    """How to learn: rounds over all examples, and the first step width, which falls to nearly nothing."""

    rounds: int
    step: float
    seed: int = 1


NAMES: Final = Lesson(rounds=3, step=0.15)
ADVERTISEMENTS: Final = Lesson(rounds=4, step=0.1)


class _Prepared(NamedTuple):
    titles: Rows
    bodies: Rows
    groups: Ints
    occupations: Ints  # -1: not known
    weights: Floats


def new_ranker(groups: Sequence[str], uris: Sequence[str], *, dimensions: int = 64, seed: int = 7) -> OccupationRanker:
    """A ranker that knows which answers there are, and nothing else yet."""
    weights = blank_weights(dimensions, len(groups) + len(uris), seed=seed)
    return OccupationRanker(weights, groups, np.array([uri_hash(uri) for uri in uris], dtype=np.uint64), Calibration(1.0))


def taught(
    ranker: OccupationRanker, examples: Sequence[Example], lesson: Lesson, *, on_round: Callable[[int], None] | None = None
) -> OccupationRanker:
    """Give a copy of a ranker that has learnt from examples too; those of unknown unit groups are left out."""
    known = [example for example in examples if example.isco in ranker.group_at]
    weights = Weights(*(part.copy() for part in ranker.weights))
    if known:
        _Learning(weights, len(ranker.groups), lesson).run(_prepared(known, ranker), on_round)
    return OccupationRanker(weights, ranker.groups, ranker.occupations, ranker.calibration)


def _prepared(examples: Sequence[Example], ranker: OccupationRanker) -> _Prepared:
    parts = [text_parts(example.title, example.text) for example in examples]
    occupations = [-1 if each.uri is None else ranker.occupation_at.get(uri_hash(each.uri), -1) for each in examples]
    return _Prepared(
        Rows.of(title_buckets(each.title) for each in parts),
        Rows.of(body_row(each.body) for each in parts),
        np.array([ranker.group_at[each.isco] for each in examples], dtype=np.int64),
        np.array(occupations, dtype=np.int64),
        np.array([each.weight for each in examples], dtype=np.float32),
    )


class _Pieces(NamedTuple):
    """The pieces of a batch: bucket, the example it belongs to, its weight in the example's vector."""

    numbers: Ints
    owners: Ints
    weights: Floats


class _Learning:
    """One run over examples; changes the weights it was given."""

    def __init__(self, weights: Weights, groups: int, lesson: Lesson) -> None:
        self._weights = weights
        self._groups = groups
        self._lesson = lesson
        self._chance = np.random.default_rng(lesson.seed)
        self._seen = Weights(
            np.full(len(weights.pieces), _START, np.float32),
            np.full(len(weights.answers), _START, np.float32),
            np.full(len(weights.answers), _START, np.float32),
        )

    def run(self, data: _Prepared, on_round: Callable[[int], None] | None) -> None:
        """Look at all examples as often as the lesson says."""
        count = len(data.groups)
        steps = self._lesson.rounds * -(-count // _BATCH)
        done = 0
        for number in range(self._lesson.rounds):
            order = self._chance.permutation(count)
            for start in range(0, count, _BATCH):
                width = self._lesson.step * (1 - done / steps) + _SMALLEST_STEP
                self._step(data, order[start : start + _BATCH], np.float32(width))
                done += 1
            if on_round is not None:
                on_round(number)

    def _step(self, data: _Prepared, chosen: Ints, width: np.float32) -> None:
        pieces = self._pieces(data, chosen)
        hidden = _summed(self._weights.pieces[pieces.numbers] * pieces.weights[:, None], pieces.owners, len(chosen))
        logits = hidden @ self._weights.answers.T + self._weights.offsets
        errors = self._errors(logits, data, chosen) * np.float32(1 / len(chosen))
        back = np.asarray(errors @ self._weights.answers, dtype=np.float32)
        for_answers, for_offsets = errors.T @ hidden, errors.sum(axis=0)
        self._move_pieces(pieces, back, width)
        self._seen.answers[:] += np.square(for_answers).mean(axis=1)
        self._weights.answers[:] -= width * for_answers / np.sqrt(self._seen.answers)[:, None]
        self._seen.offsets[:] += np.square(for_offsets)
        self._weights.offsets[:] -= width * for_offsets / np.sqrt(self._seen.offsets)

    def _errors(self, logits: Floats, data: _Prepared, chosen: Ints) -> Floats:
        """Predicted minus right, for unit groups and, where they are known, for occupations."""
        errors = np.zeros_like(logits)
        weights = data.weights[chosen][:, None]
        groups = softmax(logits[:, : self._groups])
        groups[np.arange(len(chosen)), data.groups[chosen]] -= 1
        errors[:, : self._groups] = groups * weights
        rows = np.flatnonzero(data.occupations[chosen] >= 0)
        if len(rows):
            occupations = softmax(logits[rows, self._groups :])
            occupations[np.arange(len(rows)), data.occupations[chosen][rows]] -= 1
            errors[rows, self._groups :] = occupations * (weights[rows] * np.float32(_OCCUPATIONS_WEIGH))
        return errors

    def _pieces(self, data: _Prepared, chosen: Ints) -> _Pieces:
        titles = self._gathered(data.titles, chosen, _DROPPED, 1.0)
        bodies = self._gathered(data.bodies, chosen, _DROPPED_OF_BODY, BODY_WEIGHT)
        return _Pieces(
            np.concatenate([titles.numbers, bodies.numbers]),
            np.concatenate([titles.owners, bodies.owners]),
            np.concatenate([titles.weights, bodies.weights]),
        )

    def _gathered(self, rows: Rows, chosen: Ints, dropped: float, weight: float) -> _Pieces:
        starts = rows.offsets[chosen]
        counts = rows.offsets[chosen + 1] - starts
        owners = np.repeat(np.arange(len(chosen)), counts)
        before = np.concatenate([[0], np.cumsum(counts)[:-1]])
        numbers = rows.numbers[np.repeat(starts - before, counts) + np.arange(len(owners))].astype(np.int64)
        kept = self._chance.random(len(numbers)) >= dropped
        numbers, owners = numbers[kept], owners[kept]
        left = np.maximum(np.bincount(owners, minlength=len(chosen)), 1)
        return _Pieces(numbers, owners, (weight / np.sqrt(left))[owners].astype(np.float32))

    def _move_pieces(self, pieces: _Pieces, back: Floats, width: np.float32) -> None:
        different, places = np.unique(pieces.numbers, return_inverse=True)
        steps = _summed(back[pieces.owners] * pieces.weights[:, None], places, len(different))
        self._seen.pieces[different] += np.square(steps).mean(axis=1)
        self._weights.pieces[different] -= width * steps / np.sqrt(self._seen.pieces[different])[:, None]


def _summed(rows: Floats, owners: Ints, count: int) -> Floats:
    """Sums of rows by owner; column by column, since `bincount` is much faster than adding rows in place."""
    columns = np.ascontiguousarray(rows.T)
    return np.stack([np.bincount(owners, column, count) for column in columns], axis=1).astype(np.float32)
