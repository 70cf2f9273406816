"""The network of `nlp.tagger.network` for learning, in JAX: the same weights, with noise and slopes."""

from __future__ import annotations

from typing import Final

import jax
import jax.numpy as jnp
import numpy as np

from nlp.tagger.hints import CUE_HINTS, LABEL_HINTS, ZONE_HINTS
from nlp.tagger.learning.batches import Batch, WordArrays
from nlp.tagger.network import CONTEXT_DISTANCES, HINT_WEIGHTS, SEGMENT_DISTANCES, WORD_DISTANCES, Floats
from nlp.tagger.tagger import HEADS, SENTENCE_LAYERS, TAG_LAYERS
from nlp.tagger.tags import NEVER, first_forbidden, forbidden, last_forbidden
from nlp.tagger.words import SHAPES, UNITS

Weights = dict[str, jax.Array]

_HINTS: Final = dict(zip(HINT_WEIGHTS, (ZONE_HINTS, CUE_HINTS, LABEL_HINTS), strict=True))
_EPSILON: Final = 1e-5


def fresh_weights(size: int, seed: int) -> dict[str, Floats]:
    """Weights by chance, for word vectors of `size` numbers; the hints begin at 0."""
    random = np.random.default_rng(seed)

    def some(*shape: int, scale: float) -> Floats:
        return (random.standard_normal(shape) * scale).astype(np.float32)

    zero, one = np.zeros(size, dtype=np.float32), np.ones(size, dtype=np.float32)
    weights = {"emb": some(UNITS, size, scale=0.1), "shape": some(SHAPES, size, scale=0.1), "mask": some(size, scale=0.1)}
    for name in ("in", "pool", "lm"):
        weights |= {f"{name}_w": some(size, size, scale=size**-0.5), f"{name}_b": zero}
    for name, distances in (("a", WORD_DISTANCES), ("s", SEGMENT_DISTANCES), ("b", CONTEXT_DISTANCES)):
        for at in range(len(distances)):
            weights |= {f"{name}{at}w": some(3 * size, size, scale=(3 * size) ** -0.5), f"{name}{at}b": zero}
            weights |= {f"{name}{at}g": one, f"{name}{at}o": zero}
    weights |= {"seg_w": some(2 * size, size, scale=(2 * size) ** -0.5), "seg_b": zero}
    weights |= {"ctx_w": some(size, size, scale=size**-0.5 / 2), "doc_w": some(size, size, scale=size**-0.5 / 2)}
    weights |= {"fg": one, "fo": zero} | {name: np.zeros((count, size), dtype=np.float32) for name, count in _HINTS.items()}
    for head, classes in HEADS.items():
        weights |= {f"h_{head}": some(size, classes, scale=size**-0.5), f"hb_{head}": np.zeros(classes, dtype=np.float32)}
    return weights | {f"tr_{layer.head}": np.zeros((layer.size, layer.size), dtype=np.float32) for layer in TAG_LAYERS}


def word_vectors(weights: Weights, kinds: WordArrays) -> jax.Array:
    """A vector for each kind of word, before any context."""
    summed = (weights["emb"][kinds.units] * kinds.there[..., None]).sum(axis=1)
    return summed / jnp.sqrt(kinds.there.sum(axis=1, keepdims=True).clip(1)) + weights["shape"][kinds.shapes]


def contextual(
    weights: Weights,
    batch: Batch,
    vectors: jax.Array,
    *,
    hidden: jax.Array | None = None,
    with_hints: bool = True,
    drop: float = 0.0,
    key: jax.Array | None = None,
) -> jax.Array:
    """A vector for each word in its context; words where `hidden` is true show nothing of themselves."""
    x = vectors[batch.words]
    if hidden is not None:
        x = jnp.where(hidden[..., None], weights["mask"], x)
    keys = iter(jax.random.split(jax.random.PRNGKey(0) if key is None else key, 16))
    x = _dropped(x, drop, next(keys)) @ weights["in_w"] + weights["in_b"]
    for at, name in enumerate(HINT_WEIGHTS if with_hints else ()):
        x = x + weights[name][batch.hints[..., at]]
    there = jnp.asarray(batch.there)[..., None]
    for at, distance in enumerate(WORD_DISTANCES):
        x = _convolved(weights, f"a{at}", x, distance, there=there, drop=drop, key=next(keys))
    of_segment = (batch.segments[:, None, :] == batch.segment_numbers[None, :, None]) * batch.there[:, None, :]
    count = of_segment.sum(axis=-1, keepdims=True)
    full = (count > 0).astype(x.dtype)
    loud = jax.nn.relu(x @ weights["pool_w"] + weights["pool_b"])
    count = count.clip(1)
    pooled = [jnp.einsum("bst,btd->bsd", of_segment, x) / count, jnp.einsum("bst,btd->bsd", of_segment, loud) / jnp.sqrt(count)]
    s = (jnp.concatenate(pooled, axis=-1) @ weights["seg_w"] + weights["seg_b"]) * full
    s = s + ((s * full).sum(axis=1) / full.sum(axis=1).clip(1) @ weights["doc_w"])[:, None]
    for at, distance in enumerate(SEGMENT_DISTANCES):
        s = _convolved(weights, f"s{at}", s, distance, there=full, drop=drop, key=next(keys))
    x = x + jnp.einsum("bst,bsd->btd", of_segment, s @ weights["ctx_w"])
    for at, distance in enumerate(CONTEXT_DISTANCES):
        x = _convolved(weights, f"b{at}", x, distance, there=there, drop=drop, key=next(keys))
    return _normalised(x, weights["fg"], weights["fo"])


