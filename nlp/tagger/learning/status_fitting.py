"""Fits how the network's statuses, its zones and the rules' status are weighed, on texts that the network has not seen."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from nlp.advertisement import Advertisement
from nlp.components.status import verdict_of
from nlp.soft_scopes import soft_scopes
from nlp.tagger.learning.material import Material
from nlp.tagger.network import Floats, Network
from nlp.tagger.status import SIGNS, RuledStatus, settle, signs_of
from nlp.tagger.tagger import STATUSES, TaggedText
from nlp.tagger.zones import tagged_zones

_ROUNDS: Final = 600
_RATE: Final = 0.5
_SMALL: Final = 1e-3  # how strongly weights are kept small

Read = Sequence[tuple[Network, Mapping[int, Floats]]]  # answers for the texts that a network has not seen, by position


def fit_statuses(material: Material, read: Read) -> tuple[Floats, dict[str, float]]:
    """Weights (signs x statuses), and the accuracy of the other half of the texts when fitted to one half (0..1)."""
    rows = [(at, signs, status) for at, signs, status in _rows(material, read)]
    signs = np.array([row[1] for row in rows], dtype=np.float32).reshape(-1, SIGNS)
    statuses = np.array([row[2] for row in rows], dtype=np.int64)
    half = np.array([row[0] % 2 == 0 for row in rows], dtype=np.bool_)
    trial = _fitted(signs[half], statuses[half])
    right = [STATUSES.index(own) == status for own, status in zip(settle(trial, signs[~half]), statuses[~half], strict=True)]
    return _fitted(signs, statuses), {"held_out_status_accuracy": round(float(np.mean(right)) if right else 0.0, 4)}


def _rows(material: Material, read: Read) -> Iterator[tuple[int, Floats, int]]:
    for network, answers in read:
        for at, answer in answers.items():
            record, words = material.records[at], material.labelled_words[at]
            tagged = TaggedText(words, (), answer, network)
            ad = Advertisement(record.description, (), record.lang)
            zones = tagged_zones(tagged, len(record.description))
            soft = soft_scopes(ad, zones)
            ruled = []
            for skill in record.gold.skills:
                start, end = skill.span
                zone = zones[bisect_right(zones, start, key=lambda zone: zone.start) - 1].zone
                is_soft = any(first <= start < last for first, last in soft)
                verdict = verdict_of(ad, start, end, zone, is_soft=is_soft)
                ruled.append(RuledStatus(start, end, verdict.status, verdict.cue is not None))
            for signs, skill in zip(signs_of(tagged, ruled), record.gold.skills, strict=True):
                yield at, signs, STATUSES.index(skill.status)


def _fitted(signs: Floats, statuses: npt.NDArray[np.int64]) -> Floats:
    """Softmax regression by gradient descent with momentum on all rows at once."""
    weights = np.zeros((SIGNS, len(STATUSES)), dtype=np.float32)
    speed = np.zeros_like(weights)
    scale = np.maximum(np.abs(signs).max(axis=0, initial=0.0), 1.0)
    scaled = signs / scale
    right = np.eye(len(STATUSES), dtype=np.float32)[statuses]
    for _ in range(_ROUNDS):
        worth = scaled @ weights
        likely = np.exp(worth - worth.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        slope = scaled.T @ (likely - right) / max(len(signs), 1) + _SMALL * weights
        speed = 0.9 * speed - _RATE * slope
        weights = weights + speed
    made: Floats = (weights / scale[:, None]).astype(np.float32)
    return made
