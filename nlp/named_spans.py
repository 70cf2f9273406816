"""Marked words of a text with the labels they are a form of: short forms, halves of lists, other orders and endings, compounds, slips."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import accumulate
from typing import Final, NamedTuple

from nlp.label_guard import guarded_labels
from nlp.label_matcher import LabelMatch
from nlp.label_names import LabelNames
from nlp.linker.taxonomy_texts import words as words_of
from nlp.shared_heads import Extent, Reading, has_list, parted_lists, readings, wider
from nlp.tagger.tagger import SkillSpan

_TOOLS: Final = frozenset({"tool", "certificate"})
_HALF_WORTH: Final = 0.9
_ITEM_SCORE: Final = 0.6
_ITEM: Final = re.compile(r"\n[ \t]*[-•*·–▪●][ \t]*(\w[^\n]{3,48}\w)[ \t]*[.;,]?[ \t]*$", re.MULTILINE)  # with the line end before it
_LONGEST: Final = 160  # characters of a phrase that is read as a list

Place = tuple[int, int]  # start and end


class NamedSpan(NamedTuple):
    """A span, the label that it is or is a form of, and the words it stands for where it does not hold them in full."""

    span: SkillSpan
    label: LabelMatch | None
    words: str | None = None


class SpanNames:
    """Names the spans of one text; `labels` are those found in it, by start."""

    def __init__(self, text: str, language: str | None, labels: Sequence[LabelMatch], names: LabelNames) -> None:
        self._text = text
        self._language = language
        self._labels = labels
        self._starts = [label.start for label in labels]
        self._names = names

    def named(self, spans: Sequence[tuple[SkillSpan, LabelMatch | None]], parts: Sequence[Extent] = ()) -> list[NamedSpan]:
        """The spans with what they name; lists that share a head are told apart into their halves, each with the whole list as its span.

        In `parts` of the text, those on duties and requirements, also list items without a span that are a name as a whole.
        """
        spans = sorted(spans, key=lambda pair: pair[0].start)
        starts = [span.start for span, _ in spans]
        found: list[NamedSpan] = []
        told: set[int] = set()
        for extent in parted_lists(self._text, self._language):
            inside = range(bisect_left(starts, extent.start), bisect_left(starts, extent.end))
            if halves := self._of_list(extent, [spans[at] for at in inside]):
                found += halves
                told.update(inside)
        for at, (span, label) in enumerate(spans):
            if at not in told:
                found += self._named(span, label)
        return self._with_items(self._with_neighbours(found), parts)

    def _with_items(self, found: list[NamedSpan], parts: Sequence[Extent]) -> list[NamedSpan]:
        """Also the list items that as a whole name a skill, where nothing is marked or only pieces that name nothing."""
        found = sorted(found, key=lambda each: each.span.start)
        led = f"\n{self._text}"  # each place is one further on, so a part begins where the line end before it stands
        items = [item for part in parts for item in _ITEM.finditer(led, part.start, part.end + 1)]
        if not items:
            return found
        starts, furthest = [each.span.start for each in found], list(accumulate((each.span.end for each in found), max))
        added: list[NamedSpan] = []
        pieces: set[int] = set()
        for item in items:
            start, end = item.start(1) - 1, item.end(1) - 1
            inside = range(bisect_left(starts, start), bisect_left(starts, end))
            is_free = (inside.start == 0 or furthest[inside.start - 1] <= start) and all(
                found[at].label is None and found[at].span.end <= end for at in inside
            )
            is_marked = any((found[at].span.start, found[at].span.end) == (start, end) for at in inside)
            if is_free and not is_marked and (label := self._find(item[1], start, end)) is not None:
                added.append(NamedSpan(SkillSpan(start, end, label.kind or "skill", _ITEM_SCORE), label))
                pieces.update(inside)
        return [each for at, each in enumerate(found) if at not in pieces] + added

    def _of_list(self, extent: Extent, inside: Sequence[tuple[SkillSpan, LabelMatch | None]]) -> list[NamedSpan]:
        """The halves of a list of words with a part left out, of which a part is marked.

        One that is a label as it stands ("SQL- and ...") leaves all as it is.
        """
        if not inside or any(label is not None and _is_left_open(self._text, label, extent) for _, label in inside):
            return []
        surest = max((span for span, _ in inside), key=lambda span: span.score)
        end = max(extent.end, *(span.end for span, _ in inside))
        words = self._text[extent.start : extent.end]
        return self._told_apart(surest._replace(start=extent.start, end=end), words)

    def _named(self, span: SkillSpan, label: LabelMatch | None) -> list[NamedSpan]:
        if label is None:
            words = self._text[span.start : span.end]
            label = self._find(words, span.start, span.end) or self._with_kind_of_thing(span)
            if label is None and len(words) <= _LONGEST and has_list(words, self._language):
                return self._told_apart(span, words) or [NamedSpan(span, None)]
        return [NamedSpan(span, label)]

    def _with_kind_of_thing(self, span: SkillSpan) -> LabelMatch | None:
        """The label inside a span that else only says what kind of thing it is: "langages C"."""
        inside = self._inside(span)
        if len(inside) != 1:
            return None
        label = inside[0]
        rest = words_of(f"{self._text[span.start : label.start]} {self._text[label.end : span.end]}")
        return label if rest and all(word in guarded_labels().context for word in rest) else None

    def _find(self, words: str, start: int, end: int) -> LabelMatch | None:
        """The label that words are a form of; an explanation in brackets is left out where that helps."""
        found = form_of_label(self._names, words, self._language, start=start)
        if found is None and words.endswith(")"):
            found = form_of_label(self._names, words.partition("(")[0], self._language, start=start)
        return None if found is None else found._replace(end=end)

    def _told_apart(self, span: SkillSpan, words: str, *, lent: bool = False) -> list[NamedSpan]:
        """The halves of a list of which one that borrows words is named, or (unless `lent`) all are; nothing where it is no such list."""
        best: tuple[tuple[int, float], Reading, list[LabelMatch | None]] | None = None
        for reading in readings(words, self._language):
            halves = self._halves(reading, span, lent=lent)
            named = [half.score for half in halves if half is not None]
            worth = len(named), sum(named)
            if halves and (best is None or worth > best[0]):
                best = worth, reading, halves
        if best is None:
            return self._tools_of(span)
        _, reading, halves = best
        return [NamedSpan(span, half, item) for item, half in zip(reading.items, halves, strict=True)]

    def _halves(self, reading: Reading, span: SkillSpan, *, lent: bool) -> list[LabelMatch | None]:
        """What the items of a list name; nothing where no borrowing one is named, nor (unless `lent`) all of a list without any."""
        if any(reading.borrowing):
            is_told = any(self._half(item, span) for item, borrows in zip(reading.items, reading.borrowing, strict=True) if borrows)
        else:
            is_told = not lent and all(self._half(item, span) for item in reading.items)
        return [self._half(item, span) for item in reading.items] if is_told else []

    def _half(self, words: str, span: SkillSpan) -> LabelMatch | None:
        found = form_of_label(self._names, words, self._language, start=span.start, mends=False)
        if found is None:
            return None
        return found._replace(end=span.end, score=round(found.score * _HALF_WORTH, 3), rule=f"label-shared:{found.rule.partition(':')[2]}")

    def _tools_of(self, span: SkillSpan) -> list[NamedSpan]:
        """ "Java-/Python-Entwicklung": a tool each, where several are named and what they share is no skill of its own."""
        inside = [label for label in self._inside(span) if label.kind in _TOOLS]
        return [NamedSpan(span, label, self._text[label.start : label.end]) for label in inside] if len(inside) > 1 else []

    def _inside(self, span: SkillSpan) -> list[LabelMatch]:
        first = bisect_left(self._starts, span.start)
        return [label for label in self._labels[first : bisect_left(self._starts, span.end, first)] if label.end <= span.end]

    def _with_neighbours(self, found: list[NamedSpan]) -> list[NamedSpan]:
        """Halves beside a label: "stock management" is marked, "and control" is not, or by itself, without what it is about."""
        if all(each.label is None for each in found):
            return found
        taken = {(each.span.start, each.span.end): each for each in found}
        places = sorted(taken)
        grown: list[NamedSpan] = []
        for each in found:
            may_grow = each.words is None and each.label is not None and each.label.kind not in _TOOLS
            grown += self._grown(each, places, taken) if may_grow else [each]
        return [each for each in grown if (each.span.start, each.span.end) in taken or each.words is not None]

    def _grown(self, each: NamedSpan, places: Sequence[Place], taken: dict[Place, NamedSpan]) -> list[NamedSpan]:
        """A mark with the halves beside it; a half that is marked by itself leaves `taken` and comes back with its name."""
        span, own = each.span, (each.span.start, each.span.end)
        for extent in wider(self._text, span.start, span.end, self._language):
            near = places[bisect_left(places, (extent.start - _LONGEST, 0)) : bisect_left(places, (extent.end, 0))]
            beside = [place for place in near if extent.start < place[1] and place != own and place in taken]
            if any(taken[place].label is not None or place[0] < extent.start or extent.end < place[1] for place in beside):
                continue
            halves = self._told_apart(span._replace(start=extent.start, end=extent.end), self._text[extent.start : extent.end], lent=True)
            added = [half for half in halves if half.label is not None and each.label is not None and half.label.uri != each.label.uri]
            if not added or len(added) != len(halves) - 1 or len(beside) > len(added):
                continue
            if len(beside) == len(added) == 1:
                marked = taken.pop(beside[0])
                return [each, added[0]._replace(span=marked.span)]
            if not beside:
                return [added[0]._replace(label=each.label, words=self._text[span.start : span.end]), *added]
        return [each]


def _is_left_open(text: str, label: LabelMatch, extent: Extent) -> bool:
    return label.end < extent.end and not text[label.end].isalnum() and not text[label.end].isspace()


def form_of_label(names: LabelNames, words: str, language: str | None, *, start: int, mends: bool = True) -> LabelMatch | None:
    """The label that words, which stand at `start`, are a form of; its rule says which form and of which language.

    Words that are only written out of a list are not to be mended: most of what is tried there is no word.
    """
    named = names.find(words, language, mends=mends)
    if named is None:
        return None
    return LabelMatch(named.uri, start, start + len(words), round(named.score, 3), f"label-{named.form}:{named.language}", named.kind)
