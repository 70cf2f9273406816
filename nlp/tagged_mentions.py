"""Mentions of skills from the tagger's spans: linked by a label that fills the span, else by meaning, else kept as candidates."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Final, Protocol

from nlp.advertisement import Advertisement
from nlp.label_matcher import LabelMatch
from nlp.linker.linker import LinkedSkill
from nlp.tagger.tagger import SkillSpan, TaggedText
from vacancies.enriched import ContactSpan, SkillMention, Zone, ZoneSpan

_FILLS: Final = 0.75  # a label names a span when it has so much of its letters
_ALONE: Final = 0.45  # a label without a tagged span counts when its words are this likely part of a skill


class SpanLinking(Protocol):
    """Links the words of spans to skills."""

    def link_many(self, texts: Sequence[str], language: str | None, contexts: Sequence[str] | None = None) -> list[LinkedSkill | None]:
        """A skill for each text, None where none is likely enough."""
        ...


def tagged_mentions(
    tagged: TaggedText,
    ad: Advertisement,
    labels: Sequence[LabelMatch],
    *,
    zones: Sequence[ZoneSpan],
    contacts: Sequence[ContactSpan],
    linker: SpanLinking | None,
) -> list[SkillMention]:
    """Mentions in the text, by start; none that touches contact data."""
    spans = [span for span in tagged.spans if not _touches(contacts, span.start, span.end)]
    named = [_filling(span, labels) for span in spans]
    open_spans = [at for at, label in enumerate(named) if label is None]
    linked: dict[int, LinkedSkill | None] = {}
    if linker is not None and open_spans:
        words = [ad.text[spans[at].start : spans[at].end] for at in open_spans]
        linked = dict(zip(open_spans, linker.link_many(words, ad.language), strict=True))
    found = [_of_span(tagged, ad, zones, span, named[at], linked.get(at)) for at, span in enumerate(spans)]
    found += [
        _of_label(tagged, ad, zones, label)
        for label in labels
        if not any(span.start < label.end and label.start < span.end for span in spans)
        and not _touches(contacts, label.start, label.end)
        and tagged.inside(label.start, label.end) >= _ALONE
    ]
    return sorted(found, key=lambda mention: (mention.start, mention.end))


def _filling(span: SkillSpan, labels: Sequence[LabelMatch]) -> LabelMatch | None:
    inside = [label for label in labels if span.start <= label.start and label.end <= span.end]
    longest = max(inside, key=lambda label: (label.end - label.start, label.score), default=None)
    return longest if longest is not None and longest.end - longest.start >= _FILLS * (span.end - span.start) else None


def _of_span(
    tagged: TaggedText, ad: Advertisement, zones: Sequence[ZoneSpan], span: SkillSpan, label: LabelMatch | None, linked: LinkedSkill | None
) -> SkillMention:
    if label is not None:
        uri, rule, kind = label.uri, label.rule, label.kind or span.kind
    elif linked is not None:
        uri, rule, kind = linked.uri, "linker", span.kind
    else:
        uri, rule, kind = None, "tagger", span.kind
    return SkillMention(
        uri=uri,
        start=span.start,
        end=span.end,
        text=ad.text[span.start : span.end],
        score=round(span.score if linked is None else span.score * linked.score, 3),
        status=tagged.status(span.start, span.end).status,
        kind=kind,
        zone=_zone_at(zones, span.start),
        rule=rule,
    )


def _of_label(tagged: TaggedText, ad: Advertisement, zones: Sequence[ZoneSpan], label: LabelMatch) -> SkillMention:
    return SkillMention(
        uri=label.uri,
        start=label.start,
        end=label.end,
        text=ad.text[label.start : label.end],
        score=round(label.score * tagged.inside(label.start, label.end), 3),
        status=tagged.status(label.start, label.end).status,
        kind=label.kind,
        zone=_zone_at(zones, label.start),
        rule=label.rule,
    )


def _touches(contacts: Sequence[ContactSpan], start: int, end: int) -> bool:
    at = bisect_left(contacts, end, key=lambda contact: contact.start) - 1
    return at >= 0 and contacts[at].end > start


def _zone_at(zones: Sequence[ZoneSpan], position: int) -> Zone:
    at = bisect_right(zones, position, key=lambda zone: zone.start) - 1
    return zones[at].zone if at >= 0 else Zone.OTHER
