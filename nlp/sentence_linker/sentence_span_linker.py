"""Links spans of advertisements by a sentence model: one that is a label by that label, any other by meaning where it is likely enough."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

from nlp.linker.label_links import LabelLinks, SpanLink
from nlp.linker.linker import LinkedSkill
from nlp.linker.span_linker import SPAN_THRESHOLD
from nlp.linker.taxonomy_texts import words
from nlp.sentence_linker.sentence_linker import SentenceLinker

_KEPT: Final = 200_000  # spans remembered with their links
_LONGEST_TEXT: Final = 240  # characters of a span that are read
_SHORT: Final = 2  # letters: "C" is like too much

_Key = tuple[str, str | None]


class SentenceSpanLinker:
    """Links spans with one sentence linker; what was found is kept by text and language. Not to be shared between threads."""

    def __init__(self, linker: SentenceLinker, *, threshold: float = SPAN_THRESHOLD, kept: int = _KEPT) -> None:
        self._linker = linker
        numbers = {uri: at for at, uri in enumerate(linker.uris)}
        self._numbers = [numbers[uri] for uri in linker.texts.uris]  # by the numbers that label links use
        self._labels = LabelLinks(linker.texts)
        self._threshold = threshold
        self._limit = kept
        self._kept: OrderedDict[_Key, SpanLink] = OrderedDict()

    def link_many(
        self, texts: Sequence[str], language: str | None = None, contexts: Sequence[str] | None = None
    ) -> list[LinkedSkill | None]:
        """The skill that each span names, or None where none is likely enough; scores are probabilities (the threshold..1).

        `language` is that of the advertisement (ISO 639-1; None: not known); `contexts` play no part.
        """
        keys = [(" ".join(text[:_LONGEST_TEXT].split()), language) for text in texts]
        self._find([key for key in dict.fromkeys(keys) if key not in self._kept])
        for key in keys:
            self._kept.move_to_end(key)
        answers = [self._answer(self._kept[key]) for key in keys]
        while len(self._kept) > self._limit:
            self._kept.popitem(last=False)
        return answers

    def _answer(self, link: SpanLink) -> LinkedSkill | None:
        if not link.concepts or link.probability < self._threshold:
            return None
        return LinkedSkill(self._linker.uris[link.concepts[0]], link.probability)

    def _find(self, keys: Sequence[_Key]) -> None:
        """Keep a link for each of some spans that have none yet."""
        open_keys: list[_Key] = []
        for key in keys:
            by_label = self._labels.of(words(key[0]), key[1])
            if by_label is None and len(key[0]) > _SHORT:
                open_keys.append(key)
            concepts, probability = by_label or SpanLink((), 0.0)
            self._kept[key] = SpanLink(tuple(self._numbers[concept] for concept in concepts), probability)
        nearest, chances = self._linker.rank([text for text, _ in open_keys], k=1)
        for key, concept, chance in zip(open_keys, nearest[:, 0].tolist(), chances[:, 0].tolist(), strict=True):
            if concept >= 0:
                self._kept[key] = SpanLink((concept,), round(chance, 4))
