"""Learns unit vectors by contrast: a noisy text of a concept has to find a label of that concept among those of 2,047 others.

The vector of a text is the sum of its units' vectors, each times a learnt weight, scaled to length 1. Loss: cross-entropy over the batch
in both directions at temperature 0.05 (van den Oord et al. 2018, "Representation learning with contrastive predictive coding"); Adam
(Kingma and Ba 2015), applied to the units of the batch only, with a linear decay.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import numpy.typing as npt

from nlp.linker.bags import Bags, Floats, Ints
from nlp.linker.taxonomy_texts import TaxonomyTexts, Words
from nlp.linker.units import Units
from nlp.row_sums import sum_by

_log = logging.getLogger(__name__)

_MEMORY: Final = (0.9, 0.98)  # Adam's two decay rates
_FEWEST_STEPS: Final = 120
_MANY_CONCEPTS: Final = 5000
_WARM_UP: Final = 20
_DOUBT: Final = 3  # uses at which a unit counts half: what was seen rarely stayed near its start by chance
_SHORT_WINDOW: Final = (12, 60)  # units


@dataclass(frozen=True)
class TrainingPlan:
    """How long and with what noise to learn; shares are 0..1."""

    dimensions: int = 192
    steps: int = 350
    batch: int = 2048
    rate: float = 0.012
    temperature: float = 0.05
    drop: float = 0.15  # units left out of the noisy text, half as many out of the label
    with_filler: float = 0.6
    with_other_label: float = 0.3  # advertisements name several skills in a sentence
    from_description: float = 0.6
    preferred: float = 0.35
    main_language: float = 1.5  # how much more often a label of the first language is taken than one of another


def plan_for(concepts: int) -> TrainingPlan:
    """The usual plan; taxonomies with few concepts need fewer steps."""
    plan = TrainingPlan()
    return replace(plan, steps=max(_FEWEST_STEPS, min(plan.steps, plan.steps * concepts // _MANY_CONCEPTS)))


class _Material:
    """The taxonomy's texts as bags of units, by concept."""

    def __init__(self, texts: TaxonomyTexts, units: Units, fillers: list[list[str]], plan: TrainingPlan) -> None:
        self.labels = _bags(texts.labels, units)
        self.sentences = _bags(texts.sentences, units)
        self.fillers = _bags(fillers, units)
        concepts = np.arange(len(texts.uris) + 1)
        self.first_label = np.searchsorted(texts.label_owners, concepts)
        self.first_sentence = np.searchsorted(texts.sentence_owners, concepts)
        self.chances = np.concatenate([[0.0], np.cumsum(_label_chances(texts, plan))])
        self.uses = np.bincount(np.concatenate([self.labels.numbers, self.sentences.numbers]), minlength=len(units))


class _Adam:
    """Adam for some rows of an array at a time."""

    def __init__(self, values: Floats, rate: float) -> None:
        self.values = values
        self._rate = rate
        self._mean = np.zeros_like(values)
        self._square = np.zeros_like(values)

    def step(self, rows: Ints, slope: Floats, *, number: int, pace: float) -> None:
        first, second = _MEMORY
        mean = self._mean[rows] * np.float32(first) + slope * np.float32(1 - first)
        square = self._square[rows] * np.float32(second) + np.square(slope) * np.float32(1 - second)
        self._mean[rows] = mean
        self._square[rows] = square
        mean *= np.float32(self._rate * pace / (1 - first**number))
        self.values[rows] -= mean / (np.sqrt(square / np.float32(1 - second**number)) + np.float32(1e-8))


def learn_vectors(
    texts: TaxonomyTexts,
    units: Units,
    fillers: list[list[str]],
    *,
    plan: TrainingPlan,
    seed: int,
    on_step: Callable[[int, int], None] | None = None,
) -> Floats:
    """Learn a vector for each unit, its weight included (units x dimensions); `on_step` hears of steps done and steps in all."""
    random = np.random.default_rng(seed)
    material = _Material(texts, units, fillers, plan)
    start = random.standard_normal((len(units), plan.dimensions), dtype=np.float32) / np.float32(np.sqrt(plan.dimensions))
    rarity = np.log1p(len(texts.labels) / (1 + material.uses)).astype(np.float32)
    vectors = _Adam(start, plan.rate)
    weights = _Adam(np.log(rarity / rarity.mean()), 2 * plan.rate)
    batch = min(plan.batch, len(texts.uris))
    waiting = np.zeros(0, dtype=np.int64)
    for number in range(1, plan.steps + 1):
        if len(waiting) < batch:
            waiting = random.permutation(len(texts.uris))
        concepts, waiting = waiting[:batch], waiting[batch:]
        noisy = _noisy_texts(material, concepts, plan, random)
        clean = _thinned(*material.labels.take(_labels_of(material, concepts, random)), plan.drop / 2, random)
        pace = min(1.0, number / _WARM_UP) * max(0.02, 1 - number / plan.steps)
        loss = _learn_batch(vectors, weights, noisy, clean, batch, temperature=plan.temperature, number=number, pace=pace)
        if on_step is not None:
            on_step(number, plan.steps)
        if number % 50 == 0:
            _log.debug("linker: step %d of %d, loss %.3f", number, plan.steps, loss)
    trust = material.uses / (material.uses + _DOUBT)
    return np.asarray(vectors.values * (np.exp(weights.values) * trust)[:, None], dtype=np.float32)


def _bags(texts: Sequence[Words], units: Units) -> Bags:
    return Bags.of([[unit for word in text for unit in units.of(word)] for text in texts])


