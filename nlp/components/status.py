"""`labourscope_status`: whether a skill is required, preferred, a duty, only mentioned or negated, by zone and cue words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from nlp.advertisement import Advertisement, advertisement
from nlp.components.skills import write_spans
from nlp.extensions import register_extensions
from nlp.label_matcher import LabelMatch
from nlp.lexicon.cue_finder import Cue, CueKind
from nlp.soft_scopes import SoftRanges
from nlp.tagger.status import RuledStatus, settle, signs_of
from nlp.tagger.tagger import TaggedText
from vacancies.enriched import SkillMention, SkillStatus, Zone, ZoneSpan

_NEGATION_REACH: Final = 70  # characters between "no" and "required"
_BY_ZONE: Final = {Zone.REQUIREMENTS: SkillStatus.REQUIRED, Zone.DUTIES: SkillStatus.DUTY}
_SOFTENABLE: Final = frozenset({Zone.REQUIREMENTS, Zone.OTHER})
_LONG_ITEM: Final = 220  # characters; in texts without sentence ends a cue reaches only so far:
_SHORT_REACH: Final = 45

_SAID: Final = frozenset({SkillStatus.NEGATED, SkillStatus.PREFERRED})
_NEGATING: Final = frozenset({CueKind.NEGATED_BEFORE, CueKind.NEGATED_AFTER, CueKind.NEGATION_OPEN})
_SOFTENING: Final = frozenset({CueKind.PREFERRED_BEFORE, CueKind.PREFERRED_AFTER, CueKind.PREFERRED_EITHER})
_STOPPING: Final = frozenset({CueKind.REQUIRED, CueKind.PREFERRED_BEFORE, CueKind.PREFERRED_EITHER})
_COLON: Final = re.compile(r" ?:")
_PART_END: Final = re.compile(r";| [-–•*] (?=\S)")
_GLUED_PART: Final = re.compile(r",(?=[A-ZÀ-ÞĆŁŚŹŻČĎŇŘŠŤŮŽ])")
_GOES_ON: Final = re.compile(r" ?:| (?!(?:a|i|oraz|ale|nebo|och|men|y|e|pero|aunque|ej|inte)\b)[^\W\d_]")


class Verdict(NamedTuple):
    """A status with the cue that set it (None: the zone alone)."""

    status: SkillStatus
    cue: str | None


class StatusReader:
    """Sets the status and cue of every mention in `Doc._.skills` that stands in the text; needs `labourscope_zones` before it."""

    def __init__(self, name: str, spans_key: str) -> None:
        self.name = name
        self.spans_key = spans_key

    def __call__(self, doc: Doc) -> Doc:
        """Decide the statuses of a document."""
        tagged: TaggedText | None = doc._.tagged
        if doc._.skills or doc._.labels:
            ad = advertisement(doc)
            soft_ranges: SoftRanges = doc._.soft_ranges
            if tagged is None:
                doc._.skills = tuple(_with(mention, decide(ad, mention, soft_ranges)) for mention in doc._.skills)
            else:
                settled = weigh(ad, doc._.skills, soft_ranges, tagged)
                doc._.skills = tuple(settled + labels_with_cue(ad, doc._.labels, settled, doc._.zones))
            write_spans(doc, self.spans_key)
        return doc


def labels_with_cue(
    ad: Advertisement, labels: Sequence[LabelMatch], mentions: Sequence[SkillMention], zones: Sequence[ZoneSpan]
) -> list[SkillMention]:
    """Labels outside all mentions that words beside them call welcome or not needed: so it is sure that the text asks about them."""
    if not any(cue.kind in _NEGATING or cue.kind in _SOFTENING for cue in ad.status_cues):
        return []
    own = sorted((mention.start, mention.end) for mention in mentions if mention.field == "description_text")
    starts, furthest = [start for start, _ in own], list(accumulate((end for _, end in own), max))
    found = []
    for label in labels:
        before = bisect_left(starts, label.end) - 1  # the last mention that begins before the label's end
        if before >= 0 and furthest[before] > label.start:
            continue
        verdict = verdict_of(ad, label.start, label.end, Zone.OTHER, is_soft=False)
        if verdict.status in _SAID:
            at = bisect_right(zones, label.start, key=lambda zone: zone.start) - 1
            found.append(
                SkillMention(
                    uri=label.uri, start=label.start, end=label.end, text=ad.text[label.start : label.end], score=label.score,
                    status=verdict.status, cue=verdict.cue, kind=label.kind, zone=zones[at].zone if at >= 0 else Zone.OTHER,
                    rule=label.rule,
                )
            )  # fmt: skip
    return found


def decide(ad: Advertisement, mention: SkillMention, soft_ranges: SoftRanges) -> Verdict:
    """The status that rules give a mention; mentions of the title or of board fields keep theirs."""
    if mention.field != "description_text":
        return Verdict(mention.status, mention.cue)
    at = bisect_right(soft_ranges, mention.start, key=lambda part: part[0]) - 1
    is_soft = at >= 0 and mention.start < soft_ranges[at][1]
    return verdict_of(ad, mention.start, mention.end, mention.zone, is_soft=is_soft)


def _with(mention: SkillMention, verdict: Verdict) -> SkillMention:
    if mention.status is verdict.status and mention.cue == verdict.cue:
        return mention
    return mention.revised(status=verdict.status, cue=verdict.cue)


def weigh(ad: Advertisement, mentions: Sequence[SkillMention], soft_ranges: SoftRanges, tagged: TaggedText) -> list[SkillMention]:
    """The mentions with the statuses that rules and tagger give together, and their cues; a negation in words outweighs all."""
    verdicts = [decide(ad, mention, soft_ranges) for mention in mentions]
    if tagged.status_weights is not None:
        open_ones = [
            at
            for at, (mention, ruled) in enumerate(zip(mentions, verdicts, strict=True))
            if mention.field == "description_text" and ruled.status is not SkillStatus.NEGATED
        ]
        told = [RuledStatus(mentions[at].start, mentions[at].end, verdicts[at].status, verdicts[at].cue is not None) for at in open_ones]
        for at, status in zip(open_ones, settle(tagged.status_weights, signs_of(tagged, told)), strict=True):
            if status is not verdicts[at].status:
                verdicts[at] = Verdict(status, None)
    return [_with(mention, verdict) for mention, verdict in zip(mentions, verdicts, strict=True)]


def verdict_of(ad: Advertisement, start: int, end: int, zone: Zone, *, is_soft: bool) -> Verdict:
    """The status of the words at [start, end), which stand in `zone`; `is_soft` under a heading such as "Nice to have"."""
    begin, stop = ad.item_at(start)
    cues = _cues_in(ad, max(begin, start - 2 * _LONG_ITEM), min(stop, end + 2 * _LONG_ITEM))
    if cues:
        if cue := _negating(ad, cues, start, end):
            return Verdict(SkillStatus.NEGATED, cue)
        if zone in _SOFTENABLE and (softening := _softening(ad, cues, start, end, begin)):
            return Verdict(SkillStatus.PREFERRED, _words(ad, softening))
    if is_soft:
        return Verdict(SkillStatus.PREFERRED, None)
    if zone in _BY_ZONE:
        status = _BY_ZONE[zone]
        required = _nearest(cues, start, CueKind.REQUIRED) if status is SkillStatus.REQUIRED else None
        return Verdict(status, None if required is None else _words(ad, required))
    return Verdict(SkillStatus.MENTIONED, None)


def _cues_in(ad: Advertisement, begin: int, stop: int) -> list[Cue]:
    starts = ad.status_cue_starts
    first = bisect_left(starts, begin)
    return ad.status_cues[first : bisect_left(starts, stop, first)]


def _negating(ad: Advertisement, cues: list[Cue], start: int, end: int) -> str | None:
    opening: Cue | None = None
    for cue in cues:
        if cue.kind is CueKind.NEGATED_BEFORE and 0 <= start - cue.end <= _NEGATION_REACH and not _breaks(ad, cue.end, start):
            return _words(ad, cue)
        if cue.kind is CueKind.NEGATED_AFTER and 0 <= cue.start - end <= _NEGATION_REACH and not _breaks(ad, end, cue.start):
            return _words(ad, cue)
        if cue.kind is CueKind.NEGATION_OPEN and cue.end <= start and not _breaks(ad, cue.end, start):
            opening = cue
        closes = cue.kind is CueKind.NEGATION_CLOSE and cue.start >= end and not _breaks(ad, end, cue.start)
        if closes and opening is not None and cue.end - opening.start <= _NEGATION_REACH + (end - start):
            return f"{_words(ad, opening)} … {_words(ad, cue)}"
    return None


def _breaks(ad: Advertisement, start: int, end: int) -> bool:
    """Whether a clause ends between two places: what is said of one part does not hold for the other."""
    between = ad.folded[start:end]
    return any(mark in between for mark in (";", ". ", ":", "(", " but ", " aber ", " mais ", " maar ", " pero ", " men ", " ale "))


def _softening(ad: Advertisement, cues: list[Cue], start: int, end: int, begin: int) -> Cue | None:
    softening = [(index, cue) for index, cue in enumerate(cues) if cue.kind in _SOFTENING]
    places = [(cue.start, cue.end) for _, cue in softening]
    for index, cue in softening:
        if cue.start < end and start < cue.end:
            continue
        if places.count((cue.start, cue.end)) > 1 and _looks_the_other_way(ad, cue, is_behind=cue.start >= end):
            continue
        if cue.start >= end:
            if cue.kind in (CueKind.PREFERRED_AFTER, CueKind.PREFERRED_EITHER) and _reaches_back(ad, cues[:index], cue, end):
                return cue
        elif cue.kind in (CueKind.PREFERRED_BEFORE, CueKind.PREFERRED_EITHER) and _reaches_on(ad, cues[index + 1 :], cue, start, begin):
            return cue
    return None


def _looks_the_other_way(ad: Advertisement, cue: Cue, *, is_behind: bool) -> bool:
    """Whether a cue that may stand on either side of its words ("mile widziane") stands on the other side of these.

    Followed by a word or a colon it speaks of what comes, else of what was.
    """
    return (_GOES_ON.match(ad.folded, cue.end) is not None) is is_behind


def _reaches_back(ad: Advertisement, before: list[Cue], cue: Cue, end: int) -> bool:
    """A cue behind softens back to the last clause end, the last other status word, or, in brackets, the last comma."""
    between = ad.text[end : cue.start]
    if len(between) > _reach(ad, cue) or _COLON.match(ad.text, cue.end):
        return False
    if any(other.kind in _STOPPING and end <= other.start and other.end <= cue.start for other in before):
        return False
    if "(" in between and ")" not in between:  # "SQL, SAP (nice to have)"; "SQL (MariaDB is a plus)" speaks of its own words
        outside, _, inside = between.rpartition("(")
        return "," not in outside and not inside.strip()
    return not _ends_a_part(ad, end, cue.start)


def _reaches_on(ad: Advertisement, after: list[Cue], cue: Cue, start: int, begin: int) -> bool:
    """A cue in front softens up to the end of its clause or brackets, or the next word that requires."""
    between = ad.text[cue.end : start]
    if len(between) > _reach(ad, cue):
        return False
    if any(other.kind is CueKind.REQUIRED and other.start < start for other in after):
        return False
    opened = ad.text.rfind("(", max(begin, cue.start - _LONG_ITEM), cue.start)
    if opened >= 0 and ")" not in ad.text[opened : cue.start] and ")" in between:
        return False
    if cue.kind is CueKind.PREFERRED_EITHER:  # "Java preferred, Python": only a cue that leads the item softens what follows
        return not ad.text[begin : cue.start].strip(" \t-–•*:(\n") or between.lstrip().startswith(":")
    return not _ends_a_part(ad, cue.end, start)


def _ends_a_part(ad: Advertisement, start: int, end: int) -> bool:
    """Whether one part of an enumeration ends between two places: at a semicolon, a dash, or a comma that a capital follows at once."""
    return _PART_END.search(ad.text, start, end) is not None or _GLUED_PART.search(ad.text, start, end + 1) is not None


def _reach(ad: Advertisement, cue: Cue) -> int:
    begin, stop = ad.item_at(cue.start)
    return _SHORT_REACH if stop - begin > _LONG_ITEM else _LONG_ITEM


def _nearest(cues: list[Cue], start: int, kind: CueKind) -> Cue | None:
    fitting = [cue for cue in cues if cue.kind is kind]
    return min(fitting, key=lambda cue: abs(cue.start - start)) if fitting else None


def _words(ad: Advertisement, cue: Cue) -> str:
    return ad.text[cue.start : cue.end]


@Language.factory(
    "labourscope_status",
    requires=["doc._.zones", "doc._.skills"],
    assigns=["doc._.skills", "doc.spans"],
    default_config={"spans_key": "skills"},
)
def create_status_reader(nlp: Language, name: str, spans_key: str) -> StatusReader:
    """Make the component."""
    register_extensions()
    return StatusReader(name, spans_key)
