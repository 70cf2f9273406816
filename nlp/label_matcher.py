"""Finds the labels of a taxonomy in plain text: one automaton per language over all folded forms of its labels."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

import ahocorasick_rs

from nlp.characters import word_mask
from nlp.folding import fold
from nlp.label_guard import Guard, guarded_labels, passes
from nlp.label_names import LabelNames
from nlp.label_table import LabelTable, build_table, cached_table, read_table, write_table
from taxonomies.model import ConceptType
from taxonomies.taxonomy import Taxonomy

_FALLBACK: Final = "en"
_FOREIGN_WORTH: Final = 0.9


class LabelMatch(NamedTuple):
    """A label met in a text: the concept, half-open offsets, how sure (0..1) and the rule that found it."""

    uri: str
    start: int
    end: int
    score: float
    rule: str
    kind: str | None  # skill, knowledge, attitude, tool, certificate


class _Found(NamedTuple):
    start: int
    end: int
    row: int
    is_foreign: bool


class _Automaton:
    def __init__(self, table: LabelTable) -> None:
        self.table = table
        self.rule = f"label:{table.language}"

    @cached_property
    def machine(self) -> ahocorasick_rs.AhoCorasick:
        """Made when first asked for: up to two seconds for a language, and many processes meet one or two; another thread sees it whole."""
        return ahocorasick_rs.AhoCorasick(self.table.texts, store_patterns=False)


class LabelMatcher:
    """Label matching for several languages. A text is matched with its own language's labels and with English names of tools.

    Longest labels win from left to right; matches of one text do not overlap. Safe to share between threads. The automaton of a language
    is made when the first text of it is met.
    """

    def __init__(self, tables: Iterable[LabelTable]) -> None:
        self._automata = {table.language: _Automaton(table) for table in tables}
        self._context = guarded_labels().context
        self.names = LabelNames({language: automaton.table for language, automaton in self._automata.items()})

    @classmethod
    def build(cls, taxonomy: Taxonomy, types: Collection[ConceptType], languages: Sequence[str] | None = None) -> LabelMatcher:
        """Build the matcher for some types and languages (None: all), reading and keeping the tables beside the compiled taxonomy."""
        chosen = [name for name in taxonomy.languages if languages is None or name in languages or name == _FALLBACK]
        return cls(cached_table(taxonomy, types, language) for language in chosen)

    @classmethod
    def build_uncached(cls, taxonomy: Taxonomy, types: Collection[ConceptType], languages: Sequence[str] | None = None) -> LabelMatcher:
        """Like `build`, but neither reads nor writes the kept tables."""
        chosen = [name for name in taxonomy.languages if languages is None or name in languages or name == _FALLBACK]
        return cls(build_table(taxonomy, types, language) for language in chosen)

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages with labels."""
        return tuple(language for language, automaton in self._automata.items() if automaton.table.texts)

    def __len__(self) -> int:
        return sum(len(automaton.table.texts) for automaton in self._automata.values())

    def match(self, text: str, language: str | None = None) -> list[LabelMatch]:
        """Labels in a plain text, in order. `language` is the text's ISO 639-1 code; None stands for English."""
        return self.match_folded(text, fold(text), language)

    def match_folded(self, text: str, folded: str, language: str | None = None) -> list[LabelMatch]:
        """Like `match`, for a text whose folded form (`nlp.folding.fold`) is at hand."""
        own = self._automata.get(language or _FALLBACK)
        english = self._automata.get(_FALLBACK)
        mask = word_mask(folded)
        found: list[_Found] = []
        if own is not None:
            found = self._find(own, text, folded, mask, is_foreign=False)
        if english is not None and english is not own:
            found += self._find(english, text, folded, mask, is_foreign=True)
        return [self._to_match(hit, own, english) for hit in _leftmost_longest(found)]

    def _find(self, automaton: _Automaton, text: str, folded: str, mask: bytes, *, is_foreign: bool) -> list[_Found]:
        """All labels that begin and end where words do; `mask` tells which characters belong to words."""
        table = automaton.table
        guards, international = table.guards, table.international
        length = len(folded)
        hits: list[_Found] = []
        for row, start, end in automaton.machine.find_matches_as_indexes(folded, overlapping=True):
            if (start and mask[start - 1] and mask[start]) or (is_foreign and not international[row]):
                continue
            if end < length and mask[end - 1] and (mask[end] or folded[end] in "+#"):
                continue  # in the middle of a word, or "C" in "C++"
            guard = guards[row]
            if guard == Guard.NONE or passes(guard, table.written[row], text, folded, start=start, end=end, context=self._context):
                hits.append(_Found(start, end, row, is_foreign))
        return hits

    @staticmethod
    def _to_match(hit: _Found, own: _Automaton | None, english: _Automaton | None) -> LabelMatch:
        automaton = english if hit.is_foreign or own is None else own
        if automaton is None:
            raise AssertionError("a label was found without a table")
        table = automaton.table
        worth = table.scores[hit.row] * (_FOREIGN_WORTH if hit.is_foreign else 1.0)
        owner = table.owners[hit.row]
        return LabelMatch(table.concepts[owner], hit.start, hit.end, round(worth, 3), automaton.rule, table.kinds[owner] or None)

    def to_disk(self, folder: Path) -> None:
        """Write one table per language into a folder (made when absent)."""
        folder.mkdir(parents=True, exist_ok=True)
        for language, automaton in self._automata.items():
            write_table(automaton.table, folder / f"labels-{language}.arrow")

    @classmethod
    def from_disk(cls, folder: Path) -> LabelMatcher:
        """Read what `to_disk` wrote."""
        return cls(read_table(path) for path in sorted(folder.glob("labels-*.arrow")))


def _leftmost_longest(found: list[_Found]) -> list[_Found]:
    found.sort(key=lambda hit: (hit.start, -hit.end, hit.is_foreign))
    chosen: list[_Found] = []
    last = 0
    for hit in found:
        if hit.start >= last:
            chosen.append(hit)
            last = hit.end
    return chosen
