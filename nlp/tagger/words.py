"""Words as hashed units: what the network sees of a text. No word can be read back from the numbers."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from itertools import filterfalse
from typing import Final, NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt

from nlp.advertisement import Advertisement
from nlp.label_matcher import LabelMatch
from nlp.tagger.hints import hints
from nlp.zone_rules import RuledZones, rule_zones

Ints = npt.NDArray[np.int64]

UNITS: Final = 1 << 16  # rows of the table of units
MOST_UNITS: Final = 20  # of one word
SHAPES: Final = 24

_WORD: Final = re.compile(r"\w+|[^\w\s]|\n+")
_DIGIT: Final = re.compile(r"\d")
_MOST_GRAMS: Final = 12
_LONGEST: Final = 60  # characters; a longer "word" is no word, its start says enough


class Words(NamedTuple):
    """The words of a text: where each begins and ends (code points), its segment (line, item, sentence) and what rules know of it."""

    words: list[str]
    starts: Ints
    ends: Ints
    segments: Ints  # counting up from 0
    hints: Ints  # words x 3, see `hints`
    ruled: RuledZones


def split(ad: Advertisement, labels: Sequence[LabelMatch] = ()) -> Words:
    """The words, signs and line ends of an advertisement, with the labels of a taxonomy that were found in it."""
    matches = [(match.group(), match.start()) for match in _WORD.finditer(ad.text)]
    words = [word for word, _ in matches]
    starts = np.array([start for _, start in matches], dtype=np.int64)
    ends = starts + np.fromiter(map(len, words), dtype=np.int64, count=len(words))
    ruled = rule_zones(ad)
    raw = np.searchsorted(ruled.sentence_starts, starts, side="right")
    segments = np.cumsum(np.diff(raw, prepend=raw[:1]) > 0, dtype=np.int64)
    known = hints(ad, starts, ends, zones=ruled.zones, soft=ruled.soft, labels=labels)
    return Words(words, starts, ends, segments, known, ruled)


def in_one_segment(words: Words) -> Words:
    """The same words as one segment: a sentence by itself."""
    return words._replace(segments=np.zeros_like(words.segments))


def units(word: str) -> list[int]:
    """Rows of the table of units for a word: the word, without accents, its beginnings, endings and some of its parts."""
    lower = _DIGIT.sub("0", word[:_LONGEST].lower())
    plain = lower if lower.isascii() else "".join(filterfalse(unicodedata.combining, unicodedata.normalize("NFKD", lower)))
    found = [_row("w", lower), _row("f", plain)]
    if not plain[:1].isalnum():
        return found
    if len(plain) > 2:
        found += [_row("p", plain[:3]), _row("s", plain[-3:]), _row("p", plain[:5]), _row("s", plain[-4:]), _row("s", plain[-2:])]
        found.append(_row("p", plain[:7]))
    marked = f"<{plain}>"
    grams = {marked[at : at + size] for size in (3, 4) for at in range(len(marked) - size + 1)}
    chosen = grams if len(grams) <= _MOST_GRAMS else sorted(grams, key=lambda gram: (crc32(gram.encode()), gram))[:_MOST_GRAMS]
    return (found + [_row("g", gram) for gram in chosen])[:MOST_UNITS]


def _row(kind: str, text: str) -> int:
    return crc32((kind + text).encode()) % UNITS


def shape(word: str) -> int:
    """How a word is written, as a number below SHAPES: line end, number, sign, capitals, or its length in small letters."""
    first = word[0]
    if first == "\n":
        return 0
    if word.isdigit():
        return 1 + min(len(word), 6)
    if not (first.isalnum() or first == "_"):
        return 8
    return _shape_of_letters(word)


def _shape_of_letters(word: str) -> int:
    if word.isupper():
        return 9 + (len(word) > 1) + (len(word) > 4)
    if word[0].isupper():
        return 12 if word[1:].islower() else 13
    if any(map(str.isdigit, word)):
        return 15
    return 16 + min(len(word) // 4, 3) if word.islower() else 14
