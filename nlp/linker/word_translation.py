"""Learns which words stand for which: the labels of one concept translate each other, between languages and within one.

IBM model 1 (Brown et al. 1993, "The mathematics of statistical machine translation"): each word of a label is taken to come from one
word of another label of the same concept, or from none; which one it is likely to be is estimated in rounds. So "gestion" comes to mean
"management" and "gérer", for which vectors and spelling have hardly a sign. Words are known by their edges.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from nlp.linker.bags import Bags, Floats, Ints, run_starts
from nlp.linker.taxonomy_texts import TaxonomyTexts, Words, content_words
from nlp.linker.weighted_bags import WeightedBags

_BEGINNING: Final = 6  # letters that the forms of a word share
_END: Final = 5  # letters by which a compound tells its head
_COMPOUND: Final = 9  # letters from which a word may be one
_ENDS_SO: Final = "~"  # marks ends; words cannot hold it
_ALTERNATIVES: Final = 4  # labels of a concept in one language that are learnt from, beside the preferred one
_MOST_KEYS: Final = 8  # of a label that are learnt from
_LESSONS_AT_ONCE: Final = 50_000  # they take memory
_ROUNDS: Final = 5
_FROM_NONE: Final = 0.5  # how much a word that comes from none is expected, as a share of its frequency
_DOUBT: Final = 0.5  # times that a word is taken to have meant something else
_LEAST: Final = 0.002  # chances that are kept
_ITSELF: Final = 0.5  # the least chance that a word means itself


def word_keys(text: Words) -> list[str]:
    """The different beginnings of a text's content words, and the ends of long ones, in the words' alphabetical order."""
    return list(dict.fromkeys(key for word in sorted(content_words(text)) for key in _edges(word)))


def _edges(word: str) -> Iterator[str]:
    yield word[:_BEGINNING]
    if len(word) >= _COMPOUND:
        yield _ENDS_SO + word[-_END:]


class WordTranslation:
    """How likely each key is said for another one; keys by number. Make it with `learn`."""

    def __init__(self, numbers: dict[str, int], frequencies: Floats, meant: Ints, said: Ints, chances: Floats) -> None:
        self._numbers = numbers
        self.frequencies = frequencies  # of keys among those of all labels; sum 1
        self._by_said = WeightedBags(said, meant, chances, count=len(numbers))
        self._by_meant = WeightedBags(meant, said, chances, count=len(numbers))

    @classmethod
    def learn(cls, parts: Sequence[TaxonomyTexts]) -> WordTranslation:
        """Learn from the labels of several kinds of concepts."""
        numbers: dict[str, int] = {}
        bags = [[numbers.setdefault(key, len(numbers)) for key in word_keys(label)] for texts in parts for label in texts.labels]
        uses = np.bincount(Bags.of(bags).numbers, minlength=len(numbers))
        frequencies = np.asarray(uses / uses.sum(), dtype=np.float32)
        lessons = _lessons(parts)
        if not lessons.size:
            nothing = np.zeros(0, dtype=np.int64)
            return cls(numbers, frequencies, *_with_themselves(nothing, nothing, np.zeros(0), len(numbers)))
        return cls(numbers, frequencies, *_estimated(Bags.of([bag[:_MOST_KEYS] for bag in bags]), lessons, frequencies))

    def __len__(self) -> int:
        return len(self._numbers)

    def numbers(self, text: Words) -> Ints:
        """The keys of a text that are known."""
        return np.array([self._numbers[key] for key in word_keys(text) if key in self._numbers], dtype=np.int64)

    def chances_of(self, said: Ints) -> tuple[Ints, Floats, Ints]:
        """For some keys that are said: what may be meant, the chance (0..1) to say so if it is meant, and the place in `said`."""
        return self._by_said.take(said)

    def sayings_of(self, meant: Ints) -> tuple[Ints, Floats, Ints]:
        """For some keys that are meant: what may be said, the chance (0..1) to say so, and the place in `meant`."""
        return self._by_meant.take(meant)


def _lessons(parts: Sequence[TaxonomyTexts]) -> Ints:
    """Pairs of labels of one concept (rows of all parts together; 2 x pairs): what is said, what is meant.

    Labels are said, a few of each language; meant are the preferred labels, and the label said next to it.
    """
    pairs: list[tuple[int, int]] = []
    offset = 0
    for texts in parts:
        is_preferred, languages = texts.is_preferred.tolist(), texts.label_languages.tolist()
        for first, end in pairwise(np.searchsorted(texts.label_owners, np.arange(len(texts.uris) + 1)).tolist()):
            preferred = [row for row in range(first, end) if is_preferred[row]]
            said = [*preferred, *_some_of_each([row for row in range(first, end) if not is_preferred[row]], languages)]
            for row, following in pairwise([*said, said[0]]):
                pairs.extend((offset + row, offset + meant) for meant in dict.fromkeys((*preferred, following)) if meant != row)
        offset += len(texts.labels)
    return np.array(pairs, dtype=np.int64).reshape(-1, 2).T


def _some_of_each(rows: Sequence[int], languages: Sequence[int]) -> Iterator[int]:
    taken: dict[int, int] = {}
    for row in rows:
        taken[languages[row]] = taken.get(languages[row], 0) + 1
        if taken[languages[row]] <= _ALTERNATIVES:
            yield row


def _estimated(bags: Bags, lessons: Ints, frequencies: Floats) -> tuple[Ints, Ints, Floats]:
    """Keys that are meant, keys that are said, and the chances of saying these for those."""
    count = len(frequencies)
    said = bags.take(lessons[0])[0]
    links, at = _links(bags, lessons, count, len(said))
    starts = run_starts(links)
    sizes = np.diff(np.append(starts, len(links)))
    meant, own = np.divmod(links[starts], count)
    del links
    from_none = _FROM_NONE * frequencies[said]
    chances = 1 / np.bincount(meant, minlength=count)[meant]
    for _ in range(_ROUNDS):
        shares = np.repeat(chances, sizes)
        shares /= (np.bincount(at, shares, minlength=len(said)) + from_none)[at]
        uses = np.add.reduceat(shares, starts)
        chances = uses / (np.bincount(meant, uses, minlength=count) + _DOUBT)[meant]
    return _with_themselves(meant, own, chances, count)


def _links(bags: Bags, lessons: Ints, count: int, said_in_all: int) -> tuple[Ints, Ints]:
    """Each key that is said beside each key of what is meant, as one number (ascending), and the place of what is said."""
    parts = []
    offset = 0
    for start in range(0, lessons.shape[1], _LESSONS_AT_ONCE):
        own = lessons[:, start : start + _LESSONS_AT_ONCE]
        said, pair = bags.take(own[0])
        meant, at = bags.take(own[1][pair])
        parts.append((meant * count + said[at]) * said_in_all + (offset + at))  # one number, to be sorted without another array
        offset += len(said)
    links = np.concatenate(parts)
    parts.clear()
    links.sort()
    return np.divmod(links, said_in_all)


def _with_themselves(meant: Ints, said: Ints, chances: npt.NDArray[np.float64], count: int) -> tuple[Ints, Ints, Floats]:
    """The chances worth keeping; that of each key to mean itself is among them, and no small one."""
    is_same = meant == said
    same = np.full(count, _ITSELF)
    same[meant[is_same]] = np.maximum(chances[is_same], _ITSELF)
    keep = (chances >= _LEAST) & ~is_same
    every = np.arange(count)
    parts = (meant[keep], every), (said[keep], every), (chances[keep], same)
    return np.concatenate(parts[0]), np.concatenate(parts[1]), np.concatenate(parts[2]).astype(np.float32)
