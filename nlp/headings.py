"""Headings of an advertisement: heading blocks, lines that are nothing but a heading phrase, and heading phrases inside running text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

from nlp.advertisement import Advertisement
from nlp.lexicon.cue_finder import Cue, CueKind
from vacancies.enriched import Zone
from vacancies.posting import Block, BlockKind

_LINE_LEVEL: Final = 6  # rank of headings that only plain text shows
_SENTENCE_ENDS: Final = ".!?:;•●▪■*|)}]>–—-\n¿¡#/"
_FEW_CAPITALS: Final = frozenset({"pl", "cs", "sv"})  # here a capital inside a text almost always begins something
_ZONES: Final = {zone.value: zone for zone in Zone}
_GERMAN_VERBS: Final = frozenset({"ist", "sind", "umfasst", "wird", "werden", "hat", "der", "die", "das", "und", "oder", "für", "in", "im"})
_HEADING_BLOCK: Final = BlockKind.HEADING
_LETTERS: Final = re.compile(r"[^\W\d_]+")


class Heading(NamedTuple):
    """A heading: where it begins, the zone it opens (None: its words are not known), its rank 1..6, and whether it softens."""

    start: int
    end: int
    zone: Zone | None
    level: int
    score: float
    is_soft: bool
    rule: str


def find_headings(ad: Advertisement) -> list[Heading]:
    """All headings by start. Unknown ones are only taken from heading blocks."""
    cues = ad.cues_of(CueKind.HEADING, CueKind.SOFT_HEADING)
    starts = [block.start for block in ad.blocks]
    by_block: dict[int, list[Cue]] = {}
    for cue in cues:
        by_block.setdefault(bisect_right(starts, cue.start) - 1, []).append(cue)
    found: list[Heading] = []
    for index, block in enumerate(ad.blocks):
        inside = by_block.get(index, ())
        if block.kind is _HEADING_BLOCK:
            found += _of_heading_block(ad, block, inside)
        elif inside:
            found += _of_running_text(ad, block, inside)
    return found


def _of_heading_block(ad: Advertisement, block: Block, cues: Sequence[Cue]) -> list[Heading]:
    if not cues:
        return [Heading(block.start, block.end, None, block.level, 0.4, False, "heading")]
    if len(cues) > 1 and block.end - block.start > 60:  # a line that runs several short sections together
        inline = _of_running_text(ad, block, cues)
        if inline:
            return inline
    best = max(cues, key=lambda cue: (cue.end - cue.start, -cue.start))
    words = len(_LETTERS.findall(ad.folded[block.start : block.end]))
    known = len(_LETTERS.findall(ad.folded[best.start : best.end]))
    score = 0.95 if known * 2 >= words else 0.75
    return [_heading(best, block.start, block.end, block.level, score)]


def _of_running_text(ad: Advertisement, block: Block, cues: Sequence[Cue]) -> list[Heading]:
    found: list[Heading] = []
    for cue in cues:
        score = _line_score(ad, block, cue) or _inline_score(ad, block, cue)
        if score and not (found and cue.start < found[-1].end):
            found.append(_heading(cue, cue.start, cue.end, _LINE_LEVEL, score))
    return found


def _line_score(ad: Advertisement, block: Block, cue: Cue) -> float:
    """A block of a few words that are mostly the phrase."""
    if block.end - block.start > 70:
        return 0.0
    words = len(_LETTERS.findall(ad.folded[block.start : block.end]))
    known = len(_LETTERS.findall(ad.folded[cue.start : cue.end]))
    ends = ad.text[block.end - 1]
    if ends in ".,;!" and known < words:
        return 0.0
    if known == words:
        return 0.9 if block.kind is BlockKind.PARAGRAPH or ends == ":" else 0.0
    return 0.8 if known * 2 >= words and words <= 5 and ad.text[cue.start].isupper() and block.kind is BlockKind.PARAGRAPH else 0.0


def _inline_score(ad: Advertisement, block: Block, cue: Cue) -> float:
    """A phrase in running text: followed by a colon, or one that begins with a capital where a sentence may begin."""
    text = ad.text
    if ad.has_no_capitals:
        return 0.6 if ad.folded.count(" ", cue.start, cue.end) >= (1 if text.startswith(":", cue.end) else 2) else 0.0
    first = text[cue.start]
    if not (first.isupper() or first.isdigit()):
        return 0.0
    after = text[cue.end : cue.end + 36]
    if not after.strip():
        return 0.0
    before = text[max(block.start, cue.start - 3) : cue.start].rstrip(" ")
    begins = not before or before[-1] in _SENTENCE_ENDS
    colon = after.find(":")
    if colon == 0 or (colon > 0 and begins and not any(mark in after[:colon] for mark in ".,;!?\n")):
        return 0.9 if begins else 0.75
    return _phrase_score(ad, cue, after, begins=begins, before=before)


def _phrase_score(ad: Advertisement, cue: Cue, after: str, *, begins: bool, before: str) -> float:
    """A phrase without colon: what comes before and after it must look like the end and the beginning of something."""
    is_phrase = cue.end - cue.start > 11 and " " in ad.text[cue.start : cue.end]
    is_lone_word = begins and cue.end - cue.start >= 8 and ad.language != "de" and after.lstrip()[:1].isupper()
    if not (is_phrase or is_lone_word):
        return 0.0
    next_word = after.lstrip(" -–*•?!>")
    goes_on = next_word[:1].isupper() or after[:1] in "?!" or after.lstrip()[:1] in "-–*•>"
    if ad.language == "de":
        return 0.65 if begins and goes_on and after[:1] != "," and not _continues_german(next_word) else 0.0
    lower_before = bool(before) and (before[-1].islower() or before[-1].isdigit())
    if not (begins or lower_before):
        return 0.0
    return 0.7 if goes_on else 0.65 if is_phrase and ad.language in _FEW_CAPITALS else 0.0


def _continues_german(next_word: str) -> bool:
    """German nouns have capitals: "Unser Angebot Ihnen ..." may go on as a sentence; a verb or article right after shows that it does."""
    first = next_word.split(" ", 1)[0].lower()
    return first in _GERMAN_VERBS


def _heading(cue: Cue, start: int, end: int, level: int, score: float) -> Heading:
    is_soft = cue.kind is CueKind.SOFT_HEADING
    zone = Zone.REQUIREMENTS if is_soft else _ZONES[cue.value]
    return Heading(start, end, zone, level, score, is_soft, f"heading:{cue.language}")
