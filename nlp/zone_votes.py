"""Zones of text without headings: cue words vote sentence by sentence, and zones are kept from changing without need."""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import Final, NamedTuple

from nlp.advertisement import Advertisement
from nlp.lexicon.cue_finder import CueKind
from vacancies.enriched import Zone

# The usual order of an advertisement: going on in it costs less than going back.
_ORDER: Final = (Zone.EMPLOYER, Zone.DUTIES, Zone.REQUIREMENTS, Zone.OFFER, Zone.APPLICATION, Zone.OTHER)
_ONWARD: Final = 0.9
_BACK: Final = 1.3
_START: Final = {Zone.EMPLOYER: 0.0, Zone.DUTIES: 0.3, Zone.REQUIREMENTS: 0.5, Zone.OFFER: 0.7, Zone.APPLICATION: 1.0, Zone.OTHER: 0.8}
_WORD_WEIGHT: Final = 0.25


class SentenceVotes(NamedTuple):
    """One item or sentence with the weight of its cue words by zone."""

    start: int
    end: int
    votes: dict[Zone, float]


def count_votes(ad: Advertisement, start: int, end: int) -> list[SentenceVotes]:
    """Items in [start, end) with their votes; a phrase of more words weighs more."""
    starts = ad.item_starts
    edges = [start, *(s for s in starts[bisect_left(starts, start + 1) :] if s < end), end]
    cues = ad.cues_of(CueKind.SENTENCE)
    at = bisect_left([cue.start for cue in cues], start)
    counted: list[SentenceVotes] = []
    for begin, stop in pairwise(edges):
        votes: dict[Zone, float] = {}
        while at < len(cues) and cues[at].start < stop:
            zone = Zone(cues[at].value)
            votes[zone] = votes.get(zone, 0.0) + 1.0 + _WORD_WEIGHT * ad.folded.count(" ", cues[at].start, cues[at].end)
            at += 1
        counted.append(SentenceVotes(begin, stop, votes))
    return counted


def best_zones(sentences: list[SentenceVotes]) -> list[Zone]:
    """The sequence of zones with most votes after the cost of each change (Viterbi)."""
    if not sentences:
        return []
    scores = {zone: sentences[0].votes.get(zone, 0.0) - cost for zone, cost in _START.items()}
    back: list[dict[Zone, Zone]] = []
    for sentence in sentences[1:]:
        if not sentence.votes:
            back.append({})
            continue
        came: dict[Zone, Zone] = {}
        following: dict[Zone, float] = {}
        for zone in _ORDER:
            before = max(_ORDER, key=lambda other: scores[other] - _change_cost(other, zone))
            came[zone] = before
            following[zone] = scores[before] - _change_cost(before, zone) + min(sentence.votes.get(zone, 0.0), 3.0)
        scores = following
        back.append(came)
    zone = max(_ORDER, key=lambda other: scores[other])
    path = [zone]
    for came in reversed(back):
        zone = came.get(zone, zone)
        path.append(zone)
    return path[::-1]


_RANK: Final = {zone: rank for rank, zone in enumerate(_ORDER)}


def _change_cost(before: Zone, after: Zone) -> float:
    if before is after:
        return 0.0
    return _ONWARD if _RANK[after] > _RANK[before] else _BACK
