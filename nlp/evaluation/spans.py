"""Measures span readers on tokens with BIO tags, strictly: the same start and end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from nlp.evaluation.gold import TaggedRecord, by_posting, language_in_name, read_records
from nlp.evaluation.quality import Slip, SpanFigures, SpansQuality, few_words
from nlp.evaluation.readers import SkillSpan, SpanReader

_KINDS: Final = ("skill", "knowledge")
_SLIPS: Final = 5

Span = tuple[int, int]
_Row = tuple[int, int, int]


def evaluate_spans(path: Path, spans: SpanReader, *, reader: str = "") -> SpansQuality:
    """Read the sentences of each posting together, tokens joined by spaces, and compare spans of each kind. Raises GoldInvalid.

    Sentences that name no posting (`idx`) are read by themselves.
    """
    records = read_records(path, TaggedRecord)
    fallback = language_in_name(path) or "en"
    rows: dict[str, list[_Row]] = {kind: [] for kind in _KINDS}
    missed: Counter[tuple[str, str]] = Counter()
    wrong: Counter[tuple[str, str]] = Counter()
    texts = [" ".join(record.tokens) for record in records]
    for record, text, found in zip(records, texts, _read(spans, by_posting(records), fallback), strict=True):
        for kind in _KINDS:
            tags = record.tags_skill if kind == "skill" else record.tags_knowledge
            gold, read = set(tagged_spans(record.tokens, tags)), found[kind]
            rows[kind].append((len(gold & read), len(read), len(gold)))
            missed.update((text[start:end].lower(), kind) for start, end in gold - read)
            wrong.update((text[start:end].lower(), kind) for start, end in read - gold)
    sources = sorted({record.source for record in records if record.source})
    return SpansQuality(
        n=len(records),
        skill=SpanFigures.of(rows["skill"]),
        knowledge=SpanFigures.of(rows["knowledge"]),
        reader=reader,
        by_source={
            source: {
                kind: SpanFigures.of([row for row, r in zip(rows[kind], records, strict=True) if r.source == source]) for kind in _KINDS
            }
            for source in sources
        },
        slips=(*_most(missed, "missed"), *_most(wrong, "wrong")),
    )


def tagged_spans(tokens: Sequence[str], tags: Sequence[str]) -> Iterator[Span]:
    """Spans (characters of the tokens joined by spaces) of BIO tags; an I that follows no B or I begins a span too."""
    at, start, end = 0, -1, -1
    for token, tag in zip(tokens, tags, strict=True):
        if tag != "I" and start >= 0:
            yield start, end
            start = -1
        if tag != "O":
            start = at if start < 0 else start
            end = at + len(token)
        at += len(token) + 1
    if start >= 0:
        yield start, end


def _read(spans: SpanReader, postings: Sequence[Sequence[TaggedRecord]], fallback: str) -> Iterator[dict[str, set[Span]]]:
    """Spans by kind for each sentence, in order."""
    found: dict[int, Sequence[Sequence[SkillSpan]]] = {}
    languages = [posting[0].lang or fallback for posting in postings]
    for language in dict.fromkeys(languages):
        own = [at for at, other in enumerate(languages) if other == language]
        texts = [[" ".join(record.tokens) for record in postings[at]] for at in own]
        found |= dict(zip(own, spans.read(texts, language=language), strict=True))
    for at in range(len(postings)):
        for read in found[at]:
            yield {kind: {(span.start, span.end) for span in read if span.kind == kind} for kind in _KINDS}


def _most(counted: Counter[tuple[str, str]], what: str) -> Iterable[Slip]:
    """The words most often missed, or wrongly read."""
    for (words, kind), times in sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:_SLIPS]:
        yield Slip(
            few_words(words), f"{kind}, {times}×" if what == "missed" else "nothing", "nothing" if what == "missed" else f"{kind}, {times}×"
        )
