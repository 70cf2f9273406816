"""Many texts as words, packed: numbers of their words behind one another. A text becomes a list of words when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import overload

from nlp.linker.bags import Bags
from nlp.linker.taxonomy_texts import Words


class PackedTexts(Sequence[Words]):
    """A sequence of texts; the numbers in `bags` are places in `vocabulary`."""

    def __init__(self, vocabulary: list[str], bags: Bags) -> None:
        self.vocabulary = vocabulary
        self.bags = bags

    @classmethod
    def of(cls, texts: Sequence[Words]) -> PackedTexts:
        """Pack texts; what is packed already is given back."""
        if isinstance(texts, PackedTexts):
            return texts
        numbers = {word: at for at, word in enumerate(dict.fromkeys(word for text in texts for word in text))}
        return cls(list(numbers), Bags.of([[numbers[word] for word in text] for text in texts]))

    def __len__(self) -> int:
        return len(self.bags)

    def __iter__(self) -> Iterator[Words]:
        numbers = self.bags.numbers.tolist()
        for start, end in pairwise(self.bags.offsets.tolist()):
            yield [self.vocabulary[number] for number in numbers[start:end]]

    @overload
    def __getitem__(self, at: int) -> Words: ...
    @overload
    def __getitem__(self, at: slice) -> list[Words]: ...
    def __getitem__(self, at: int | slice) -> Words | list[Words]:
        if isinstance(at, slice):
            return [self[row] for row in range(*at.indices(len(self)))]
        row = range(len(self))[at]
        start, end = self.bags.offsets[row], self.bags.offsets[row + 1]
        return [self.vocabulary[number] for number in self.bags.numbers[start:end].tolist()]
