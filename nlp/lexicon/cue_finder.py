"""Finds the phrases of lexicons in a folded text, all kinds in one pass."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

import ahocorasick_rs

from nlp.characters import word_mask
from nlp.folding import fold, is_word
from nlp.lexicon.words import LANGUAGES, Lexicon, load_lexicon
from vacancies.enriched import Zone


class CueKind(StrEnum):
    """What a phrase tells."""

    HEADING = "heading"
    SOFT_HEADING = "soft_heading"
    SENTENCE = "sentence"
    REQUIRED = "required"
    PREFERRED_BEFORE = "preferred_before"
    PREFERRED_AFTER = "preferred_after"
    PREFERRED_EITHER = "preferred_either"
    NEGATED_BEFORE = "negated_before"
    NEGATED_AFTER = "negated_after"
    NEGATION_OPEN = "negation_open"
    NEGATION_CLOSE = "negation_close"
    CONTRACT = "contract"
    WORKING_TIME = "working_time"
    REMOTE = "remote"
    PLACE = "place"


class Cue(NamedTuple):
    """A phrase met in a text: its kind, what it stands for (a zone, a coded value, or empty), where, and its language."""

    kind: CueKind
    value: str
    start: int
    end: int
    language: str


class _Entry(NamedTuple):
    kind: CueKind
    value: str
    language: str
    open_end: bool


# Kinds that compete for the same words: of two that overlap only the longer one counts.
_GROUPS = {
    CueKind.HEADING: "heading",
    CueKind.SOFT_HEADING: "heading",
    CueKind.REQUIRED: "status",
    CueKind.PREFERRED_BEFORE: "status",
    CueKind.PREFERRED_AFTER: "status",
    CueKind.PREFERRED_EITHER: "status",
    CueKind.NEGATED_BEFORE: "status",
    CueKind.NEGATED_AFTER: "status",
}


class CueFinder:
    """Finds every phrase of some lexicons as whole words."""

    def __init__(self, lexicons: Sequence[Lexicon]) -> None:
        entries: dict[str, list[_Entry]] = {}
        for lexicon in lexicons:
            for kind, value, phrase in _phrases(lexicon):
                open_end = phrase.endswith("*")
                folded = fold(phrase.rstrip("*")).strip()
                known = entries.setdefault(folded, [])
                if not any((entry.kind, entry.value) == (kind, value) for entry in known):
                    known.append(_Entry(kind, value, lexicon.language, open_end))
        self._entries = list(entries.values())
        self._automaton = ahocorasick_rs.AhoCorasick(list(entries), store_patterns=False)

    def find(self, text: str, folded: str) -> list[Cue]:
        """All cues of a text and its folded form by start; of overlapping cues of one group only the longest stays.

        A capital right after a small letter counts as a new word: lost line ends leave "RequirementsFluent English".
        """
        found: list[Cue] = []
        length = len(folded)
        mask = word_mask(folded)
        for index, start, end in self._automaton.find_matches_as_indexes(folded, overlapping=True):
            if start and mask[start - 1] and mask[start] and not _is_glued(text, start):
                continue
            goes_on = end < length and mask[end] and mask[end - 1] and not _is_glued(text, end)
            for entry in self._entries[index]:
                if entry.open_end:
                    found.append(Cue(entry.kind, entry.value, start, _word_end(folded, end), entry.language))
                elif not goes_on:
                    found.append(Cue(entry.kind, entry.value, start, end, entry.language))
        found.sort(key=lambda cue: (cue.start, -cue.end))
        return _drop_contained(found)


def _is_glued(text: str, position: int) -> bool:
    return text[position].isupper() and text[position - 1].islower()


def _word_end(folded: str, end: int) -> int:
    while end < len(folded) and is_word(folded[end]):
        end += 1
    return end


def _drop_contained(cues: list[Cue]) -> list[Cue]:
    ends: dict[str, tuple[int, int]] = {}
    kept: list[Cue] = []
    for cue in cues:
        group = _GROUPS.get(cue.kind, cue.kind.value)
        start, end = ends.get(group, (-1, -1))
        if cue.end > end or (cue.start, cue.end) == (start, end):
            kept.append(cue)
            ends[group] = (cue.start, cue.end)
    return kept


def _phrases(lexicon: Lexicon) -> Iterator[tuple[CueKind, str, str]]:
    for zone, phrases in lexicon.headings.items():
        yield from ((CueKind.HEADING, zone.value, phrase) for phrase in phrases)
    for zone, phrases in lexicon.sentence_cues.items():
        yield from ((CueKind.SENTENCE, zone.value, phrase) for phrase in phrases)
    conditions = {CueKind.CONTRACT: lexicon.contract, CueKind.WORKING_TIME: lexicon.working_time, CueKind.REMOTE: lexicon.remote}
    for kind, coded in conditions.items():
        for value, phrases in coded.items():
            yield from ((kind, value, phrase) for phrase in phrases)
    plain = {
        CueKind.SOFT_HEADING: lexicon.soft_headings,
        CueKind.REQUIRED: lexicon.required_cues,
        CueKind.PREFERRED_BEFORE: lexicon.preferred_before,
        CueKind.PREFERRED_AFTER: lexicon.preferred_after,
        CueKind.PREFERRED_EITHER: lexicon.preferred_either,
        CueKind.NEGATED_BEFORE: lexicon.negated_before,
        CueKind.NEGATED_AFTER: lexicon.negated_after,
        CueKind.NEGATION_OPEN: lexicon.negation_open,
        CueKind.NEGATION_CLOSE: lexicon.negation_close,
        CueKind.PLACE: lexicon.place_leads,
    }
    for kind, phrases in plain.items():
        yield from ((kind, "", phrase) for phrase in phrases)


@lru_cache(maxsize=32)
def cue_finder(language: str | None) -> CueFinder:
    """The finder for texts of a language: its own lexicon and the English one (headings are often English); English without one."""
    names = dict.fromkeys(name for name in (language, "en") if name in LANGUAGES)
    return CueFinder([load_lexicon(name) for name in names if name is not None])


class ItemHints:
    """Zones hinted at by the first words of an item."""

    def __init__(self, lexicons: Sequence[Lexicon]) -> None:
        self._zones: dict[str, Zone] = {}
        for lexicon in lexicons:
            for zone, phrases in lexicon.item_starts.items():
                for phrase in phrases:
                    self._zones.setdefault(fold(phrase), zone)
        whole = sorted((phrase.rstrip("*"), phrase) for phrase in self._zones)
        whole.sort(key=lambda pair: (-len(pair[0]), pair[0]))
        alternatives = "|".join(re.escape(text) + ("" if phrase.endswith("*") else r"(?!\w)") for text, phrase in whole)
        self._pattern = re.compile(rf"[\W_\d]{{0,6}}({alternatives})")
        self._stems = {text: self._zones[phrase] for text, phrase in whole}

    def zone_at(self, folded: str, start: int, end: int) -> Zone | None:
        """The zone that the first words of the item at [start, end) hint at."""
        match = self._pattern.match(folded, start, end)
        return None if match is None else self._stems[match[1]]


@lru_cache(maxsize=32)
def item_hints(language: str | None) -> ItemHints:
    """The hints for texts of a language; English ones for a language without lexicon."""
    return ItemHints([load_lexicon(language if language in LANGUAGES else "en")])
