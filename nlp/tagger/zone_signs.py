"""What tells the zone of a piece of text beside the network: its words as hashed rows, what rules say of it, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
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
_NO_ROW: Final = ROWS - 1  # in place of a row that counts for nothing
_KEPT_WORDS: Final = 1 << 16
_ZERO: Final = np.zeros(1, dtype=np.int64)


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
        each = weights.words.take(self.rows, axis=0)
        each *= self.worth[:, :, None]
        of_words = each[:, 0] + each[:, 1]
        of_words += each[:, 2]
        worth = np.add.reduceat(of_words, self.first)
        worth += self.signs @ weights.signs
        worth -= np.maximum.reduce(worth, axis=1, keepdims=True)
        worth -= np.log(np.add.reduce(np.exp(worth), axis=1, keepdims=True))
        return worth


def pieces_of(words: Words) -> Pieces:
    """The pieces of a text that has words."""
    count = len(words.words)
    first, sizes, begins = _cut(words.segments)
    piece = np.arange(len(first)).repeat(sizes)
    known = np.fromiter(map(_HASHES.__getitem__, words.words), dtype=np.int64, count=count)
    marks = known >> 32
    rows = np.empty((count, 3), dtype=np.int64)
    plain = np.bitwise_and(known, ROWS - 1, out=rows[:, 0])
    before = rows[:, 1]
    before[1:] = plain[:-1]
    before[first] = _OPENING
    before *= _MULTIPLIER
    before += plain
    before &= ROWS - 1
    np.bitwise_and(known >> 16, ROWS - 1, out=rows[:, 2])
    share = (1 / np.sqrt(np.maximum(np.add.reduceat(marks, first), 1))).astype(np.float32)[piece]
    worth = np.empty((count, 3), dtype=np.float32)
    worth[:, :2] = (share * (marks > 1))[:, None]
    np.multiply(share, marks & 1, out=worth[:, 2], casting="unsafe")
    return Pieces(first, sizes, begins, rows, worth, _signs(words, first, sizes, piece))


def _cut(segments: Ints) -> tuple[Ints, Ints, npt.NDArray[np.bool_]]:
    """First words of the pieces, how many words each has, and which of them begin a segment."""
    starts = np.concatenate((_ZERO, (segments[1:] != segments[:-1]).nonzero()[0] + 1))
    sizes = sizes_of(starts, len(segments))
    if int(sizes.max()) <= LONGEST:
        return starts, sizes, np.ones(len(starts), dtype=np.bool_)
    parts = -(-sizes // LONGEST)
    number = np.arange(int(parts.sum())) - (parts.cumsum() - parts).repeat(parts)
    first = starts.repeat(parts) + sizes.repeat(parts) * number // parts.repeat(parts)
    return first, sizes_of(first, len(segments)), number == 0


def sizes_of(first: Ints, count: int) -> Ints:
    """How many of `count` words each piece has."""
    sizes = np.empty(len(first), dtype=np.int64)
    np.subtract(first[1:], first[:-1], out=sizes[:-1])
    sizes[-1] = count - first[-1]
    return sizes


class _WordHashes(dict[str, int]):
    """Each word met as one number: from the lowest bits up the rows of the word and of its beginning, whether it has a beginning, and
    whether it is a word at all (a bit each). Begun anew when it is full.
    """

    def __missing__(self, word: str) -> int:
        if len(self) >= _KEPT_WORDS:
            self.clear()
        self[word] = made = _hashes(word)
        return made


_HASHES: Final = _WordHashes()


def _hashes(word: str) -> int:
    if word[0] == "\n":
        return _NO_ROW | _NO_ROW << 16
    lower = word[:40].lower()
    plain = lower if lower.isalpha() else "".join("0" if sign.isdigit() else sign for sign in lower)
    own = crc32(plain.encode()) % ROWS | 1 << 33
    return own | (crc32(b"p" + plain[:_PREFIX].encode()) % ROWS) << 16 | 1 << 32 if len(plain) > _PREFIX else own | _NO_ROW << 16


def _signs(words: Words, first: Ints, sizes: Ints, piece: Ints) -> Floats:
    count = len(first)
    found = np.zeros((count, SIGNS), dtype=np.float32)
    each = np.arange(count)
    found[each, words.hints[first, 0]] = _SIGN_WEIGHT
    at = ZONE_HINTS
    found[piece, words.hints[:, 1] + at] = _SIGN_WEIGHT
    found[:, at] = 0  # no cue
    at += CUE_HINTS
    middle = (first + sizes / 2) / len(words.words)
    found[each, np.minimum((middle * _PARTS).astype(np.int64), _PARTS - 1) + at] = _SIGN_WEIGHT
    at += _PARTS
    near = np.minimum(each, _NEAR - 1) + at
    found[each, near] = _SIGN_WEIGHT
    found[each, near[::-1] + _NEAR] = _SIGN_WEIGHT
    found[:, -1] = 1
    return found
