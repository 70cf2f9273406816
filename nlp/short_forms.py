"""Short forms that a text explains itself: "Search Engine Optimization (SEO)"; from there on both name one concept."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from nlp.label_matcher import LabelMatch
from nlp.label_names import LabelNames
from nlp.short_form_letters import is_short_form, stands_for

_BRACKET: Final = re.compile(r" \((?<=\w \()([^()\n]{2,60})\)")  # what is fixed comes first, so that the search leaps from one to the next
_WORDS_BEFORE: Final = re.compile(r"[^\W_][\w'’-]*")
_WORTH: Final = 0.95
_REACH: Final = 90  # characters before a bracket that may be its long form
_MOST_WORDS: Final = 8


class _Pair(NamedTuple):
    """A short form and where its long form stands."""

    short: str
    start: int
    end: int


def short_labels(text: str, labels: Sequence[LabelMatch], names: LabelNames, language: str | None) -> list[LabelMatch]:
    """Matches of short forms whose long form in the text is a label, everywhere in the text; none inside a label that is known."""
    found: dict[str, LabelMatch] = {}
    for pair in _pairs(text):
        if pair.short not in found and (label := _named(text, pair, labels, names, language)) is not None:
            found[pair.short] = label
    if not found:
        return []
    ends = [label.end for label in labels]
    any_of = re.compile(rf"(?<![\w])({'|'.join(map(re.escape, found))})(?:s|en)?(?![\w])")
    return [
        found[match[1]]._replace(start=match.start(), end=match.end())
        for match in any_of.finditer(text)
        if (at := bisect_right(ends, match.start())) == len(labels) or labels[at].start >= match.end()
    ]


def _pairs(text: str) -> Iterator[_Pair]:
    """Short forms in brackets with the words before that they may stand for, and short forms that brackets explain."""
    for bracket in _BRACKET.finditer(text):
        inside, before = bracket[1].strip(), text[max(0, bracket.start() - _REACH) : bracket.start()].rpartition("\n")[2]
        if is_short_form(inside):
            for word in list(_WORDS_BEFORE.finditer(before))[: -_MOST_WORDS - 1 : -1]:
                if stands_for(inside, before[word.start() :]):
                    yield _Pair(inside, bracket.start() - len(before) + word.start(), bracket.start())
        elif is_short_form(last := before.split()[-1]) and stands_for(last, inside):
            start = bracket.start(1)
            yield _Pair(last, start, start + len(inside))


def _named(text: str, pair: _Pair, labels: Sequence[LabelMatch], names: LabelNames, language: str | None) -> LabelMatch | None:
    at = bisect_left(labels, pair.start, key=lambda label: label.start)
    if at < len(labels) and (label := labels[at])[1:3] == (pair.start, pair.end):
        return label._replace(score=round(label.score * _WORTH, 3), rule=f"label-short:{label.rule.partition(':')[2]}")
    named = names.find(text[pair.start : pair.end], language)
    if named is None:
        return None
    return LabelMatch(named.uri, pair.start, pair.end, round(named.score * _WORTH, 3), f"label-short:{named.language}", named.kind)
