"""The trained tagger as a reader of spans by SkillSpan's guideline, in the sentences of postings."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from nlp.advertisement import Advertisement
from nlp.evaluation.readers import SkillSpan
from nlp.label_matcher import LabelMatcher
from nlp.tagger.tagger import SpanTagger


class TaggerSpanReader:
    """Spans of the tagger; it is shown the labels of a taxonomy that stand in the text."""

    def __init__(self, tagger: SpanTagger, matcher: LabelMatcher) -> None:
        self._tagger = tagger
        self._matcher = matcher

    def read(self, postings: Sequence[Sequence[str]], *, language: str | None = None) -> Iterator[Sequence[Sequence[SkillSpan]]]:
        """Give the spans of each sentence of each posting, in order; a posting is read as one text, a sentence on each line."""
        ads = [Advertisement("\n".join(sentences), (), language) for sentences in postings]
        labels = [list(self._matcher.match_folded(ad.text, ad.folded, language)) for ad in ads]
        for sentences, spans in zip(postings, self._tagger.read_sentences(ads, labels), strict=True):
            ends = list(accumulate(len(sentence) + 1 for sentence in sentences))
            found: list[list[SkillSpan]] = [[] for _ in sentences]
            for span in spans:
                number = bisect_right(ends, span.start)
                begin = ends[number] - len(sentences[number]) - 1
                found[number].append(SkillSpan(span.start - begin, span.end - begin, span.kind))
            yield found
