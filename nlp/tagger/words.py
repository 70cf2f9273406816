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
from nlp.characters import LINE_END, SIGN, SPACE, kinds_of
from nlp.label_matcher import LabelMatch
from nlp.tagger.hints import hints
from nlp.zone_rules import RuledZones, rule_zones

Ints = npt.NDArray[np.int64]

UNITS: Final = 1 << 16  # rows of the table of units
MOST_UNITS: Final = 20  # of one word
SHAPES: Final = 24

_DIGIT: Final = re.compile(r"\d")
_MOST_GRAMS: Final = 12
_WHOLE, _FOLDED, _BEGINNING, _ENDING, _GRAM = (crc32(kind) for kind in (b"w", b"f", b"p", b"s", b"g"))  # hashes go on from there
_LONGEST: Final = 60  # characters; a longer "word" is no word, its start says enough


class Words(NamedTuple):
    """The words of a text: where each begins and ends (code points), its segment (line, item, sentence) and what rules know of it."""

    words: list[str]
    starts: Ints
    ends: Ints
    segments: Ints  # counting up from 0
    hints: Ints  # words x 3, see `hints`
    ruled: RuledZones
    line_ends: Ints  # positions of the words that are line ends


def split(ad: Advertisement, labels: Sequence[LabelMatch] = ()) -> Words:
    """The words, signs and line ends of an advertisement, with the labels of a taxonomy that were found in it."""
    starts, ends, line_ends = _places(ad.text)
    words = [ad.text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
    ruled = rule_zones(ad)
    raw = np.searchsorted(ruled.sentence_starts, starts, side="right")
    segments = np.zeros(len(raw), dtype=np.int64)
    np.cumsum(raw[1:] > raw[:-1], out=segments[1:])
    known = hints(ad, starts, ends, zones=ruled.zones, soft=ruled.soft, labels=labels)
    return Words(words, starts, ends, segments, known, ruled, line_ends)


def _places(text: str) -> tuple[Ints, Ints, Ints]:
    """Where the words of a text begin and end, and which of them are line ends: runs of letters and digits, single signs, runs of lines."""
    kinds = kinds_of(text)
    begins = (kinds != SPACE) & (kinds != np.append(SPACE, kinds[:-1]))
    begins |= kinds == SIGN
    starts = np.flatnonzero(begins)
    own = kinds[starts]
    changes = np.append(np.flatnonzero(kinds[1:] != kinds[:-1]) + 1, len(kinds))  # where a run of one kind ends
    ends = np.where(own == SIGN, starts + 1, changes[changes.searchsorted(starts, side="right")]) if len(starts) else starts
    return starts, ends, np.flatnonzero(own == LINE_END)


def going_on(words: Words) -> npt.NDArray[np.bool_]:
    """Which words go on where the one before ends, so that both are parts of one token between white space ("C++", "Node.js")."""
    found: npt.NDArray[np.bool_] = np.append(False, words.starts[1:] == words.ends[:-1])[: len(words.words)]
    found[words.line_ends] = False
    behind = words.line_ends + 1
    found[behind[behind < len(found)]] = False
    return found


def in_one_segment(words: Words) -> Words:
    """The same words as one segment: a sentence by itself."""
    return words._replace(segments=np.zeros_like(words.segments))


def units(word: str) -> list[int]:
    """Rows of the table of units for a word: the word, without accents, its beginnings, endings and some of its parts."""
    lower = _DIGIT.sub("0", word[:_LONGEST].lower())
    plain = lower if lower.isascii() else "".join(filterfalse(unicodedata.combining, unicodedata.normalize("NFKD", lower)))
    found = [crc32(lower.encode(), _WHOLE) % UNITS, crc32(plain.encode(), _FOLDED) % UNITS]
    if not plain[:1].isalnum():
        return found
    if len(plain) > 2:
        parts = [plain[:3], plain[:5], plain[:7], plain[-3:], plain[-4:], plain[-2:]]
        hashes = (_BEGINNING, _BEGINNING, _BEGINNING, _ENDING, _ENDING, _ENDING)
        found += [crc32(part.encode(), start) % UNITS for part, start in zip(parts, hashes, strict=True)]
    return found + [crc32(gram, _GRAM) % UNITS for gram in _grams(f"<{plain}>")[: MOST_UNITS - len(found)]]


def _grams(marked: str) -> list[bytes]:
    """Three and four letters in a row, encoded; of more than twelve those with the lowest hashes."""
    if marked.isascii():
        whole = marked.encode()
        grams = dict.fromkeys(whole[at : at + size] for size in (3, 4) for at in range(len(whole) - size + 1))
    else:
        grams = dict.fromkeys(marked[at : at + size].encode() for size in (3, 4) for at in range(len(marked) - size + 1))
    if len(grams) <= _MOST_GRAMS:
        return list(grams)
    by_hash = {crc32(gram): gram for gram in sorted(grams, reverse=True)}
    return [by_hash[number] for number in sorted(by_hash)[:_MOST_GRAMS]]


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
