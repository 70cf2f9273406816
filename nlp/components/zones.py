"""`labourscope_zones`: what each part of an advertisement is about, from its headings, and from cue words where it has none."""

from __future__ import annotations

from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from nlp.advertisement import Advertisement, advertisement
from nlp.char_spans import char_span
from nlp.extensions import register_extensions
from nlp.headings import Heading, find_headings
from nlp.zone_votes import best_zones, sentences_with_votes
from vacancies.enriched import Zone, ZoneSpan


class _Piece(NamedTuple):
    start: int
    zone: Zone
    score: float
    rule: str
    is_soft: bool


class ZoneReader:
    """Sets `Doc._.zones` and `Doc._.soft_ranges` and writes `Doc.spans["zones"]`, labelled with the zone."""

    def __init__(self, name: str, spans_key: str) -> None:
        self.name = name
        self.spans_key = spans_key

    def __call__(self, doc: Doc) -> Doc:
        """Read the zones of a document."""
        zones, soft = read_zones(advertisement(doc))
        doc._.zones = zones
        doc._.soft_ranges = soft
        doc.spans[self.spans_key] = [span for zone in zones if (span := char_span(doc, zone.start, zone.end, zone.zone.value)) is not None]
        return doc


def read_zones(ad: Advertisement) -> tuple[tuple[ZoneSpan, ...], tuple[tuple[int, int], ...]]:
    """Zones that cover the text without overlap, and the ranges under a softening heading ("Nice to have")."""
    length = len(ad.text)
    if not ad.text.strip():
        return (), ()
    pieces = _join(_pieces(ad))
    ends = [piece.start for piece in pieces[1:]] + [length]
    zones = tuple(
        ZoneSpan(start=piece.start, end=end, zone=piece.zone, score=piece.score, rule=piece.rule)
        for piece, end in zip(pieces, ends, strict=True)
        if piece.start < end
    )
    return zones, tuple((piece.start, end) for piece, end in zip(pieces, ends, strict=True) if piece.is_soft)


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
            pieces.append(_Piece(sentence.start, zone, min(0.4 + 0.1 * sentence.votes.get(zone, 0.0), 0.75), "cues", False))
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


@Language.factory("labourscope_zones", assigns=["doc._.zones", "doc._.soft_ranges", "doc.spans"], default_config={"spans_key": "zones"})
def create_zone_reader(nlp: Language, name: str, spans_key: str) -> ZoneReader:
    """Make the component."""
    register_extensions()
    return ZoneReader(name, spans_key)
