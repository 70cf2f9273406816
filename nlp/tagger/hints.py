"""What rules already know of a text, word by word, for the network to weigh: zones by headings, cue words, labels of a taxonomy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from nlp.advertisement import Advertisement
from nlp.label_matcher import LabelMatch
from nlp.lexicon.cue_finder import CueKind
from vacancies.enriched import Zone, ZoneSpan

Ints = npt.NDArray[np.int64]

_ZONES: Final = {zone: at for at, zone in enumerate(Zone)}
_UNDER_HEADING: Final = 1  # + zone: an explicit heading names it
_BY_CUES: Final = 7  # + zone: words of the text suggest it
_SOFT: Final = 13  # under "Nice to have"
_CUES: Final = {
    CueKind.REQUIRED: 1,
    CueKind.PREFERRED_BEFORE: 2,
    CueKind.PREFERRED_AFTER: 3,
    CueKind.PREFERRED_EITHER: 4,
    CueKind.NEGATED_BEFORE: 5,
    CueKind.NEGATED_AFTER: 6,
    CueKind.NEGATION_OPEN: 7,
    CueKind.NEGATION_CLOSE: 8,
    CueKind.HEADING: 9,
    CueKind.SOFT_HEADING: 10,
}
_SENTENCE: Final = 11  # + zone
_KNOWLEDGE: Final = frozenset({"knowledge", "tool", "certificate"})

ZONE_HINTS: Final = 14
CUE_HINTS: Final = 17
LABEL_HINTS: Final = 5  # none; begins and goes on, of a skill, of knowledge


def hints(
    ad: Advertisement,
    starts: Ints,
    ends: Ints,
    *,
    zones: Sequence[ZoneSpan],
    soft: Sequence[tuple[int, int]],
    labels: Sequence[LabelMatch],
) -> Ints:
    """Three numbers for each word (words x 3): the zone by rule, the cue it belongs to, the label it belongs to; 0 is none."""
    found = np.zeros((len(starts), 3), dtype=np.int64)
    for zone in zones:
        kind = _BY_CUES if zone.rule == "cues" else _UNDER_HEADING
        first, last = _rows(starts, ends, zone.start, zone.end)
        found[first:last, 0] = kind + _ZONES[zone.zone]
    for start, end in soft:
        first, last = _rows(starts, ends, start, end)
        found[first:last, 0] = _SOFT
    for cue in ad.cues:
        number = _SENTENCE + _ZONES[Zone(cue.value)] if cue.kind is CueKind.SENTENCE else _CUES.get(cue.kind)
        if number is not None:
            first, last = _rows(starts, ends, cue.start, cue.end)
            found[first:last, 1] = number
    for label in labels:
        first, last = _rows(starts, ends, label.start, label.end)
        begins = 3 if label.kind in _KNOWLEDGE else 1
        found[first:last, 2] = begins + 1
        found[first : first + 1, 2] = begins
    return found


def _rows(starts: Ints, ends: Ints, start: int, end: int) -> tuple[int, int]:
    return int(ends.searchsorted(start, side="right")), int(starts.searchsorted(end, side="left"))
