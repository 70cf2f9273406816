"""Mentions of skills from the tagger's spans: linked by a label that fills the span, else by meaning, else kept as candidates."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from itertools import accumulate
from typing import Final, Protocol

from nlp.advertisement import Advertisement
from nlp.label_matcher import LabelMatch
from nlp.linker.linker import LinkedSkill
from nlp.tagger.tagger import SkillSpan, TaggedText
from vacancies.enriched import ContactSpan, SkillMention, Zone, ZoneSpan

_FILLS: Final = 0.75  # a label names a span when it has so much of its letters
_LATIN: Final = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")


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
    """Mentions in the text, by start; none that touches contact data, and none in a script that the tagger has never met."""
    spans = [
        span for span in tagged.spans if not _touches(contacts, span.start, span.end) and not _is_strange(ad.text[span.start : span.end])
    ]
    label_starts = [label.start for label in labels]
    named = [_filling(span, _from(labels, label_starts, span)) for span in spans]
    open_spans = [at for at, label in enumerate(named) if label is None]
    linked: dict[int, LinkedSkill | None] = {}
    if linker is not None and open_spans:
        words = [ad.text[spans[at].start : spans[at].end] for at in open_spans]
        linked = dict(zip(open_spans, linker.link_many(words, ad.language), strict=True))
    found = [_of_span(tagged, ad, zones, span, label=named[at], linked=linked.get(at)) for at, span in enumerate(spans)]
    _cover(spans)
    return sorted(found, key=lambda mention: (mention.start, mention.end))


def _is_strange(words: str) -> bool:
    """Whether words are mostly in other letters than Latin ones: the tagger's guesses there are chance."""
    return not words.isascii() and 2 * len(_LATIN.findall(words)) < sum(letter.isalpha() for letter in words)


def _from(labels: Sequence[LabelMatch], starts: Sequence[int], span: SkillSpan) -> Sequence[LabelMatch]:
    """The labels that begin within a span."""
    return labels[bisect_left(starts, span.start) : bisect_left(starts, span.end)]


def _cover(spans: Sequence[SkillSpan]) -> Callable[[LabelMatch], bool]:
    """Tells of a label whether one of the spans, which may lie in each other, has a part of it."""
    starts = [span.start for span in spans]
    furthest = list(accumulate((span.end for span in spans), max))

    def taken(label: LabelMatch) -> bool:
        before = bisect_left(starts, label.end)
        return before > 0 and furthest[before - 1] > label.start

    return taken


def unnamed_words(tagged: TaggedText, ad: Advertisement, labels: Sequence[LabelMatch], contacts: Sequence[ContactSpan]) -> list[str]:
    """The words of the spans that no label fills: what `tagged_mentions` asks the linker for."""
    spans = (span for span in tagged.spans if not _touches(contacts, span.start, span.end))
    return [ad.text[span.start : span.end] for span in spans if _filling(span, labels) is None]


def _filling(span: SkillSpan, labels: Sequence[LabelMatch]) -> LabelMatch | None:
    inside = [label for label in labels if span.start <= label.start and label.end <= span.end]
    longest = max(inside, key=lambda label: (label.end - label.start, label.score), default=None)
    return longest if longest is not None and longest.end - longest.start >= _FILLS * (span.end - span.start) else None


def _of_span(
    tagged: TaggedText,
    ad: Advertisement,
    zones: Sequence[ZoneSpan],
    span: SkillSpan,
    *,
    label: LabelMatch | None,
    linked: LinkedSkill | None,
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


def _touches(contacts: Sequence[ContactSpan], start: int, end: int) -> bool:
    at = bisect_left(contacts, end, key=lambda contact: contact.start) - 1
    return at >= 0 and contacts[at].end > start


def _zone_at(zones: Sequence[ZoneSpan], position: int) -> Zone:
    at = bisect_right(zones, position, key=lambda zone: zone.start) - 1
    return zones[at].zone if at >= 0 else Zone.OTHER
