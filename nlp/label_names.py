"""Names of skills in other forms than their labels have: another order or ending of the words, a compound, a slip of the pen.

For words that are known to name a skill (a tagger marked them, a board lists them), never for running text: what is like a label there
is too often ordinary language.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Final, NamedTuple

from nlp.compound_words import CompoundWords, bare_of_tail, joined, may_join
from nlp.label_guard import guarded_labels
from nlp.label_table import LabelTable
from nlp.linker.spelling import Spelling
from nlp.linker.taxonomy_texts import words as words_of
from nlp.name_key import content, key_of, part_of, without_empty
from nlp.word_stems import stem

_FALLBACK: Final = "en"
_MOST_WORDS: Final = 10  # of a name; longer ones are sentences
_REMEMBERED: Final = 50_000
_SHORTEST_STEM: Final = 4  # letters, of a name of one word
_SHORTEST_SLIP: Final = 6  # letters of a word that may be misspelt
_LONG_WORD: Final = 8  # letters
_MOST_MISSPELT: Final = 4  # words of a name of which one may be misspelt
_MOST_JOINED: Final = 3  # likewise of which two may be one
_TOOLS: Final = frozenset({"tool", "certificate"})
_WORTH: Final = {"words": 0.95, "compound": 0.85, "misspelt": 0.8}
_PERSONS: Final = ("er", "ers", "ern", "erin", "ar", "are", "ist", "isten")  # endings that make a person of what they do


_LIKE_SOUNDS: Final = tuple(
    frozenset(letters) for letters in ("dt", "ck", "ckq", "sz", "sc", "iy", "bp", "bvfw", "gj", "mn", "aä", "oö", "uü", "aeiou")
)

Name = tuple[str, ...]  # folded content words


class NamedSkill(NamedTuple):
    """The concept that some words name, how sure (0..1), and by which form of a label: words, compound, misspelt."""

    uri: str
    kind: str | None
    score: float
    form: str
    language: str  # of the label
    row: int  # of its table


class LabelNames:
    """Names by the stems of their words, for several languages. Words are looked up in their own language, then in English."""

    def __init__(self, tables: Mapping[str, LabelTable]) -> None:
        self._languages = {language: _LanguageNames(table) for language, table in tables.items() if table.texts}
        self.find = lru_cache(maxsize=_REMEMBERED)(self._find)

    def _find(self, text: str, language: str | None, *, mends: bool = True) -> NamedSkill | None:
        """The skill that words name in one of these forms (with `mends` also misspelt), None where no label is so like them."""
        words = words_of(text)
        if not words or len(words) > _MOST_WORDS:
            return None
        name = content(words)
        bare = without_empty(name)
        own = self._languages.get(language or _FALLBACK)
        english = self._languages.get(_FALLBACK)
        if own is not None and (found := own.by_words(name, bare) or own.by_compounds(bare)):
            return found
        if english is not None and english is not own and (found := english.by_words(name, bare)) and english.is_used_abroad(found):
            return found
        return self._misspelt(bare, own, english) if mends else None

    def _misspelt(self, name: Name, own: _LanguageNames | None, english: _LanguageNames | None) -> NamedSkill | None:
        """Words put right: with those of the language, or one word alone as the English name of a tool."""
        if len(name) > _MOST_MISSPELT:
            return None
        unknown = [word for word in name if own is None or not own.is_word(word)]
        if len(unknown) != 1 or len(unknown[0]) < _SHORTEST_SLIP:
            return None
        if own is not None and (found := own.by_spelling(name, unknown[0])):
            return found
        if english is None or english is own or len(name) > 1 or english.is_word(name[0]):
            return None
        found = english.by_spelling(name, name[0])
        return found if found is not None and found.kind in _TOOLS else None


class _LanguageNames:
    """The names of one language; what is costly is made when it is first asked for."""

    def __init__(self, table: LabelTable) -> None:
        self._table = table
        self._language = table.language
        self.is_word = lru_cache(maxsize=_REMEMBERED)(self._is_word)
        self._split = lru_cache(maxsize=_REMEMBERED)(self._find_split)
        self._meant = lru_cache(maxsize=_REMEMBERED)(self._find_meant)

    @cached_property
    def _rows(self) -> dict[int, int]:
        """Rows of the table by the keys of their names; of several the best."""
        scores, keys = self._table.scores, self._table.names
        return {keys[row]: row for row in sorted(range(len(scores)), key=scores.__getitem__) if keys[row]}

    @cached_property
    def _parts(self) -> dict[str, int]:
        """What each stem of the labels adds to the keys of names; a name with any other stem is none of theirs."""
        stems = {stem(word, self._language) for written in self._written for word in words_of(written)}
        return {root: part_of(root) for root in stems}

    @cached_property
    def _written(self) -> frozenset[str]:
        return frozenset(" ".join(self._table.texts).split())

    @cached_property
    def _compounds(self) -> CompoundWords:
        return CompoundWords(self._written, self._language)

    @cached_property
    def _spelling(self) -> Spelling:
        return Spelling(sorted(self._written))

    def is_used_abroad(self, found: NamedSkill) -> bool:
        """Whether texts in other languages use a name as well: those of tools, and expressions of several words."""
        row = found.row
        return self._table.international[row] or " " in self._table.texts[row]

    def by_words(self, name: Name, bare: Name) -> NamedSkill | None:
        """By the words themselves, without words such as "knowledge of", or with two joined that are written apart."""
        for own in (name,) if name == bare else (name, bare):
            found = self._named(own, "words")
            if found is None and 1 < len(own) <= _MOST_JOINED:
                found = self._by_joined_words(own)
            if found is not None:
                return found
        return None

    def _by_joined_words(self, name: Name) -> NamedSkill | None:
        for at in range(len(name) - 1):
            others = (*name[:at], *name[at + 2 :])
            if found := self._named((*others, name[at] + name[at + 1]), "words", is_joined=True):
                return found
        return None

    def by_compounds(self, name: Name) -> NamedSkill | None:
        """By the parts of a compound, what stands before its tail ("Lagerverwaltungs|erfahrung"), or two words joined to one."""
        tries = self._apart(name[0]) if len(name) == 1 else self._joined_or_apart(name) if len(name) == 2 else ()
        for each in tries:
            if found := self._named(each, "compound", is_joined=len(name) == 2):
                return found
        return None

    def _apart(self, word: str) -> Iterator[Name]:
        if not may_join(self._language):
            return
        for base in (word, *bare_of_tail(word, self._language)):
            if base != word:
                yield (base,)
            yield from map(tuple, self._compounds.splits(base))

    def _joined_or_apart(self, name: Name) -> Iterator[Name]:
        """Two words as one, or one of them taken apart beside one that labels have: "frontend development".

        A word that labels use stays whole where words are not joined.
        """
        if may_join(self._language):
            yield from ((word,) for word in joined(name[1], name[0], self._language))
        for word, other in (name, name[::-1]):
            is_open = stem(other, self._language) in self._parts and (may_join(self._language) or not self.is_word(word))
            if is_open and (parts := self._split(word)):
                yield (other, *parts)

    def by_spelling(self, name: Name, unknown: str) -> NamedSkill | None:
        """By the words with an unknown one put right."""
        meant = self._meant(unknown)
        if meant is None or not is_slip(unknown, meant):
            return None
        return self._named(tuple(meant if word == unknown else word for word in name), "misspelt")

    def _is_word(self, word: str) -> bool:
        return self._compounds.knows(word) or (may_join(self._language) and self._split(word) is not None)

    def _find_split(self, word: str) -> list[str] | None:
        return self._compounds.split(word)

    def _find_meant(self, word: str) -> str | None:
        return self._spelling.nearest(word)

    def _named(self, name: Name, form: str, *, is_joined: bool = False) -> NamedSkill | None:
        parts = set()
        for word in name:
            part = self._parts.get(stem(word, self._language))
            if part is None:
                return None
            parts.add(part)
        row = self._rows.get(key_of(parts))
        if row is None or (len(name) == 1 and not is_joined and not self._is_label(name[0], row)):
            return None
        table = self._table
        owner = table.owners[row]
        score = round(table.scores[row] * _WORTH[form], 3)
        return NamedSkill(table.concepts[owner], table.kinds[owner] or None, score, form, self._language, row)

    def _is_label(self, word: str, row: int) -> bool:
        """Whether a word is a label of one word but for an ending that leaves its meaning: "Kontrollen", not "Kontrolleur"."""
        label = self._table.texts[row]
        if word == label:
            return True
        shorter, longer = sorted((word, label), key=len)
        shared = next((at for at, (one, other) in enumerate(zip(shorter, longer, strict=False)) if one != other), len(shorter))
        rests = (longer[shared:], shorter[shared:])
        if shared < _SHORTEST_STEM or word in guarded_labels().never:
            return False
        if self._language == "en":  # the plural of a short word often means something else (goods, securities)
            return shared >= _LONG_WORD and rests == ("s", "")
        return not any(rest in _PERSONS for rest in rests) and not (self._language == "es" and all(rests))


def is_slip(word: str, meant: str) -> bool:
    """Whether a word is likelier a slip than another word: letters missing, doubled or swapped, or one put for another of like sound.

    Words that differ by other letters are too often words of their own: Verlauf, Verkauf.
    """
    if len(word) != len(meant) or sorted(word) == sorted(meant):
        return True
    differing = [{one, other} for one, other in zip(word, meant, strict=True) if one != other]
    return len(differing) == 1 and any(differing[0] <= letters for letters in _LIKE_SOUNDS)
