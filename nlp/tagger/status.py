"""Settles the status of a mention from all that is known: the network's answer, its zones, and what cue words say by rule."""

from __future__ import annotations

from typing import Final

import numpy as np

from nlp.tagger.network import Floats
from nlp.tagger.tagger import STATUSES, StatusGuess, TaggedText
from vacancies.enriched import SkillStatus

STATUS_WEIGHTS: Final = "status_signs"  # their name among the weights
SIGNS: Final = 3 * len(STATUSES) + 6 + 1  # the network's statuses, the rule's without and with a cue, the network's zones, a constant


def signs_of(tagged: TaggedText, start: int, end: int, *, by_rule: SkillStatus, has_cue: bool) -> Floats:
    """What tells of the status of the words at [start, end): logarithms of probabilities, and the status that rules give them.

    `has_cue`: whether the rules rest on words beside it, not on the zone alone.
    """
    found = np.zeros(SIGNS, dtype=np.float32)
    found[: len(STATUSES)] = tagged.log_statuses(start, end)
    found[(2 if has_cue else 1) * len(STATUSES) + STATUSES.index(by_rule)] = 1
    found[3 * len(STATUSES) : -1] = tagged.log_zones(start, end)
    found[-1] = 1
    return found


def settle(weights: Floats, signs: Floats) -> StatusGuess:
    """The likeliest status by a softmax regression (signs x statuses), and how sure (0..1)."""
    worth = signs @ weights
    likely = np.exp(worth - worth.max())
    best = int(likely.argmax())
    return StatusGuess(STATUSES[best], float(likely[best] / likely.sum()))
