"""Mentions of skills from the tagger's spans: linked by a label that fills the span, else by meaning, else kept as candidates."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Final, Protocol

from pydantic import TypeAdapter

from nlp.advertisement import Advertisement
from nlp.label_matcher import LabelMatch
from nlp.label_names import LabelNames
from nlp.linker.linker import LinkedSkill
from nlp.named_spans import NamedSpan, SpanNames
from nlp.shared_heads import Extent
from nlp.short_forms import short_labels
from nlp.tagger.tagger import SkillSpan, TaggedText
from vacancies.enriched import ContactSpan, SkillMention, SkillStatus, Zone, ZoneSpan

_JOINING: Final = re.compile(r"[\s,/&+(-]*(?:\w{1,3}|oder|eller|nebo|oraz|samt|sowie)?[\s,/&+-]*")
_FEW_PARTS: Final = 5  # between white space; a single word may stand among signs
_FILLS: Final = 0.75  # a label names a span when it has so much of its letters
_MENTIONS: Final = TypeAdapter(list[SkillMention])  # makes many in half the time that they take one by one
_LATIN: Final = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_OTHER_LETTER: Final = re.compile(r"[^\W\d_A-Za-z\u00c0-\u024f\u1e00-\u1eff]")


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
    named: Sequence[NamedSpan] | None = None,
) -> list[SkillMention]:
    """Mentions in the text, by start; none that touches contact data, and none in a script that the tagger has never met.

    `named` are the spans as `named_spans` gives them, where that was asked before; else they are named by labels alone.
    """
    named = named_spans(tagged, ad, labels, zones=zones, contacts=contacts, names=None) if named is None else named
    open_spans = [at for at, each in enumerate(named) if each.label is None]
    linked: dict[int, LinkedSkill | None] = {}
    if linker is not None and open_spans:
        words = [_words_of(ad, named[at]) for at in open_spans]
        linked = dict(zip(open_spans, linker.link_many(words, ad.language), strict=True))
    starts = [zone.start for zone in zones]
    found: list[dict[str, object]] = []
    for at, each in enumerate(named):
        begun = bisect_right(starts, each.span.start)
        found.append(_values(ad, each, zones[begun - 1].zone if begun else Zone.OTHER, linked=linked.get(at)))
    return sorted(_MENTIONS.validate_python(found), key=lambda mention: (mention.start, mention.end))


def unnamed_words(ad: Advertisement, named: Sequence[NamedSpan]) -> list[str]:
    """The words of the spans that no label fills or names: what `tagged_mentions` asks the linker for."""
    return [_words_of(ad, each) for each in named if each.label is None]


def _words_of(ad: Advertisement, each: NamedSpan) -> str:
    return each.words or ad.text[each.span.start : each.span.end]


def named_spans(
    tagged: TaggedText,
    ad: Advertisement,
    labels: Sequence[LabelMatch],
    *,
    zones: Sequence[ZoneSpan],
    contacts: Sequence[ContactSpan],
    names: LabelNames | None,
) -> list[NamedSpan]:
    """Spans with the labels that fill them, and, with `names`, those that they are other forms of."""
    if names is None:
        return _sure(ad.text, [NamedSpan(*each) for each in _labelled_spans(tagged, ad, labels, contacts)])
    if short := short_labels(ad.text, labels, names, ad.language):
        labels = sorted([*labels, *short], key=lambda label: label.start)
    asked = [Extent(zone.start, zone.end) for zone in zones if zone.zone in (Zone.DUTIES, Zone.REQUIREMENTS)]
    found = SpanNames(ad.text, ad.language, labels, names).named(_labelled_spans(tagged, ad, labels, contacts), asked)
    return _sure(ad.text, [each for each in found if not _touches(contacts, each.span.start, each.span.end)])


def _sure(text: str, found: list[NamedSpan]) -> list[NamedSpan]:
    """The spans; of a text of a single word only those with labels, for nothing there tells that anything else is a skill."""
    is_one_word = sum(any(map(str.isalnum, part)) for part in text.split(maxsplit=_FEW_PARTS)) < 2
    return [each for each in found if each.label is not None] if is_one_word else found


def _labelled_spans(
    tagged: TaggedText, ad: Advertisement, labels: Sequence[LabelMatch], contacts: Sequence[ContactSpan]
) -> list[tuple[SkillSpan, LabelMatch | None]]:
    """Spans with the label that fills them; a span that only joins labels ("first aid and wound care") is told apart into these."""
    starts = [label.start for label in labels]
    found: list[tuple[SkillSpan, LabelMatch | None]] = []
    for span in tagged.spans:
        if _touches(contacts, span.start, span.end) or _is_strange(ad.text[span.start : span.end]):
            continue
        inside = [label for label in labels[bisect_left(starts, span.start) : bisect_left(starts, span.end)] if label.end <= span.end]
        if len(inside) > 1 and _only_joins(ad.text, span, inside):
            found += [(span._replace(start=label.start, end=label.end), label) for label in inside]
        else:
            found.append((span, _filling(span, inside)))
    return found + [each for each in _listed(ad.text, labels, found) if not _touches(contacts, each[0].start, each[0].end)]


def _listed(
    text: str, labels: Sequence[LabelMatch], found: Sequence[tuple[SkillSpan, LabelMatch | None]]
) -> list[tuple[SkillSpan, LabelMatch | None]]:
    """Labels that the tagger passed by, but that stand in one list with a label it marked: "C" of "C, C++ and Python".

    What an activity is done with may stand inside it ("programming in C, C++"), so spans of activities without a label are no bar.
    """
    beside = {span.start: (span, label) for span, label in found if label is not None}
    if not beside:
        return []
    taken = sorted((span.start, span.end) for span, label in found if label is not None or span.kind != "skill")
    starts, furthest = [start for start, _ in taken], list(accumulate((end for _, end in taken), max))
    added: dict[int, tuple[SkillSpan, LabelMatch | None]] = {}
    for order, is_after in ((range(len(labels)), True), (range(len(labels) - 1, -1, -1), False)):
        last: tuple[SkillSpan, LabelMatch | None] | None = None
        for at in order:
            label = labels[at]
            if label.start in beside:
                last = beside[label.start]
            elif last is not None and not _overlaps(starts, furthest, label):
                between = text[last[0].end : label.start] if is_after else text[label.end : last[0].start]
                if not between.strip() or "\n" in between or not _JOINING.fullmatch(between):
                    last = None
                    continue
                last = added.setdefault(at, (SkillSpan(label.start, label.end, label.kind or last[0].kind, last[0].score), label))
    return list(added.values())


def _overlaps(starts: Sequence[int], furthest: Sequence[int], label: LabelMatch) -> bool:
    """Whether a span shares a letter with a label; `furthest` is the furthest end of the spans up to each start."""
    at = bisect_left(starts, label.end) - 1
    return at >= 0 and furthest[at] > label.start


def _only_joins(text: str, span: SkillSpan, labels: Sequence[LabelMatch]) -> bool:
    """Whether there is nothing between the labels, nor around them in the span, but signs and one short word at a time."""
    at, rest = span.start, []
    for label in labels:
        rest.append(text[at : label.start])
        at = label.end
    rest.append(text[at : span.end])
    return not rest[0].strip() and not rest[-1].strip(" )") and all(_JOINING.fullmatch(between) for between in rest[1:-1])


def _is_strange(words: str) -> bool:
    """Whether words are mostly in other letters than Latin ones: the tagger's guesses there are chance."""
    others = 0 if words.isascii() else len(_OTHER_LETTER.findall(words))
    return others > 0 and others > len(_LATIN.findall(words))


