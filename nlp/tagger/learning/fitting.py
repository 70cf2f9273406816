"""Fits a network's weights: to guess hidden words of unlabelled texts first, then to labels."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Any, Final

import absl.logging
import jax
import jax.numpy as jnp
import numpy as np
import optax

from nlp.tagger.learning.batches import LONGEST, Batch, WordArrays, batches
from nlp.tagger.learning.examples import Example, pieces
from nlp.tagger.learning.graph import Weights, answers, contextual, fresh_weights, path_losses, word_vectors
from nlp.tagger.network import Floats
from nlp.tagger.tagger import HEADS, TAG_LAYERS

_log = logging.getLogger(__name__)

# absl, which optax brings, closes whatever stood for standard error at its import as soon as logging is configured anew
absl.logging.get_absl_handler().python_handler.stream = sys.__stderr__

_HIDDEN: Final = 0.15  # of the words, to be guessed
_MOST_GUESSES: Final = 768  # a batch
_SHARPNESS: Final = 4.0
_PIECE: Final = 256  # words; context for guessing
_HEAD_WEIGHTS: Final = {"sk": 1.0, "kn": 1.0, "st": 2.0, "zn": 1.0, "ssk": 0.7, "skn": 0.7}
_TAGGED: Final = frozenset(layer.head for layer in TAG_LAYERS)
_FEWER_LABEL_HINTS: Final = 0.4  # texts that are shown without labels of the taxonomy, so that others than the one learnt with can be used
_REPORT_EVERY: Final = 100

Report = Callable[[str, int, int, float], None]  # what, steps done, steps in all, loss


@dataclass(frozen=True)
class FittingPlan:
    """How to fit: learning rate, shares 0..1 of numbers left out (`drop`) and of words hidden (`hide`), words in a batch."""

    rate: float
    drop: float
    hide: float
    words: int
    frozen: tuple[str, ...] = ()  # weights that stay as they are


PRETRAINING: Final = FittingPlan(rate=2e-3, drop=0.1, hide=_HIDDEN, words=4096)
POLISHING: Final = FittingPlan(rate=1e-3, drop=0.25, hide=0.15, words=3072)
FINE_TUNING: Final = FittingPlan(rate=1.5e-3, drop=0.25, hide=0.15, words=3072)


def pretrain(
    weights: Mapping[str, Floats], texts: Sequence[Example], table: WordArrays, *, steps: int, seed: int, report: Report
) -> dict[str, Floats]:
    """Learn to guess hidden words of texts among all words of a batch. Languages are met by the square root of their words."""
    random = np.random.default_rng(seed)
    by_language: dict[str, list[Example]] = {}
    for text in texts:
        by_language.setdefault(text.language, []).append(text)
    sizes = {language: sum(len(text.numbers) for text in own) for language, own in by_language.items()}
    roots = sum(size**0.5 for size in sizes.values())

    def some() -> list[Example]:
        found: list[Example] = []
        for language, own in by_language.items():
            wanted = 400_000 * sizes[language] ** 0.5 / roots
            while wanted > 0:
                parts = pieces(own[int(random.integers(len(own)))], _PIECE)
                found.append(parts[int(random.integers(len(parts)))])
                wanted -= len(found[-1].numbers)
        return found

    return _fit(weights, some, table, _guessing_loss, PRETRAINING, steps=steps, seed=seed, report=partial(report, "pretraining"))


def fine_tune(
    weights: Mapping[str, Floats],
    labelled: Sequence[Example],
    table: WordArrays,
    *,
    epochs: float,
    seed: int,
    report: Report,
    plan: FittingPlan = FINE_TUNING,
    with_fresh_heads: bool = True,
) -> dict[str, Floats]:
    """Learn the labels of examples; heads begin anew unless they have learnt already."""
    random = np.random.default_rng(seed)
    start = dict(weights)
    fresh = fresh_weights(weights["in_b"].shape[0], seed) if with_fresh_heads else {}
    start |= {name: value for name, value in fresh.items() if name.startswith(("h_", "hb_", "tr_"))}
    parts = [part for example in labelled for part in pieces(example, LONGEST)]
    in_all = epochs * sum(1 for _ in batches(parts, table, words=plan.words, random=random))
    steps = max(int(in_all), 2)  # one to warm up, one to slow down: a few texts make no more

    def some() -> list[Example]:
        without = random.random(len(parts)) < _FEWER_LABEL_HINTS
        return [_without_labels(part) if bare else part for part, bare in zip(parts, without, strict=True)]

    return _fit(start, some, table, _label_loss, plan, steps=steps, seed=seed, report=partial(report, "fine-tuning"))


def _without_labels(example: Example) -> Example:
    hints = example.hints.copy()
    hints[:, 2] = 0
    return example._replace(hints=hints)


_Loss = Callable[[Weights, Batch, jax.Array, FittingPlan], jax.Array]


def _fit(
    start: Mapping[str, Floats],
    examples: Callable[[], list[Example]],
    table: WordArrays,
    loss: _Loss,
    plan: FittingPlan,
    *,
    steps: int,
    seed: int,
    report: Callable[[int, int, float], None],
) -> dict[str, Floats]:
    random = np.random.default_rng(seed)
    rate = optax.warmup_cosine_decay_schedule(0.0, plan.rate, max(steps // 20, 1), steps, plan.rate * 0.02)
    frozen: Weights = {name: jnp.asarray(value) for name, value in start.items() if name in plan.frozen}
    weights: Weights = {name: jnp.asarray(value) for name, value in start.items() if name not in plan.frozen}
    state = _method().init(weights)
    step = _compiled(loss, plan)
    key = jax.random.PRNGKey(seed)
    done, losses, began = 0, [], time.monotonic()
    while done < steps:
        for batch in batches(examples(), table, words=plan.words, random=random):
            if done == steps:
                break
            key, own = jax.random.split(key)
            weights, state, value = step(weights, frozen, state, batch, (own, rate(done)))
            losses.append(value)
            done += 1
            if done % _REPORT_EVERY == 0 or done == steps:
                report(done, steps, float(np.mean([float(each) for each in losses[-_REPORT_EVERY:]])))
    _log.debug("%d steps in %.0f s", steps, time.monotonic() - began)
    return {name: np.asarray(value) for name, value in {**frozen, **weights}.items()}


def _method() -> optax.GradientTransformation:
    return optax.chain(optax.clip_by_global_norm(1.0), optax.scale_by_adam(b2=0.98), optax.add_decayed_weights(0.01))


_State = Any  # Optax is not typed
_Step = Callable[[Weights, Weights, _State, Batch, tuple[jax.Array, jax.Array]], tuple[Weights, _State, jax.Array]]


@cache
def _compiled(loss: _Loss, plan: FittingPlan) -> _Step:
    """One step, compiled once for all fittings of a plan: (weights, frozen, state, batch, (key, rate)) to (weights, state, loss)."""
    # several times faster on processors than the default, and seeded as well
    jax.config.update("jax_default_prng_impl", "unsafe_rbg")  # type: ignore[no-untyped-call]
    method: Any = _method()  # Optax is not typed

    @jax.jit
    def step(
        weights: Weights, frozen: Weights, state: _State, batch: Batch, chance: tuple[jax.Array, jax.Array]
    ) -> tuple[Weights, _State, jax.Array]:
        key, rate = chance
        value, slopes = jax.value_and_grad(lambda learnt: loss({**frozen, **learnt}, batch, key, plan))(weights)
        changes, state = method.update(slopes, state, weights)
        return {name: weights[name] - rate * changes[name] for name in weights}, state, value

    return step


def _guessing_loss(weights: Weights, batch: Batch, key: jax.Array, plan: FittingPlan) -> jax.Array:
    hiding, dropping = jax.random.split(key)
    there = jnp.asarray(batch.there) > 0
    hidden = jax.random.bernoulli(hiding, plan.hide, batch.words.shape) & there
    vectors = word_vectors(weights, batch.kinds)
    x = contextual(weights, batch, vectors, with_hints=False, hidden=hidden, drop=plan.drop, key=dropping)
    at = jnp.nonzero(hidden.reshape(-1), size=_MOST_GUESSES, fill_value=0)[0]
    counts = hidden.reshape(-1)[at]
    guesses = x.reshape(-1, x.shape[-1])[at] @ weights["lm_w"] + weights["lm_b"]
    scaled = vectors * jax.lax.rsqrt((vectors**2).sum(axis=-1, keepdims=True) + 1e-6)
    is_word = jnp.arange(vectors.shape[0]) < batch.kind_count
    logits = _SHARPNESS * guesses @ scaled.T + jnp.where(is_word, 0.0, -1e9)
    right = jnp.asarray(batch.words).reshape(-1)[at]
    losses: jax.Array = optax.softmax_cross_entropy_with_integer_labels(logits, right) * counts
    return losses.sum() / counts.sum().clip(1)


def _label_loss(weights: Weights, batch: Batch, key: jax.Array, plan: FittingPlan) -> jax.Array:
    hiding, dropping = jax.random.split(key)
    hidden = jax.random.bernoulli(hiding, plan.hide, batch.words.shape)
    x = contextual(weights, batch, word_vectors(weights, batch.kinds), hidden=hidden, drop=plan.drop, key=dropping)
    logits = answers(weights, x)
    losses = path_losses(weights, logits, batch)
    labelled = jnp.asarray(batch.weights)
    total, column, layer = jnp.zeros(()), 0, 0
    for at, (head, classes) in enumerate(HEADS.items()):
        if head in _TAGGED:
            total += _HEAD_WEIGHTS[head] * (losses[:, layer] * (labelled[..., at].max(axis=1) > 0)).sum()
            layer += 1
        else:
            logs = jax.nn.log_softmax(logits[..., column : column + classes])
            targets = batch.targets[..., column : column + classes]
            total += _HEAD_WEIGHTS[head] * (-(targets * logs).sum(axis=-1) * labelled[..., at]).sum()
        column += classes
    return total / (plan.words * 0.6)
