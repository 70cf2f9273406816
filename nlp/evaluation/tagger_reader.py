"""The trained tagger as a reader of spans in single sentences, by SkillSpan's guideline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nlp.advertisement import Advertisement
from nlp.evaluation.readers import SkillSpan
from nlp.label_matcher import LabelMatcher
from nlp.tagger.tagger import SpanTagger


class TaggerSpanReader:
    """Spans of the tagger; it is shown the labels of a taxonomy that stand in the text."""

    def __init__(self, tagger: SpanTagger, matcher: LabelMatcher) -> None:
        self._tagger = tagger
        self._matcher = matcher

    def read(self, texts: Sequence[str], *, language: str | None = None) -> Iterator[Sequence[SkillSpan]]:
        """Give the spans of each text, in order."""
        ads = [Advertisement(text, (), language) for text in texts]
        labels = [list(self._matcher.match_folded(ad.text, ad.folded, language)) for ad in ads]
        for spans in self._tagger.read_sentences(ads, labels):
            yield [SkillSpan(span.start, span.end, span.kind) for span in spans]