def _filling(span: SkillSpan, labels: Sequence[LabelMatch]) -> LabelMatch | None:
    if not labels:
        return None
    longest = max(labels, key=lambda label: (label.end - label.start, label.score))
    return longest if longest.end - longest.start >= _FILLS * (span.end - span.start) else None


def _values(ad: Advertisement, named: NamedSpan, zone: Zone, *, linked: LinkedSkill | None) -> dict[str, object]:
    """The values of a SkillMention."""
    span, label = named.span, named.label
    if label is not None:
        uri, rule, kind = label.uri, label.rule, label.kind or span.kind
    elif linked is not None:
        uri, rule, kind = linked.uri, "linker", span.kind
    else:
        uri, rule, kind = None, "tagger", span.kind
    return {
        "uri": uri,
        "start": span.start,
        "end": span.end,
        "text": _words_of(ad, named),
        "score": round(span.score * _worth(label, linked), 3),
        "status": SkillStatus.MENTIONED,
        "kind": kind,
        "zone": zone,
        "rule": rule,
    }


def _worth(label: LabelMatch | None, linked: LinkedSkill | None) -> float:
    """How sure the concept is: a plain label is, a form of one is less, one by meaning as the linker says."""
    if label is not None:
        return 1.0 if label.rule.startswith("label:") else label.score
    return 1.0 if linked is None else linked.score


def _touches(contacts: Sequence[ContactSpan], start: int, end: int) -> bool:
    if not contacts:
        return False
    at = bisect_left(contacts, end, key=lambda contact: contact.start) - 1
    return at >= 0 and contacts[at].end > start
