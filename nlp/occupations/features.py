"""Features of titles and texts: hashed pieces of words, so that a trained ranker holds numbers only and no words.

A title gives each word's character n-grams (3 to 5, with the word's edges), the word, and each pair of neighbouring words; the start of
the text gives its different words, whole and by their first letters. Pieces are independent of each other between words, so they are
remembered per word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from nlp.folding import fold
from nlp.occupations.title_cleaning import clean_title

BUCKETS: Final = 1 << 16
FIRST_WORDS: Final = 8  # of an advertisement without title its first words stand for one
_WORD: Final = re.compile(r"[\w+#]+")
_SIZES: Final = (3, 4, 5)
_LONGEST_TITLE: Final = 24  # words
_LONGEST_WORD: Final = 40  # letters
_BODY_WORDS: Final = 120
_BODY_CHARACTERS: Final = 960
_STEM: Final = 6
_KNOWN_WORDS: Final = 50_000
_KNOWN_TITLES: Final = 4_096

Numbers = npt.NDArray[np.int32]


class TextParts(NamedTuple):
    """An advertisement as words: those of its title and those at the start of its text."""

    title: tuple[str, ...]
    body: tuple[str, ...]


class Rows(NamedTuple):
    """Buckets of many texts: those of text i are `numbers[offsets[i]:offsets[i + 1]]`."""

    numbers: Numbers
    offsets: npt.NDArray[np.int64]

    @classmethod
    def of(cls, rows: Iterable[Sequence[int]]) -> Rows:
        """Put rows after each other."""
        numbers: list[int] = []
        offsets = [0]
        for row in rows:
            numbers += row
            offsets.append(len(numbers))
        return cls(np.array(numbers, dtype=np.int32), np.array(offsets, dtype=np.int64))


def text_parts(title: str | None, text: str | None) -> TextParts:
    """Split an advertisement into the words that are looked at; both may be missing."""
    body = fold(text[:_BODY_CHARACTERS]) if text else ""
    words = _words_of_title(title) if title else ()
    if not words:
        words = _telling(_WORD.findall(body[:200])[:FIRST_WORDS])
    seen = [word[:_LONGEST_WORD] for word in _WORD.findall(body)[:_BODY_WORDS] if len(word) > 2 and not word.isdigit()]
    return TextParts(words, tuple(dict.fromkeys(seen)))


@lru_cache(maxsize=_KNOWN_TITLES)
def _words_of_title(title: str) -> tuple[str, ...]:
    return _telling(_WORD.findall(fold(clean_title(title))))


def title_buckets(words: Sequence[str]) -> list[int]:
    """All buckets of a title."""
    buckets = [number for word in words for number in word_buckets(word)]
    buckets += [pair_bucket(first, second) for first, second in pairwise(words)]
    return buckets


def body_row(words: Sequence[str]) -> list[int]:
    """All buckets of the start of a text."""
    return [number for word in words for number in body_buckets(word)]


@lru_cache(maxsize=_KNOWN_WORDS)
def word_buckets(word: str) -> tuple[int, ...]:
    """The buckets of a word of a title: its n-grams and itself."""
    edged = f" {word} "
    grams = [edged[at : at + size] for size in _SIZES for at in range(len(edged) - size + 1)]
    return tuple(_bucket(gram) for gram in (*grams, "w" + edged))


def pair_bucket(first: str, second: str) -> int:
    """The bucket of two neighbouring words of a title."""
    return _bucket(f"{first}\t{second}")


@lru_cache(maxsize=_KNOWN_WORDS)
def body_buckets(word: str) -> tuple[int, ...]:
    """The buckets of a word in a text: itself, and its stem where it is longer."""
    return (_bucket("b" + word),) if len(word) <= _STEM else (_bucket("b" + word), _bucket("b" + word[:_STEM] + "-"))


def _bucket(piece: str) -> int:
    return crc32(piece.encode()) & (BUCKETS - 1)


def _telling(words: list[str]) -> tuple[str, ...]:
    return tuple(word[:_LONGEST_WORD] for word in words[:_LONGEST_TITLE] if not word.isdigit())
