"""Zones by rules alone: from headings, and from cue words where there is none."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from nlp.advertisement import Advertisement
from nlp.headings import Heading, find_headings
from nlp.zone_votes import best_zones, sentences_with_votes
from vacancies.enriched import Zone, ZoneSpan


class RuledZone(NamedTuple):
    """A zone [start, end) with the score (0..1) and the name of the rule that was surest of it."""

    start: int
    end: int
    zone: Zone
    score: float
    rule: str

    def span(self) -> ZoneSpan:
        """The zone as a part of a reading."""
        return ZoneSpan(start=self.start, end=self.end, zone=self.zone, score=self.score, rule=self.rule)


class RuledZones(NamedTuple):
    """Zones that cover the text without overlap, the ranges under a softening heading ("Nice to have"), and where sentences begin."""

    zones: tuple[RuledZone, ...]
    soft: tuple[tuple[int, int], ...]
    sentence_starts: npt.NDArray[np.int64]


class _Piece(NamedTuple):
    start: int
    zone: Zone
    score: float
    rule: str
    is_soft: bool


def rule_zones(ad: Advertisement) -> RuledZones:
    """Read the zones of an advertisement by rules alone."""
    length = len(ad.text)
    if not ad.text.strip():
        return RuledZones((), (), np.zeros(0, dtype=np.int64))
    each = _pieces(ad)
    pieces = _join(each)
    ends = [piece.start for piece in pieces[1:]] + [length]
    zones = tuple(
        RuledZone(piece.start, end, piece.zone, piece.score, piece.rule)
        for piece, end in zip(pieces, ends, strict=True)
        if piece.start < end
    )
    soft = tuple((piece.start, end) for piece, end in zip(pieces, ends, strict=True) if piece.is_soft)
    return RuledZones(zones, soft, np.array([piece.start for piece in each], dtype=np.int64))


def _pieces(ad: Advertisement) -> list[_Piece]:
    sentences = sentences_with_votes(ad, find_headings(ad))
    pieces: list[_Piece] = []
    heading: Heading | None = None
    for sentence, zone in zip(sentences, best_zones(sentences), strict=True):
        if sentence.heading is not None and sentence.heading.zone is not None:
            heading = sentence.heading
        if heading is not None and heading.zone is zone:
            pieces.append(_Piece(sentence.start, zone, heading.score, heading.rule, heading.is_soft))
        else:
            heading = None
            score = min(0.4 + 0.1 * sentence.votes.get(zone, 0.0), 0.75) if sentence.votes else 0.4
            pieces.append(_Piece(sentence.start, zone, score, "cues", False))
    return pieces


def _join(pieces: list[_Piece]) -> list[_Piece]:
    """Merge neighbours of one zone; the surest of them names score and rule."""
    joined: list[_Piece] = []
    for piece in pieces:
        if joined and joined[-1].zone is piece.zone and joined[-1].is_soft is piece.is_soft:
            if piece.score > joined[-1].score:
                joined[-1] = joined[-1]._replace(score=piece.score, rule=piece.rule)
        else:
            joined.append(piece)
    return joined
