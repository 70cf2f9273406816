"""Settles the status of a mention from all that is known: the network's answer, its zones, and what cue words say by rule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from nlp.tagger.network import Floats
from nlp.tagger.tagger import STATUSES, TaggedText
from vacancies.enriched import SkillStatus

STATUS_WEIGHTS: Final = "status_signs"  # their name among the weights
SIGNS: Final = 3 * len(STATUSES) + 6 + 1  # the network's statuses, the rule's without and with a cue, the network's zones, a constant

_NUMBERS: Final = {status: at for at, status in enumerate(STATUSES)}


class RuledStatus(NamedTuple):
    """Words at [start, end), the status that rules give them, and whether the rules rest on words beside it, not on the zone alone."""

    start: int
    end: int
    status: SkillStatus
    has_cue: bool


def signs_of(tagged: TaggedText, ruled: Sequence[RuledStatus]) -> Floats:
    """What tells of the statuses of some words (words x SIGNS): logarithms of probabilities, and the status that rules give them."""
    found = np.zeros((len(ruled), SIGNS), dtype=np.float32)
    logs = tagged.log_statuses_and_zones([(own.start, own.end) for own in ruled])
    found[:, : len(STATUSES)] = logs[:, : len(STATUSES)]
    found[:, 3 * len(STATUSES) : -1] = logs[:, len(STATUSES) :]
    by_rule = [(2 if own.has_cue else 1) * len(STATUSES) + _NUMBERS[own.status] for own in ruled]
    found[np.arange(len(ruled)), by_rule] = 1
    found[:, -1] = 1
    return found


def settle(weights: Floats, signs: Floats) -> list[SkillStatus]:
    """The likeliest statuses by a softmax regression (signs x statuses)."""
    return [STATUSES[best] for best in (signs @ weights).argmax(axis=1)]
