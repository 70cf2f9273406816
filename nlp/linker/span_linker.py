"""Links spans of advertisements, as a tagger finds them, to the skills of a taxonomy: fast, and silent where none is likely enough.

A span that is a label is linked to that concept. Any other is compared with the labels of its nearest concepts; the probability that the
best one is right comes from how far span and label speak of the same things, word by word, and from how far it is ahead of the next one.
"""

from __future__ import annotations

import math
from collections import OrderedDict
from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np

from nlp.linker.bags import Floats, Ints, unit_length
from nlp.linker.label_index import LabelIndex, ViewWeights
from nlp.linker.label_links import NOTHING, LabelLinks, SpanLink
from nlp.linker.linker import LinkedSkill, Linker
from nlp.linker.taxonomy_texts import Words, content_words, words
from nlp.linker.word_vectors import WordVectors

SPAN_THRESHOLD: Final = 0.65  # spans less likely to be meant so stay without a link: of those from .5 on four in ten were judged wrong
_KEPT: Final = 200_000  # spans remembered with their links
_CANDIDATES: Final = 5
_SHORT_WORD: Final = 2  # letters: "C" is like too much
_NEAR_ENOUGH: Final = 1.83  # of `_hope`; none of 165 links among 3,288 spans of reading_train lay below, and none of reading_dev
_OF_KNOWN: Final = 0.3  # what known words count in `_hope`
_OF_ONE_WORD: Final = 0.25  # and what a single word is held back by
_BATCH: Final = 256  # spans multiplied at once
_TOGETHER: Final = 32  # spans compared label by label at once
_LONGEST: Final = 24  # words of a span that are read
_LONGEST_TEXT: Final = 240  # characters, likewise
_MOST_CERTAIN: Final = 0.98

SPAN_WEIGHTS: Final = ViewWeights(
    best=4.4, preferred=1.4, description=4.0, stretch=0.8, cover=2.4, preferred_cover=0.9, heard=1.6, agreement=3.2,
    preferred_agreement=0.6, reach=0.2, literal=0.6,
)  # fmt: skip


class SpanSigns(NamedTuple):
    """What tells whether the best concept of a span is right; shares 0..1, cosines -1..1."""

    best: float  # cosine of its best label
    preferred: float  # cosine of its preferred label
    cover: float  # share of a label's meaning that the span speaks of
    preferred_cover: float  # of a preferred label's
    heard: float  # share of the span's meaning that a label speaks of
    agreement: float  # both, for one label
    literal: float  # share of the span's meaning in words that stand in a label
    description: float  # cosine of its description
    lead: float  # score ahead of the next concept, at most 3
    known: float  # share of the span's words that the taxonomy uses
    is_one_word: float


# Fitted to 406 spans of advertisements in 8 languages whose best concept was judged right or wrong (see README).
_SIGN_WEIGHTS: Final = SpanSigns(
    best=1.04, preferred=0.72, cover=2.93, preferred_cover=1.03, heard=0.54, agreement=0.82, literal=0.45, description=1.84, lead=0.03,
    known=0.93, is_one_word=-0.6,
)  # fmt: skip
_SIGN_OFFSET: Final = -7.41
_WEIGHTS: Final = np.array(SPAN_WEIGHTS, dtype=np.float32)


