"""Words, numbers and signs of a text, what is known of each word by itself and of its place, and the stretches worth reading."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from enum import IntEnum, auto
from functools import cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from nlp.contact_data.given_names import is_given_name
from nlp.contact_data.name_evidence import name_evidence
from nlp.contact_data.name_forms import LOWER, PARTICLE_WORDS, UPPER, Offsets, is_no_name
from nlp.contact_data.word_finder import ContactWord, WordKind
from nlp.folding import fold
from nlp.people.word_sets import WordSet

Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

SETS: Final = ("places", "small", "common")  # words of places; that texts have in small letters; that many texts have

_SPACE, _DIGIT, _LINE_END, _SIGN, _LETTER, _SMALL, _CAPITAL = range(7)  # kinds of characters; from _LETTER on all are letters
_CLASSES: Final = (  # later ones count
    (r"\s+", _SPACE), (r"\n", _LINE_END), (r"[^\W_]+", _LETTER), (r"\d+", _DIGIT), (f"[{LOWER}]+", _SMALL), (f"[{UPPER}]+", _CAPITAL)
)  # fmt: skip
_ENDS_SENTENCE: Final = np.isin(np.arange(128), [ord(sign) for sign in ".!?"])
_AROUND: Final = 14  # tokens read before and behind a sign of people
_LONGEST: Final = 2000  # tokens; longer stretches are cut
_SHORTEST_ENDING: Final = 5
_SHORTEST_GIVEN: Final = 2


class WordSign(IntEnum):
    """What is known of a word wherever it stands."""

    GIVEN = 0
    GIVEN_AND_WORD = auto()
    SURNAME = auto()
    SURNAME_ENDING = auto()
    POST = auto()
    NO_NAME = auto()
    PARTICLE = auto()
    THING = auto()
    PLACES = auto()
    SMALL = auto()
    COMMON = auto()


class PlaceSign(IntEnum):
    """What is known of the place of a token."""

    JOINED = 0  # nothing stands between it and the token before
    OPENS_LINE = auto()
    OPENS_SENTENCE = auto()
    LEAD = auto()  # the kinds of contact words, in their order
    CALL = auto()
    NAMED = auto()
    SUBJECT = auto()
    ROLE = auto()
    TALK = auto()
    HONORIFIC = auto()
    GREETING = auto()
    PHONE_WORD = auto()
    EMAIL = auto()
    PHONE = auto()
    PROFILE = auto()
    RULED_FIRST = auto()  # the rules find a person that begins here
    RULED = auto()
    UNRULED = auto()  # while learning only: the rules were not asked


_OF_KIND: Final = dict(zip(WordKind, range(PlaceSign.LEAD, PlaceSign.EMAIL), strict=True))
_OF_ADDRESS: Final = {"email": PlaceSign.EMAIL, "phone": PlaceSign.PHONE, "profile": PlaceSign.PROFILE}
_WORTH_READING: Final = (PlaceSign.HONORIFIC, PlaceSign.EMAIL, PlaceSign.PHONE, PlaceSign.PROFILE, PlaceSign.RULED)


class Tokens(NamedTuple):
    """The tokens of a text: words, where they begin and end (code points), which are runs of line ends, which end sentences."""

    words: list[str]
    starts: Ints
    ends: Ints
    line_ends: Bools
    sentence_ends: Bools

    def within(self, start: int, end: int) -> slice:
        """The tokens that a part of the text touches."""
        return slice(int(self.ends.searchsorted(start, "right")), int(self.starts.searchsorted(end, "left")))


def tokens_of(text: str) -> Tokens:
    """Cut a text into runs of letters, of digits, of line ends, and single signs.

    Words that a lost line end has joined are told apart ("KontaktFrau Yıldırım"): before a capital between small letters, two before it.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    kinds = _kinds()[codes]
    groups = np.minimum(kinds, _LETTER)
    cuts = np.ones(len(kinds) + 1, dtype=np.bool_)
    cuts[1:-1] = (groups[1:] != groups[:-1]) | (groups[1:] == _SIGN)
    small, capital = kinds == _SMALL, kinds == _CAPITAL
    cuts[2:-2] |= small[:-3] & small[1:-2] & capital[2:-1] & small[3:]
    starts = np.flatnonzero(cuts[:-1] & (kinds != _SPACE))
    places = np.flatnonzero(cuts)
    ends = places[places.searchsorted(starts, side="right")]
    words = [text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
    return Tokens(words, starts, ends, kinds[starts] == _LINE_END, _ENDS_SENTENCE[np.minimum(codes[starts], len(_ENDS_SENTENCE) - 1)])


@cache
def _kinds() -> npt.NDArray[np.uint8]:
    """The kind of every code point; made in some 0.2 s."""
    found = np.full(sys.maxunicode + 1, _SIGN, dtype=np.uint8)
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    for pattern, kind in _CLASSES:
        for run in re.finditer(pattern, every):
            found[run.start() : run.end()] = kind
    return found


def word_signs(word: str, sets: Mapping[str, WordSet]) -> tuple[WordSign, ...]:
    """What is known of a word by lists and sets; nothing of numbers and signs."""
    if not word[0].isalpha():
        return ()
    evidence, folded = name_evidence(), fold(word)
    is_given = len(word) >= _SHORTEST_GIVEN and is_given_name(word)
    is_ending = len(folded) >= _SHORTEST_ENDING
    known = {
        WordSign.GIVEN: is_given,
        WordSign.GIVEN_AND_WORD: is_given and folded in evidence.also_words,
        WordSign.SURNAME: folded in evidence.surnames,
        WordSign.SURNAME_ENDING: is_ending and folded not in evidence.surnames and folded.endswith(evidence.surname_endings),
        WordSign.POST: evidence.is_post(folded),
        WordSign.NO_NAME: is_no_name(word),
        WordSign.PARTICLE: word.lower() in PARTICLE_WORDS,
        WordSign.THING: folded in evidence.things or (is_ending and folded.endswith(evidence.noun_endings)),
    }
    known |= {WordSign[name.upper()]: len(folded) > 1 and folded in sets[name] for name in SETS}
    return tuple(sign for sign, holds in known.items() if holds)


def may_be_given(word: str, sets: Mapping[str, WordSet]) -> bool:
    """Whether a word may be a given name in a text: in small letters only where it is no word besides."""
    if len(word) < _SHORTEST_GIVEN or not is_given_name(word):
        return False
    return not (word.islower() and (fold(word) in name_evidence().also_words or fold(word) in sets["small"]))


def place_signs(
    tokens: Tokens, words: Sequence[ContactWord], addresses: Sequence[tuple[int, int, str]], ruled: Sequence[Offsets] | None
) -> Bools:
    """What is known of each token's place (tokens x PlaceSign). `ruled` is None where the rules were not asked."""
    found = np.zeros((len(tokens.words), len(PlaceSign)), dtype=np.bool_)
    found[1:, PlaceSign.JOINED] = tokens.starts[1:] == tokens.ends[:-1]
    found[:1, PlaceSign.OPENS_LINE] = True
    found[1:, PlaceSign.OPENS_LINE] = tokens.line_ends[:-1]
    found[1:, PlaceSign.OPENS_SENTENCE] = tokens.sentence_ends[:-1]
    for word in words:
        found[tokens.within(word.start, word.end), _OF_KIND[word.kind]] = True
    for start, end, kind in addresses:
        found[tokens.within(start, end), _OF_ADDRESS[kind]] = True
    if ruled is None:
        found[:, PlaceSign.UNRULED] = True
    for start, end in ruled or ():
        own = tokens.within(start, end)
        found[own, PlaceSign.RULED] = True
        found[own.start : own.start + 1, PlaceSign.RULED_FIRST] = True
    return found


def stretches(signs: Bools, given: Sequence[int]) -> list[slice]:
    """The tokens around titles, addresses, given names (their places) and finds of the rules, in parts that do not overlap."""
    at = np.union1d(np.flatnonzero(signs[:, _WORTH_READING].any(axis=1)), np.array(given, dtype=np.int64))
    if not len(at):
        return []
    breaks = np.flatnonzero(np.diff(at) > 2 * _AROUND + 1) + 1
    bounds = [(max(0, int(own[0]) - _AROUND), min(len(signs), int(own[-1]) + _AROUND + 1)) for own in np.split(at, breaks)]
    return [slice(first, min(first + _LONGEST, stop)) for start, stop in bounds for first in range(start, stop, _LONGEST)]
