"""What rules already know of a text, word by word, for the network to weigh: zones by headings, cue words, labels of a taxonomy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from nlp.advertisement import Advertisement
from nlp.label_matcher import LabelMatch
from nlp.lexicon.cue_finder import Cue, CueKind
from nlp.zone_rules import RuledZone
from vacancies.enriched import Zone

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
_OF_SENTENCE: Final = CueKind.SENTENCE
_SENTENCES: Final = {zone.value: 11 + at for zone, at in _ZONES.items()}
_KNOWLEDGE: Final = frozenset({"knowledge", "tool", "certificate"})

ZONE_HINTS: Final = 14
CUE_HINTS: Final = 17
LABEL_HINTS: Final = 5  # none; begins and goes on, of a skill, of knowledge


def hints(
    ad: Advertisement,
    starts: Ints,
    ends: Ints,
    *,
    zones: Sequence[RuledZone],
    soft: Sequence[tuple[int, int]],
    labels: Sequence[LabelMatch],
) -> Ints:
    """Three numbers for each word (words x 3): the zone by rule, the cue it belongs to, the label it belongs to; 0 is none."""
    found = np.zeros((len(starts), 3), dtype=np.int64)
    told = [(zone.start, zone.end, (_BY_CUES if zone.rule == "cues" else _UNDER_HEADING) + _ZONES[zone.zone]) for zone in zones]
    _fill(found[:, 0], starts, ends, told + [(start, end, _SOFT) for start, end in soft])
    cues = [(cue.start, cue.end, number) for cue in ad.cues if (number := _number_of(cue)) is not None]
    _fill(found[:, 1], starts, ends, cues)
    begins = [3 if label.kind in _KNOWLEDGE else 1 for label in labels]
    firsts = _fill(found[:, 2], starts, ends, [(label.start, label.end, own + 1) for label, own in zip(labels, begins, strict=True)])
    there = firsts < len(starts)
    found[firsts[there], 2] = np.array(begins, dtype=np.int64)[there]
    return found


def _number_of(cue: Cue) -> int | None:
    return _SENTENCES[cue.value] if cue.kind is _OF_SENTENCE else _CUES.get(cue.kind)


def _fill(column: Ints, starts: Ints, ends: Ints, told: Sequence[tuple[int, int, int]]) -> Ints:
    """Write numbers to the words at some places (start, end, number), the later over the earlier; the first word of each place."""
    if not told:
        return np.zeros(0, dtype=np.int64)
    begins, stops, numbers = zip(*told, strict=True)
    firsts, lasts = ends.searchsorted(begins, side="right"), starts.searchsorted(stops, side="left")
    for first, last, number in zip(firsts.tolist(), lasts.tolist(), numbers, strict=True):
        column[first:last] = number
    return firsts