class SpanLinker:
    """Links spans with one trained linker; what was found is kept by text and language. Not to be shared between threads."""

    def __init__(self, linker: Linker, *, threshold: float = SPAN_THRESHOLD, kept: int = _KEPT) -> None:
        self._uris = linker.uris
        self._index: LabelIndex = linker.index
        self._labels = LabelLinks(linker.texts)
        self._threshold = threshold
        self._limit = kept
        self._kept: OrderedDict[tuple[str, str | None], SpanLink] = OrderedDict()

    def link_many(
        self, texts: Sequence[str], language: str | None = None, contexts: Sequence[str] | None = None
    ) -> list[LinkedSkill | None]:
        """The skill that each span names, or None where none is likely enough; scores are probabilities (the threshold..1).

        `language` is that of the advertisement (ISO 639-1; None: not known). `contexts`, one for each span (its sentence, the job's title),
        decide between concepts of the same name.
        """
        keys = [(text[:_LONGEST_TEXT], language) for text in texts]
        fresh = {key: words(key[0])[:_LONGEST] for key in dict.fromkeys(keys) if key not in self._kept}
        self._kept.update(zip(fresh, self._found(list(fresh.values()), language), strict=True))
        answers = []
        for at, key in enumerate(keys):
            self._kept.move_to_end(key)
            answers.append(self._answer(self._kept[key], None if contexts is None else contexts[at]))
        while len(self._kept) > self._limit:
            self._kept.popitem(last=False)
        return answers

    def _answer(self, link: SpanLink, context: str | None) -> LinkedSkill | None:
        if not link.concepts or link.probability < self._threshold:
            return None
        concept = link.concepts[0]
        if len(link.concepts) > 1 and context:
            concept = self._index.nearest(words(context), np.array(link.concepts))
        return LinkedSkill(self._uris[concept], link.probability)

    def _found(self, texts: list[Words], language: str | None) -> list[SpanLink]:
        found = [self._labels.of(text, language) for text in texts]
        rest = [at for at, link in enumerate(found) if link is None]
        for start in range(0, len(rest), _BATCH):
            places = rest[start : start + _BATCH]
            for at, link in zip(places, self._by_meaning([texts[at] for at in places]), strict=True):
                found[at] = link
        return [link or NOTHING for link in found]

    def _by_meaning(self, texts: list[Words]) -> list[SpanLink]:
        links = [NOTHING] * len(texts)
        whole = unit_length(self._index.vectors.of_texts(texts))
        candidates, nearness = self._index.candidates(whole, _CANDIDATES)
        near = [at for at, (text, own) in enumerate(zip(texts, nearness.tolist(), strict=True)) if self._hope(text, own) >= _NEAR_ENOUGH]
        near.sort(key=lambda at: len(texts[at]))  # texts of like length are compared together
        for start in range(0, len(near), _TOGETHER):
            places = near[start : start + _TOGETHER]
            found = self.signs([texts[at] for at in places], whole[places], candidates[places])
            for at, (best, signs) in zip(places, found, strict=True):
                links[at] = SpanLink((best,), round(probability(signs), 4))
        return links

    def _hope(self, text: Words, nearness: float) -> float:
        """A first look at whether a span may be linked: how near its nearest concept is (-3..3), known words, more than one word."""
        if nearness < _NEAR_ENOUGH - _OF_KNOWN or _is_short(text):
            return -math.inf
        share, is_one_word = _known(text, self._index.vectors)
        return nearness + _OF_KNOWN * share - _OF_ONE_WORD * is_one_word

    def signs(self, texts: Sequence[Words], wholes: Floats, concepts: Ints) -> list[tuple[int, SpanSigns]]:
        """The best of some concepts for each span (its words and its unit vector), and what tells whether it is right."""
        asked = self._index.asked_many(texts, list(wholes[:, None, :]))
        views = self._index.views(asked, concepts)
        scores = views @ _WEIGHTS
        order = np.argsort(-scores, axis=1, kind="stable")
        return [
            (int(own[first[0]]), _signs(text, self._index.vectors, seen[first[0]], ranked[first[:2]]))
            for text, own, seen, ranked, first in zip(texts, concepts, views, scores, order, strict=True)
        ]


def _signs(text: Words, vectors: WordVectors, views: Floats, scores: Floats) -> SpanSigns:
    """The signs of a span from the views of its best concept and the two best scores."""
    best = ViewWeights(*views.tolist())
    lead = float(scores[0] - scores[1]) if len(scores) > 1 else 1.0
    known, is_one_word = _known(text, vectors)
    return SpanSigns(
        best=best.best, preferred=best.preferred, cover=best.cover, preferred_cover=best.preferred_cover, heard=best.heard,
        agreement=best.agreement, literal=best.literal, description=best.description, lead=min(lead, 3.0),
        known=known, is_one_word=is_one_word,
    )  # fmt: skip


def _known(text: Words, vectors: WordVectors) -> tuple[float, float]:
    """The share of a span's words that the taxonomy uses, and 1 for a single word."""
    known = [vectors.knows(word) for word in content_words(text)]
    return sum(known) / len(known), float(len(known) == 1)


def _is_short(text: Words) -> bool:
    return len(text) == 1 and len(text[0]) <= _SHORT_WORD


def probability(signs: SpanSigns) -> float:
    """The probability (0..1) that the best concept is right."""
    total = _SIGN_OFFSET + sum(weight * sign for weight, sign in zip(_SIGN_WEIGHTS, signs, strict=True))
    return min(1 / (1 + math.exp(-max(-30.0, min(30.0, total)))), _MOST_CERTAIN)
