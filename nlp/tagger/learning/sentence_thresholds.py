"""Chooses how sure a span by SkillSpan's guideline must be, on labelled postings that the network has not learnt from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from nlp.evaluation.gold import TaggedRecord, by_posting, language_in_name, read_records
from nlp.evaluation.spans import Span, tagged_spans
from nlp.label_matcher import LabelMatcher
from nlp.tagger.decoding import TaggedSpan, decode
from nlp.tagger.learning.examples import split_text
from nlp.tagger.network import Network
from nlp.tagger.tagger import SENTENCE_LAYERS, threshold_name, whole_tokens
from nlp.tagger.tags import TagLayer
from nlp.tagger.words import Words, in_one_segment

_CHOICES: Final = tuple(step / 10 for step in range(-15, 11))  # of "outside"


def sentence_thresholds(network: Network, path: Path, matcher: LabelMatcher | None) -> tuple[dict[str, float], dict[str, float]]:
    """The "outside" of each sentence layer with the best strict F1 on a file of sentences with BIO tags, and the F1s there (0..1).

    Sentences of one posting (`idx`) are read together. Raises GoldInvalid.
    """
    postings = by_posting(read_records(path, TaggedRecord))
    fallback = language_in_name(path) or "en"
    split = [split_text("\n".join(" ".join(record.tokens) for record in own), own[0].lang or fallback, matcher) for own in postings]
    texts = [words if len(words.line_ends) else in_one_segment(words) for words in split]  # as `read_sentences` does
    answers = [whole_tokens(network.read([words])[0], words, network.heads) for words in texts]
    chosen: dict[str, float] = {}
    figures: dict[str, float] = {}
    for layer in SENTENCE_LAYERS:
        gold = [set(_labelled(posting, layer)) for posting in postings]
        logits = [answer[:, network.heads.columns[layer.head]] for answer in answers]
        by_choice: dict[float, float] = {}
        for outside in _CHOICES:
            ends = [words.line_ends for words in texts]
            spans = decode([layer], [logits], [network.following[layer.head]], outside=outside, line_ends=ends)
            by_choice[outside] = _f1([_places(own, words) for own, words in zip(spans, texts, strict=True)], gold)
        best = max(by_choice, key=lambda outside: (by_choice[outside], -abs(outside)))
        chosen[threshold_name(layer)] = best
        figures[f"held_out_{layer.head}_strict_f1"] = round(by_choice[best], 4)
    return chosen, figures


def _labelled(posting: Sequence[TaggedRecord], layer: TagLayer) -> Iterator[Span]:
    """Labelled spans of a layer, in the posting's text."""
    begin = 0
    for record in posting:
        tags = record.tags_skill if "skill" in layer.kinds else record.tags_knowledge
        yield from ((begin + start, begin + end) for start, end in tagged_spans(record.tokens, tags))
        begin += len(" ".join(record.tokens)) + 1


def _places(spans: Sequence[TaggedSpan], words: Words) -> set[Span]:
    return {(int(words.starts[span.first]), int(words.ends[span.last - 1])) for span in spans}


def _f1(found: Sequence[set[Span]], gold: Sequence[set[Span]]) -> float:
    right = sum(len(own & labelled) for own, labelled in zip(found, gold, strict=True))
    return 2 * right / max(sum(map(len, found)) + sum(map(len, gold)), 1)
