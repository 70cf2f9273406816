"""What tells the zone of a piece of text beside the network: its words as hashed rows, what rules say of it, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Final, NamedTuple, Self
from zlib import crc32

import numpy as np
import numpy.typing as npt

from nlp.tagger.hints import CUE_HINTS, ZONE_HINTS
from nlp.tagger.network import Floats, Ints
from nlp.tagger.words import Words

ROWS: Final = 1 << 16  # of the table of hashed words
LONGEST: Final = 40  # words; longer segments are cut into even pieces, since running text may change its zone anywhere
_PARTS: Final = 6  # parts of a text, by position
_NEAR: Final = 4  # pieces counted from the beginning and from the end
SIGNS: Final = ZONE_HINTS + CUE_HINTS + _PARTS + 2 * _NEAR + 1
_MULTIPLIER: Final = 1_000_003
_OPENING: Final = crc32(b"^")
_SIGN_WEIGHT: Final = np.float32(0.3)  # as heavy as a word in a piece of some ten words
_PREFIX: Final = 5


class ZoneWeights(NamedTuple):
    """What was learnt of zones: `words` (rows x zones), `signs` (signs x zones), `moves` (zones x zones, worth of a change), `first`."""

    words: Floats
    signs: Floats
    moves: Floats
    first: Floats

    @classmethod
    def of(cls, weights: Mapping[str, Floats]) -> Self | None:
        """Take them from among the weights of a tagger; None where it has learnt none."""
        found = [weights.get(f"zone_{name}") for name in cls._fields]
        given = [value for value in found if value is not None]
        return cls(*given) if len(given) == len(found) else None

    def named(self) -> dict[str, Floats]:
        """The arrays under the names that `of` looks for."""
        return {f"zone_{name}": value for name, value in zip(self._fields, self, strict=True)}


class Pieces(NamedTuple):
    """Pieces of a text: their first words, how many they have, which of them begin a segment, and their signs.

    `rows` are rows of the table of words (words x 3), `worth` how much each counts (same shape), `signs` pieces x SIGNS.
    """

    first: Ints
    sizes: Ints
    begins: npt.NDArray[np.bool_]
    rows: Ints
    worth: Floats
    signs: Floats

    def log_zones(self, weights: ZoneWeights) -> Floats:
        """Logarithms of the zones' probabilities for each piece, without the network (pieces x zones)."""
        summed = np.add.reduceat((weights.words[self.rows] * self.worth[:, :, None]).sum(axis=1), self.first)
        worth = summed + self.signs @ weights.signs
        worth -= worth.max(axis=1, keepdims=True)
        made: Floats = worth - np.log(np.exp(worth).sum(axis=1, keepdims=True))
        return made


def pieces_of(words: Words) -> Pieces:
    """The pieces of a text that has words."""
    count = len(words.words)
    first, begins = _cut(words.segments)
    sizes = np.diff(np.append(first, count))
    piece = np.repeat(np.arange(len(first)), sizes)
    plain = np.fromiter(map(_hash, words.words), dtype=np.int64, count=count)
    prefix = np.fromiter(map(_hash_of_beginning, words.words), dtype=np.int64, count=count)
    before = np.append(_OPENING, plain[:-1])
    before[first] = _OPENING
    pairs = (before * _MULTIPLIER + plain) % ROWS
    is_word = plain >= 0
    there = np.stack([is_word, is_word, prefix >= 0], axis=1)
    counts = np.add.reduceat(there.sum(axis=1), first)
    worth = there / np.sqrt(np.maximum(counts, 1))[piece][:, None]
    rows = np.stack([plain % ROWS, pairs, prefix % ROWS], axis=1)
    return Pieces(first, sizes, begins, rows, worth.astype(np.float32), _signs(words, first, sizes))


def _cut(segments: Ints) -> tuple[Ints, npt.NDArray[np.bool_]]:
    """First words of the pieces, and which of them begin a segment."""
    starts = np.append(0, np.flatnonzero(segments[1:] != segments[:-1]) + 1)
    sizes = np.diff(np.append(starts, len(segments)))
    parts = -(-sizes // LONGEST)
    number = np.arange(int(parts.sum())) - np.repeat(np.cumsum(parts) - parts, parts)
    return np.repeat(starts, parts) + np.repeat(sizes, parts) * number // np.repeat(parts, parts), number == 0


@lru_cache(maxsize=1 << 16)
def _hash(word: str) -> int:
    """The hash of a word; -1 for line ends."""
    return -1 if word[0] == "\n" else crc32(_plain(word).encode())


@lru_cache(maxsize=1 << 16)
def _hash_of_beginning(word: str) -> int:
    """The hash of a word's beginning; -1 for line ends and short words."""
    plain = _plain(word)
    return crc32(b"p" + plain[:_PREFIX].encode()) if len(plain) > _PREFIX and word[0] != "\n" else -1


def _plain(word: str) -> str:
    lower = word[:40].lower()
    return lower if lower.isalpha() else "".join("0" if sign.isdigit() else sign for sign in lower)


def _signs(words: Words, first: Ints, sizes: Ints) -> Floats:
    count = len(first)
    found = np.zeros((count, SIGNS), dtype=np.float32)
    each = np.arange(count)
    found[each, words.hints[first, 0]] = 1
    at = ZONE_HINTS
    piece = np.repeat(each, sizes)
    found[piece, at + words.hints[:, 1]] = 1
    found[:, at] = 0  # no cue
    at += CUE_HINTS
    middle = (first + sizes / 2) / len(words.words)
    found[each, at + np.minimum((middle * _PARTS).astype(np.int64), _PARTS - 1)] = 1
    at += _PARTS
    found[each, at + np.minimum(each, _NEAR - 1)] = 1
    at += _NEAR
    found[each, at + np.minimum(each[::-1], _NEAR - 1)] = 1
    found *= _SIGN_WEIGHT
    found[:, -1] = 1
    return found
