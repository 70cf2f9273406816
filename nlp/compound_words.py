"""Words that are joined of others, as German, Dutch and Swedish join them, taken apart with the words of a taxonomy's labels."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from nlp.word_stems import stem

_SHORTEST_PART: Final = 3  # letters
_MOST_PARTS: Final = 3
_SHORTEST_BASE: Final = 4  # letters before a tail, and of the last part of two words that are joined
_LONGEST: Final = 60
_SHORTENED_WITHIN: Final = frozenset({"nl"})
_LINKS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({
    "de": ("", "s", "n", "en", "es"), "nl": ("", "s", "en", "e"), "sv": ("", "s", "u"),
})  # fmt: skip

# Second parts that leave what is mastered to the first: experience of it, the ability, the software for it.
_TAILS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({
    "de": (
        "erfahrungen", "erfahrung", "kenntnissen", "kenntnisse", "kenntnis", "wissen", "fähigkeiten", "fähigkeit", "kompetenzen",
        "kompetenz", "praxis", "aufgaben", "tätigkeiten", "software", "systemen", "systeme", "system", "programmen", "programme",
        "programm", "tools", "tool",
    ),
    "nl": (
        "ervaring", "kennis", "vaardigheden", "vaardigheid", "werkzaamheden", "software", "systemen", "systeem", "programma's", "programma",
        "tools", "tool",
    ),
    "sv": (
        "erfarenheter", "erfarenhet", "kunskaper", "kunskap", "kompetens", "vana", "förmåga", "färdigheter", "uppgifter", "programvara",
        "programvaror", "system", "program", "verktyg",
    ),
})  # fmt: skip


class CompoundWords:
    """Takes words apart that are joined of the words of one language's labels (folded)."""

    def __init__(self, words: Collection[str], language: str) -> None:
        self._language = language
        self._words = words
        self._stems = frozenset(stem(word, language) for word in words if len(word) >= _SHORTEST_PART)

    def knows(self, word: str) -> bool:
        """Whether a word is one of the labels' or one of them in another form."""
        return word in self._words or stem(word, self._language) in self._stems

    def split(self, word: str) -> list[str] | None:
        """The likeliest parts of a compound, None where it is none of known words."""
        return next(self.splits(word), None)

    def splits(self, word: str, most: int = _MOST_PARTS) -> Iterator[list[str]]:
        """All ways to take a word apart into known words: two of them, the longest first part first; three only where there are no two."""
        if len(word) > _LONGEST or len(word) < 2 * _SHORTEST_PART or not word.isalpha():
            return
        # the stem of a word ends as those of its last parts do, unless letters within are left out
        cut = "" if self._language in _SHORTENED_WITHIN else stem(word, self._language)
        is_split = False
        for at in range(len(word) - _SHORTEST_PART, _SHORTEST_PART - 1, -1):
            last = cut[at:] or stem(word[at:], self._language)
            if (last in self._stems or word[at:] in self._words) and (first := self._first_part(word[:at])) is not None:
                is_split = True
                yield [first, word[at:]]
        if most > 2 and not is_split:
            for at in range(_SHORTEST_PART, len(word) - 2 * _SHORTEST_PART + 1):
                if word[:at] in self._words:
                    yield from ([word[:at], *parts] for parts in self.splits(word[at:], most - 1))

    def _first_part(self, part: str) -> str | None:
        if self.knows(part):
            return part
        return part[:-1] if part.endswith("s") and len(part) > _SHORTEST_PART and self.knows(part[:-1]) else None


def bare_of_tail(word: str, language: str) -> Iterator[str]:
    """A compound without a second part that only says that the first is mastered, also without what links both."""
    for tail in _TAILS.get(language, ()):
        base = word.removesuffix(tail)
        if len(base) != len(word) and len(base) >= _SHORTEST_BASE:
            yield base
            if base.endswith("s"):
                yield base[:-1]
            return


def may_join(language: str) -> bool:
    """Whether a language joins words to longer ones at will."""
    return language in _LINKS


def joined(first: str, second: str, language: str) -> list[str]:
    """The compounds that a language may make of two words, the first in the form it has or in another: Verwaltung von Datenbanken."""
    if len(second) < _SHORTEST_BASE:
        return []
    firsts = dict.fromkeys(first[: len(first) - cut] for cut in (0, 1, 2) if len(first) - cut >= _SHORTEST_PART)
    firsts[stem(first, language)] = None
    return [f"{own}{link}{second}" for own in firsts for link in _LINKS.get(language, ())]
