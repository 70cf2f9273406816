"""Decides zones sentence by sentence: headings and cue words vote, and a zone is kept unless the votes outweigh the cost of a change."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from nlp.advertisement import Advertisement
from nlp.headings import Heading
from nlp.lexicon.cue_finder import CueKind
from vacancies.enriched import Zone

# The usual order of an advertisement: going on in it costs less than going back.
_ORDER: Final = (Zone.EMPLOYER, Zone.DUTIES, Zone.REQUIREMENTS, Zone.OFFER, Zone.APPLICATION, Zone.OTHER)
_STAY: Final = tuple(range(len(_ORDER)))
_BACKWARDS: Final = _STAY[::-1]
_ZONES: Final = {zone.value: zone for zone in _ORDER}
_PLACES: Final = {zone: at for at, zone in enumerate(_ORDER)}
_START: Final = {Zone.EMPLOYER: 0.0, Zone.DUTIES: 0.6, Zone.REQUIREMENTS: 0.7, Zone.OFFER: 0.9, Zone.APPLICATION: 1.2, Zone.OTHER: 1.0}
_ONWARD: Final = 0.5
_BACK: Final = 0.9
_UNDER_HEADING: Final = 2.8  # how much more a change costs where a heading has named the zone
_AT_UNKNOWN_HEADING: Final = 0.5  # and how much less where a heading begins something else
_WORD_WEIGHT: Final = 0.25
_HINT_WEIGHT: Final = 1.2
_LONG: Final = 250
_MOST_VOTES: Final = 3.0
_HEADING_VOTES: Final = 8.0


class Sentence(NamedTuple):
    """One item or sentence: the weight of its cue words by zone, the heading it begins with, and what a change before it costs."""

    start: int
    votes: dict[Zone, float]
    heading: Heading | None
    cost: float


def sentences_with_votes(ad: Advertisement, headings: Sequence[Heading]) -> list[Sentence]:
    """All items, sentences and headings of a text in order; a phrase of more words weighs more."""
    by_start = {heading.start: heading for heading in headings}
    cues = ad.cues_of(CueKind.SENTENCE)
    edges = _split_long(sorted({*ad.item_starts, *by_start, len(ad.text)}), [cue.start for cue in cues])
    folded, zone_at = ad.folded, ad.item_hints.zone_at
    at = 0
    cost = 1.0
    found: list[Sentence] = []
    for begin, stop in pairwise(edges):
        votes: dict[Zone, float] = {}
        while at < len(cues) and cues[at].start < stop:
            _, value, start, end, _ = cues[at]
            zone = _ZONES[value]
            votes[zone] = votes.get(zone, 0.0) + 1.0 + _WORD_WEIGHT * folded.count(" ", start, end)
            at += 1
        if (hint := zone_at(folded, begin, stop)) is not None:
            votes[hint] = votes.get(hint, 0.0) + _HINT_WEIGHT
        heading = by_start.get(begin)
        if heading is None:
            found.append(Sentence(begin, votes, None, cost))
        elif heading.zone is None:
            found.append(Sentence(begin, votes, heading, cost * _AT_UNKNOWN_HEADING))
        else:
            cost = _UNDER_HEADING * heading.score
            found.append(Sentence(begin, {heading.zone: _HEADING_VOTES * heading.score}, heading, 1.0))
    return found


def _split_long(edges: list[int], cue_starts: list[int]) -> list[int]:
    """Running text without sentence ends may change its zone before any cue."""
    split: list[int] = []
    for begin, stop in pairwise(edges):
        split.append(begin)
        if stop - begin > _LONG:
            split += [cue for cue in cue_starts[bisect_left(cue_starts, begin + 1) : bisect_left(cue_starts, stop)] if cue != split[-1]]
    return [*split, edges[-1]]


def best_zones(sentences: Sequence[Sentence]) -> list[Zone]:
    """The sequence of zones with most votes after the cost of each change (Viterbi, over the places in the usual order)."""
    if not sentences:
        return []
    scores = [_counted(sentences[0], zone) - _START[zone] for zone in _ORDER]
    back: list[Sequence[int]] = []
    for sentence in sentences[1:]:
        if not sentence.votes:
            back.append(_STAY)
            continue
        scores, before = _best_before(scores, _ONWARD * sentence.cost, _BACK * sentence.cost)
        most = _MOST_VOTES if sentence.heading is None or sentence.heading.zone is None else math.inf
        for zone, votes in sentence.votes.items():
            scores[_PLACES[zone]] += votes if votes < most else most
        back.append(before)
    at = scores.index(max(scores))
    path = [_ORDER[at]]
    for steps in reversed(back):
        at = steps[at]
        path.append(_ORDER[at])
    return path[::-1]


def _best_before(scores: list[float], onward: float, backward: float) -> tuple[list[float], list[int]]:
    """For each zone the best score to come from and where that is: staying, from an earlier zone or from a later one."""
    best, before = scores.copy(), list(_STAY)
    for order, cost in ((_STAY, onward), (_BACKWARDS, backward)):
        top, at_top = scores[order[0]] - cost, order[0]
        for at in order:
            own = scores[at]
            if top > own:
                if top > best[at]:
                    best[at], before[at] = top, at_top
            elif own - cost > top:
                top, at_top = own - cost, at
    return best, before


def _counted(sentence: Sentence, zone: Zone) -> float:
    votes = sentence.votes.get(zone, 0.0)
    return votes if sentence.heading is not None and sentence.heading.zone is not None else min(votes, _MOST_VOTES)
