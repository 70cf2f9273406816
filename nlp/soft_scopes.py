"""Where a softening heading or lead-in ("Nice to have:") holds: for the rest of its line, or for the lines and list that it opens."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import Final

from nlp.advertisement import Advertisement
from nlp.lexicon.cue_finder import Cue, CueKind
from vacancies.enriched import ZoneSpan
from vacancies.posting import BlockKind

SoftRanges = tuple[tuple[int, int], ...]

_LOOKING_AHEAD: Final = frozenset({CueKind.SOFT_HEADING, CueKind.PREFERRED_BEFORE, CueKind.PREFERRED_EITHER})
_TO_COLON: Final = re.compile(r"[^.:;!?\n•]{0,40}:(?=[\s•*–-]|[^\W\d_])|[^.,:;!?()\n•-]{0,20}[ \xa0][•●▪–*-][ \xa0](?=[A-ZÀ-Þ])")
_JUST_COLON: Final = re.compile(r"[ )\xa0]*:(?=[\s•*–-]|[^\W\d_])")
_TO_LINE_END: Final = re.compile(r"[^.,:;!?\n•(]{0,14}(?:\([^)\n]{0,40}\))?[^\w\n]{0,6}(?=\n)")
_GLUED: Final = re.compile(r"(?: ?\([^)\n]{0,40}\))?(?=[A-ZÀ-Þ])")
_HEADING_START: Final = re.compile(r"[^\w\n]*(?:[A-ZÀ-Þ][^.,:;!?\n]{0,11})?")  # what may stand before the words of a heading in its line
_LINE: Final = re.compile(r"[^\n]*\w[^\n]*")
_GAP: Final = re.compile(r"\n\s*\n")
_BARE_LINE: Final = re.compile(r"[A-ZÀ-Þ][^.,:;!?\n]{2,38}\w\s*")
_NEAR: Final = 300  # characters in which the beginning of a line and brackets are looked for
_LEAD: Final = 60  # characters of a sentence that may stand before a heading glued to what follows


def soft_scopes(ad: Advertisement, zones: Sequence[ZoneSpan]) -> SoftRanges:
    """Ranges of the text that are only welcome, by start and without overlap; each ends with its zone, its list, or at a heading."""
    starts = [block.start for block in ad.blocks]
    edges = sorted({*(zone.start for zone in zones), *(block.start for block in ad.blocks if block.kind is BlockKind.HEADING)})
    found: list[tuple[int, int]] = []
    for start in _openings(ad):
        if not found or start >= found[-1][1]:
            at = bisect_right(edges, start)
            end = _end_of(ad, starts, start, edges[at] if at < len(edges) else len(ad.text))
            if end > start:
                found.append((start, end))
    return tuple(found)


def _openings(ad: Advertisement) -> Iterator[int]:
    """Where the words begin that a heading or lead-in softens."""
    for cue in ad.cues:
        if (cue.kind in _LOOKING_AHEAD or cue.kind is CueKind.PREFERRED_AFTER) and (end := _opening_end(ad, cue)) is not None:
            yield end


def _opening_end(ad: Advertisement, cue: Cue) -> int | None:
    text = ad.text
    if match := (_TO_COLON if cue.kind in _LOOKING_AHEAD else _JUST_COLON).match(text, cue.end):
        return match.end()
    if cue.kind is not CueKind.SOFT_HEADING:
        return None
    begins = ad.has_no_capitals or text[cue.start].isupper() or text[_line_start(ad, cue.start)].isupper()
    if begins and _HEADING_START.fullmatch(text, _line_start(ad, cue.start), cue.start) and (match := _TO_LINE_END.match(text, cue.end)):
        return match.end()
    match = _GLUED.match(text, cue.end)
    is_glued = match is not None and text[match.end() - 1] != " " and cue.start - ad.item_at(cue.start)[0] <= _LEAD
    return match.end() if match is not None and is_glued else None


def _line_start(ad: Advertisement, position: int) -> int:
    near = max(0, position - _NEAR)
    return max(near, ad.text.rfind("\n", near, position) + 1)


def _end_of(ad: Advertisement, starts: Sequence[int], start: int, limit: int) -> int:
    """The end of the line where it goes on there, else of the list that begins below, else the limit; `starts` are those of blocks."""
    text = ad.text
    opened = text.rfind("(", _line_start(ad, start), start)
    if opened >= 0 and ")" not in text[opened:start] and (closed := text.find(")", start, min(limit, start + _NEAR))) >= 0:
        return closed
    stop = text.find("\n", start, limit)
    if text[start : stop if stop >= 0 else limit].strip():
        return stop if stop >= 0 else limit
    at = bisect_right(starts, start)
    if at < len(starts) and ad.blocks[at].kind is BlockKind.LIST_ITEM:
        while at < len(starts) and ad.blocks[at].kind is BlockKind.LIST_ITEM:
            at += 1
        return starts[at] if at < len(starts) else len(text)
    return _before_bare_line(text, start, limit)


def _before_bare_line(text: str, start: int, limit: int) -> int:
    """The end of the lines below: an empty line, or, after a first with a full stop, a short one without; else the limit."""
    first = _LINE.search(text, start, limit)
    if first is None:
        return limit
    if (gap := _GAP.search(text, first.end(), limit)) is not None:
        limit = gap.start()
    if first[0].rstrip()[-1] != ".":
        return limit
    lines = _LINE.finditer(text, first.end(), limit)
    return next((line.start() for line in lines if _BARE_LINE.fullmatch(line[0])), limit)
