"""Fits the network's weights in JAX: the same network as `nlp.people.network`, with noise and slopes."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import jax
import jax.numpy as jnp
import numpy as np
import optax

from nlp.people.decoding import NEVER
from nlp.people.learning.examples import Batch, Example, batches, written_example
from nlp.people.learning.variants import Lines, surnames_in, variant
from nlp.people.network import DISTANCES, GOES_ON, OUTSIDE, TAGS, WHOLE_BEHIND, Floats, shapes_of
from nlp.people.word_sets import WordSet

Weights = dict[str, jax.Array]
Report = Callable[[str, int, int, float], None]

_EPSILON: Final = 1e-5
_WORD_DROP: Final = 0.1  # words that show nothing of themselves


@dataclass(frozen=True)
class PeopleRecipe:
    """How long and from how much the network learns."""

    size: int = 64  # numbers in a vector
    epochs: int = 18  # through variants of the written lines
    averaged: int = 4  # last epochs whose weights are averaged
    taught: int = 400  # advertisements labelled by the rules, drawn anew for each epoch
    taught_weight: float = 0.5
    batch_tokens: int = 4096
    rate: float = 2e-3
    drop: float = 0.25
    seed: int = 1


def fitted(
    fresh: Sequence[Lines],
    older: Sequence[Lines],
    taught: Sequence[Example],
    sets: Mapping[str, WordSet],
    *,
    units: tuple[Floats, Floats],
    recipe: PeopleRecipe,
    report: Report,
) -> dict[str, Floats]:
    """Weights learnt from labelled lines that the rules have not seen, from those they were written beside, and from taught advertisements.

    `units` are vectors to begin with, of hashed units and of shapes, as long as the recipe's size or longer.
    """
    chance = random.Random(recipe.seed)  # noqa: S311 (no secret)
    surnames = surnames_in([*fresh, *older])
    weights: Weights = {name: jnp.asarray(value) for name, value in _first_weights(units, recipe).items()}
    method = optax.chain(optax.clip_by_global_norm(1.0), optax.adamw(1.0, weight_decay=1e-3))
    state = method.init(weights)
    key = jax.random.PRNGKey(recipe.seed)
    learn = _step(method, recipe.drop)
    kept: list[Weights] = []
    for epoch in range(recipe.epochs):
        examples = [written_example(variant(own, surnames, chance), sets, chance, sees_rules=True) for own in fresh]
        examples += [written_example(variant(own, surnames, chance), sets, chance, sees_rules=False) for own in older]
        examples += chance.sample(taught, min(recipe.taught, len(taught)))
        own_batches = list(batches(examples, recipe.batch_tokens, chance))
        losses = []
        for at, batch in enumerate(own_batches):
            done = (epoch + at / len(own_batches)) / recipe.epochs
            rate = recipe.rate * min(1.0, 20 * done + 0.01) * max(0.02, 1 - done)
            key, own_key = jax.random.split(key)
            weights, state, loss = learn(weights, state, own_key, batch, rate)
            losses.append(float(loss))
        report("people", epoch + 1, recipe.epochs, float(np.mean(losses)))
        if epoch >= recipe.epochs - recipe.averaged:
            kept.append(weights)
    return {name: np.mean([np.asarray(own[name]) for own in kept], axis=0, dtype=np.float32) for name in weights}


def _first_weights(units: tuple[Floats, Floats], recipe: PeopleRecipe) -> dict[str, Floats]:
    noise = np.random.default_rng(recipe.seed)
    found: dict[str, Floats] = {}
    for name, shape in shapes_of(recipe.size).items():
        if len(shape) == 1:
            found[name] = (np.ones if name.startswith("scale") else np.zeros)(shape, dtype=np.float32)
        else:
            found[name] = (noise.standard_normal(shape) * shape[0] ** -0.5).astype(np.float32)
    for name in ("word_signs", "place_signs", "languages", "moves"):
        found[name][:] = 0
    found["whole_w"] /= 4
    return found | dict(zip(("units", "shapes"), _shortened(*units, recipe.size), strict=True))


def _shortened(units: Floats, shapes: Floats, size: int) -> tuple[Floats, Floats]:
    """Vectors turned so that their first numbers tell most (principal components), cut, and scaled to 0.1."""
    _, directions = np.linalg.eigh(units.T @ units)
    own = directions[:, ::-1][:, :size]
    scale = np.float32(0.1) / np.float32((units @ own).std())
    return (units @ own * scale).astype(np.float32), (shapes @ own * scale).astype(np.float32)


def _step(
    method: optax.GradientTransformation, drop: float
) -> Callable[[Weights, optax.OptState, jax.Array, Batch, float], tuple[Weights, optax.OptState, jax.Array]]:
    def loss_of(weights: Weights, key: jax.Array, batch: Batch) -> jax.Array:
        losses = _path_losses(weights, _logits(weights, batch, key, drop), batch)
        return (losses * batch.weights).sum() / jnp.asarray(batch.there).sum()

    @jax.jit
    def learn(
        weights: Weights, state: optax.OptState, key: jax.Array, batch: Batch, rate: float
    ) -> tuple[Weights, optax.OptState, jax.Array]:
        loss, slopes = jax.value_and_grad(loss_of)(weights, key, batch)
        change, state = method.update(slopes, state, weights)
        return {name: value + rate * change[name] for name, value in weights.items()}, state, loss

    return learn


def _path_losses(weights: Weights, logits: jax.Array, batch: Batch) -> jax.Array:
    """How unlikely the right sequence of tags is among all, for each text; padding counts as outside (see `nlp.people.decoding`)."""
    outside = jnp.where(jnp.arange(TAGS) == OUTSIDE, 0.0, NEVER)
    begin = jnp.where(jnp.arange(TAGS) == GOES_ON, NEVER, 0.0)
    moves = weights["moves"].at[OUTSIDE, GOES_ON].add(NEVER)
    emitted = jnp.where(batch.there[..., None] > 0, logits, outside)

    def onward(scores: jax.Array, own: jax.Array) -> tuple[jax.Array, None]:
        return jax.nn.logsumexp(scores[:, :, None] + moves, axis=1) + own, None

    in_all, _ = jax.lax.scan(onward, emitted[:, 0] + begin, emitted.transpose(1, 0, 2)[1:])
    tags = jnp.asarray(batch.tags)
    right = jnp.take_along_axis(emitted, tags[..., None], axis=-1)[..., 0].sum(axis=1) + moves[tags[:, :-1], tags[:, 1:]].sum(axis=1)
    return jax.nn.logsumexp(in_all, axis=-1) - right


def _logits(weights: Weights, batch: Batch, key: jax.Array, drop: float) -> jax.Array:
    keys = iter(jax.random.split(key, len(DISTANCES) + 2))
    summed = (weights["units"][batch.units] * batch.has_unit[..., None]).sum(axis=2)
    vectors = summed / jnp.sqrt(batch.has_unit.sum(axis=2, keepdims=True).clip(1)) + weights["shapes"][batch.shapes]
    vectors = vectors * jax.random.bernoulli(next(keys), 1 - _WORD_DROP, (*vectors.shape[:2], 1))
    signs = jnp.concatenate([weights["word_signs"], weights["place_signs"]])
    x = _dropped(vectors, drop, next(keys)) @ weights["in_w"] + weights["in_b"] + batch.signs @ signs
    x = x + weights["languages"][batch.languages][:, None]
    there = batch.there[..., None]
    length = x.shape[1]
    for at, distance in enumerate(DISTANCES):
        normal = _normalised(x, weights[f"scale{at}"], weights[f"shift{at}"]) * there
        wide = jnp.pad(normal, ((0, 0), (distance, distance), (0, 0)))
        around = jnp.concatenate([wide[:, :length], normal, wide[:, 2 * distance :]], axis=-1)
        x = x + _dropped(jax.nn.relu(around @ weights[f"w{at}"] + weights[f"b{at}"]), drop, next(keys))
        if at == WHOLE_BEHIND:
            mean = (x * there).sum(axis=1) / there.sum(axis=1).clip(1)
            x = x + (mean @ weights["whole_w"])[:, None]
    return _normalised(x, weights["scale"], weights["shift"]) @ weights["out_w"] + weights["out_b"]


def _dropped(x: jax.Array, drop: float, key: jax.Array) -> jax.Array:
    """Leave out the same numbers for all tokens of a sequence."""
    return x * jax.random.bernoulli(key, 1 - drop, (x.shape[0], 1, x.shape[2])) / (1 - drop)


def _normalised(x: jax.Array, scale: jax.Array, shift: jax.Array) -> jax.Array:
    centred = x - x.mean(axis=-1, keepdims=True)
    return centred * jax.lax.rsqrt((centred**2).mean(axis=-1, keepdims=True) + _EPSILON) * scale + shift