def _label_chances(texts: TaxonomyTexts, plan: TrainingPlan) -> npt.NDArray[np.float64]:
    """How often each label is taken: languages of a concept by their weight, in each its preferred label more often than the others."""
    group = texts.label_owners * len(texts.languages) + texts.label_languages
    count = np.bincount(group)
    preferred = np.bincount(group, texts.is_preferred)
    others = np.where(preferred[group] > 0, 1 - plan.preferred, 1.0) / count[group]
    own = others + np.where(texts.is_preferred, plan.preferred / np.maximum(preferred[group], 1), 0.0)
    return np.asarray(own * np.where(texts.label_languages == 0, plan.main_language, 1.0))


def _labels_of(material: _Material, concepts: Ints, random: np.random.Generator) -> Ints:
    """A label of each concept by chance."""
    low, high = material.chances[material.first_label[concepts]], material.chances[material.first_label[concepts + 1]]
    found = np.searchsorted(material.chances, low + random.random(len(concepts)) * (high - low), side="right") - 1
    return np.asarray(np.clip(found, material.first_label[concepts], material.first_label[concepts + 1] - 1))


def _noisy_texts(material: _Material, concepts: Ints, plan: TrainingPlan, random: np.random.Generator) -> tuple[Ints, Ints]:
    """Units and places of a description's window or a label of each concept, with fillers and other labels around it."""
    size = len(concepts)
    sentences = np.diff(material.first_sentence)[concepts]
    is_described = (sentences > 0) & (random.random(size) < plan.from_description)
    named, described = np.flatnonzero(~is_described), np.flatnonzero(is_described)
    units, places = material.labels.take(_labels_of(material, concepts[named], random))
    parts = [(units, named[places])]
    chosen = material.first_sentence[concepts[described]] + (random.random(len(described)) * sentences[described]).astype(np.int64)
    units, places = _windows(*material.sentences.take(chosen), len(described), random)
    parts.append((units, described[places]))
    around = ((material.fillers, plan.with_filler), (material.fillers, plan.with_filler), (material.labels, plan.with_other_label))
    for bags, share in around:
        some = np.flatnonzero(random.random(size) < share)
        units, places = bags.take(random.integers(0, len(bags), len(some)))
        parts.append((units, some[places]))
    units, places = np.concatenate([part[0] for part in parts]), np.concatenate([part[1] for part in parts])
    order = np.argsort(places, kind="stable")
    return _thinned(units[order], places[order], plan.drop, random)


def _windows(units: Ints, places: Ints, count: int, random: np.random.Generator) -> tuple[Ints, Ints]:
    """A stretch of 12 to 60 units of each text, often from its beginning."""
    lengths = np.bincount(places, minlength=count)
    shortest, longest = _SHORT_WINDOW
    is_shifted = random.random(count) < 0.6
    start = (random.random(count) * np.maximum(lengths - shortest, 0) * is_shifted).astype(np.int64)
    end = start + random.integers(shortest, longest, count)
    at = np.arange(len(units)) - (np.cumsum(lengths) - lengths)[places]
    keep = (at >= start[places]) & (at < end[places])
    return units[keep], places[keep]


def _thinned(units: Ints, places: Ints, share: float, random: np.random.Generator) -> tuple[Ints, Ints]:
    keep = random.random(len(units)) > share
    return units[keep], places[keep]


def _learn_batch(
    vectors: _Adam,
    weights: _Adam,
    left: tuple[Ints, Ints],
    right: tuple[Ints, Ints],
    size: int,
    *,
    temperature: float,
    number: int,
    pace: float,
) -> float:
    """One step: sums forward, slopes back to the units of the batch; gives the loss."""
    units, places = np.concatenate([left[0], right[0]]), np.concatenate([left[1], right[1] + size])
    values = vectors.values[units]
    values *= np.exp(weights.values[units])[:, None]
    sums = sum_by(values, places, 2 * size)
    lengths = np.maximum(np.sqrt(np.square(sums).sum(axis=1, keepdims=True)), np.float32(1e-6))
    texts = sums / lengths
    loss, slope = _contrast(texts[:size], texts[size:], np.float32(temperature))
    slope = (slope - texts * (texts * slope).sum(axis=1, keepdims=True)) / lengths
    order = np.argsort(units, kind="stable")
    rows, uses = np.unique(units[order], return_counts=True)
    gathered = sum_by(slope[places[order]], np.repeat(np.arange(len(rows)), uses), len(rows))
    scale = np.exp(weights.values[rows])
    weight_slope = (gathered * vectors.values[rows]).sum(axis=1) * scale
    vectors.step(rows, gathered * scale[:, None], number=number, pace=pace)
    weights.step(rows, weight_slope, number=number, pace=pace)
    return loss


def _contrast(left: Floats, right: Floats, temperature: np.float32) -> tuple[float, Floats]:
    """The loss and its slope for the rows of both sides, one under the other."""
    closeness = left @ right.T
    closeness /= temperature
    own = closeness.diagonal().copy()
    top = closeness.max()
    shares = np.exp(closeness - top, out=closeness)
    by_left, by_right = shares.sum(axis=1), shares.sum(axis=0)
    loss = float((np.log(by_left) / 2 + np.log(by_right) / 2 + top - own).mean())
    shares *= (np.float32(0.5) / by_left)[:, None] + (np.float32(0.5) / by_right)[None, :]
    shares[np.diag_indices_from(shares)] -= 1
    shares /= temperature * np.float32(len(left))
    return loss, np.concatenate([shares @ right, shares.T @ left])
