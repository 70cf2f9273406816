"""Turns labelled and unlabelled texts into sequences of numbers to learn from."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from nlp.advertisement import Advertisement
from nlp.contact_data.by_rules import RuledContacts, contacts_by_rules
from nlp.people.learning.variants import Lines
from nlp.people.network import BEGINS, GOES_ON, language_number, word_units
from nlp.people.tokens import PlaceSign, Tokens, WordSign, place_signs, tokens_of, word_signs
from nlp.people.word_sets import WordSet
from nlp.tagger.words import MOST_UNITS, shape

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]

LENGTHS: Final = (32, 64, 128, 256, 512)  # tokens; what is longer is cut

_SHOWN_RULES: Final = 0.8  # how often the network sees what the rules found where it may
_NO_LANGUAGE: Final = 0.12  # how often its language is not told
_FORGOTTEN: Final = 0.25  # how often a text's given names are partly unknown
_UNKNOWN: Final = 0.4  # of them


class Example(NamedTuple):
    """A sequence of tokens with its signs (tokens x WordSign and PlaceSign side by side), tags and weight."""

    words: list[str]
    signs: npt.NDArray[np.bool_]
    tags: Ints
    language: int
    weight: float


class Batch(NamedTuple):
    """Examples of about one length, padded (examples x tokens, units: x MOST_UNITS)."""

    units: Ints
    has_unit: Floats
    shapes: Ints
    signs: Floats
    languages: Ints
    there: Floats
    tags: Ints
    weights: Floats


def written_example(lines: Lines, sets: Mapping[str, WordSet], chance: random.Random, *, sees_rules: bool) -> Example:
    """A labelled text as a whole; texts that rules were written beside do not show what the rules find in them."""
    tokens = tokens_of(lines.text)
    ruled = contacts_by_rules(Advertisement(lines.text, (), lines.language))
    shown = ruled.people if sees_rules and chance.random() < _SHOWN_RULES else None
    signs = _signs(tokens, ruled, shown, sets)
    if chance.random() < _FORGOTTEN:
        unknown = np.array([chance.random() < _UNKNOWN for _ in tokens.words], dtype=np.bool_)
        signs[unknown, WordSign.GIVEN] = signs[unknown, WordSign.GIVEN_AND_WORD] = False
    language = None if chance.random() < _NO_LANGUAGE else lines.language
    return Example(tokens.words, signs, _tags(tokens, lines.people), language_number(language), 1.0)


def taught_example(text: str, language: str | None, sets: Mapping[str, WordSet], weight: float) -> Example:
    """An advertisement labelled by the rules alone, which the network is not shown."""
    tokens = tokens_of(text)
    ruled = contacts_by_rules(Advertisement(text, (), language))
    return Example(tokens.words, _signs(tokens, ruled, None, sets), _tags(tokens, ruled.people), language_number(language), weight)


def batches(examples: Iterable[Example], tokens: int, chance: random.Random) -> Iterator[Batch]:
    """Batches of some tokens each, in any order."""
    by_length: dict[int, list[Example]] = {}
    for example in examples:
        length = next((length for length in LENGTHS if length >= len(example.words)), LENGTHS[-1])
        by_length.setdefault(length, []).append(example)
    groups = []
    for length, own in by_length.items():
        chance.shuffle(own)
        size = max(1, tokens // length)
        groups += [(length, size, own[first : first + size]) for first in range(0, len(own), size)]
    chance.shuffle(groups)
    for length, size, own in groups:
        yield _batch(own, size, length)


def _batch(examples: Sequence[Example], size: int, length: int) -> Batch:
    shape_of_all = (size, length)
    found = Batch(
        units=np.zeros((*shape_of_all, MOST_UNITS), dtype=np.int32),
        has_unit=np.zeros((*shape_of_all, MOST_UNITS), dtype=np.float32),
        shapes=np.zeros(shape_of_all, dtype=np.int32),
        signs=np.zeros((*shape_of_all, len(WordSign) + len(PlaceSign)), dtype=np.float32),
        languages=np.zeros(size, dtype=np.int32),
        there=np.zeros(shape_of_all, dtype=np.float32),
        tags=np.zeros(shape_of_all, dtype=np.int32),
        weights=np.zeros(size, dtype=np.float32),
    )
    for row, example in enumerate(examples):
        words = example.words[:length]
        for at, word in enumerate(words):
            own = word_units(word)
            found.units[row, at, : len(own)] = own
            found.has_unit[row, at, : len(own)] = 1
            found.shapes[row, at] = shape(word)
        found.signs[row, : len(words)] = example.signs[:length]
        found.tags[row, : len(words)] = example.tags[:length]
        found.there[row, : len(words)] = 1
        found.languages[row], found.weights[row] = example.language, example.weight
    return found


def _signs(
    tokens: Tokens, ruled: RuledContacts, shown: Sequence[tuple[int, int]] | None, sets: Mapping[str, WordSet]
) -> npt.NDArray[np.bool_]:
    of_words = np.zeros((len(tokens.words), len(WordSign)), dtype=np.bool_)
    for at, word in enumerate(tokens.words):
        of_words[at, list(word_signs(word, sets))] = True
    return np.concatenate([of_words, place_signs(tokens, ruled.words, ruled.addresses, shown)], axis=1)


def _tags(tokens: Tokens, people: Iterable[tuple[int, int]]) -> Ints:
    tags = np.zeros(len(tokens.words), dtype=np.int32)
    for start, end in sorted(people):
        own = tokens.within(start, end)
        tags[own] = GOES_ON
        tags[own.start : own.start + 1] = BEGINS
    return tags