def answers(weights: Weights, x: jax.Array) -> jax.Array:
    """Logits of all heads side by side."""
    return jnp.concatenate([x @ weights[f"h_{head}"] + weights[f"hb_{head}"] for head in HEADS], axis=-1)


def _convolved(weights: Weights, name: str, x: jax.Array, distance: int, *, there: jax.Array, drop: float, key: jax.Array) -> jax.Array:
    y = _normalised(x, weights[f"{name}g"], weights[f"{name}o"]) * there
    size = x.shape[1]
    wide = jnp.pad(y, ((0, 0), (distance, distance), (0, 0)))
    around = jnp.concatenate([wide[:, :size], y, wide[:, 2 * distance : 2 * distance + size]], axis=-1)
    return x + _dropped(jax.nn.relu(around @ weights[f"{name}w"] + weights[f"{name}b"]), drop, key)


def _normalised(x: jax.Array, scale: jax.Array, shift: jax.Array) -> jax.Array:
    centred = x - x.mean(axis=-1, keepdims=True)
    return centred * jax.lax.rsqrt((centred**2).mean(axis=-1, keepdims=True) + _EPSILON) * scale + shift


def _dropped(x: jax.Array, drop: float, key: jax.Array) -> jax.Array:
    """Leave out the same numbers for all words of a text: cheap, and what a word lacks its neighbours cannot give."""
    if not drop:
        return x
    keep: jax.Array = jax.random.bernoulli(key, 1 - drop, (x.shape[0], 1, x.shape[2]))
    return x * keep / (1 - drop)


def path_losses(weights: Weights, logits: jax.Array, batch: Batch) -> jax.Array:
    """How unlikely the right sequence of tags is among all sequences, for each text and layer of tags (texts x layers).

    A conditional random field (Lafferty et al. 2001): the worth of a sequence is the sum of its tags' logits and of how well each
    follows the one before. Padding counts as outside.
    """
    most = max(layer.size for layer in TAG_LAYERS)
    emissions, rightly, following, first, last = [], [], [], [], []
    column = 0
    there = batch.there[..., None]
    outside = jnp.where(jnp.arange(most) == 0, 0.0, NEVER)
    for head, classes in HEADS.items():
        layer = next((layer for layer in TAG_LAYERS if layer.head == head), None)
        if layer is not None:
            wide = ((0, 0), (0, 0), (0, most - classes))
            own_logits = logits[..., column : column + classes]
            if layer in SENTENCE_LAYERS:  # SkillSpan labels whole tokens
                own_logits += batch.cuts
            emission = jnp.pad(own_logits, wide, constant_values=NEVER)
            emissions.append(jnp.where(there > 0, emission, outside))
            target = jnp.pad(jnp.asarray(batch.targets)[..., column : column + classes], wide)
            rightly.append(jnp.where(target.sum(axis=-1) > 0, target.argmax(axis=-1), 0))
            square = ((0, most - classes), (0, most - classes))
            following.append(jnp.pad(weights[f"tr_{head}"] + forbidden(classes), square, constant_values=NEVER))
            first.append(np.pad(first_forbidden(classes), square[:1], constant_values=NEVER))
            last.append(np.pad(last_forbidden(classes), square[:1], constant_values=NEVER))
        column += classes
    worth, moves = jnp.stack(emissions, axis=2), jnp.stack(following)  # texts x words x layers x tags; layers x tags x tags
    right = jnp.stack(rightly, axis=2)
    begin, end = jnp.stack(first), jnp.stack(last)

    def onward(scores: jax.Array, emission: jax.Array) -> tuple[jax.Array, None]:
        return jax.nn.logsumexp(scores[..., :, None] + moves, axis=-2) + emission, None

    by_word = worth.transpose(1, 0, 2, 3)
    scores, _ = jax.lax.scan(onward, by_word[0] + begin, by_word[1:], unroll=8)
    total = jax.nn.logsumexp(scores + end, axis=-1)
    own = jnp.take_along_axis(worth, right[..., None], axis=-1)[..., 0].sum(axis=1)
    layers = jnp.arange(len(TAG_LAYERS))
    own += moves[layers, right[:, :-1], right[:, 1:]].sum(axis=1)
    return total - own
