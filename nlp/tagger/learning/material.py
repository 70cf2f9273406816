"""Gathers the texts to learn from: labelled files, and any advertisements without labels."""

from __future__ import annotations

import gzip
import json
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Final

import numpy as np

from nlp.evaluation.gold import ReadingRecord, TaggedRecord, by_posting, read_advertisements, read_records
from nlp.label_matcher import LabelMatcher
from nlp.tagger.learning.examples import (
    Example,
    WordTable,
    plain_example,
    posting_example,
    reading_example,
    sentence_example,
    split_text,
)
from nlp.tagger.learning.recipe import Lesson
from nlp.tagger.words import Words, in_one_segment
from taxonomies.model import ConceptType
from taxonomies.taxonomy import Taxonomy

_log = logging.getLogger(__name__)

_LONGEST: Final = 8_000  # characters of an unlabelled text; the rest adds little
_SHORTEST: Final = 40
_LABELS: Final = 4  # of a concept in a language
_CONCEPTS: Final = "concepts"  # stands for the language of texts that mix them
_LOOSE_SENTENCES: Final = 9_000  # about twice as many as SkillSpan has
_SEGMENTS_OF_A_TEXT: Final = 5
_LONGEST_SENTENCE: Final = 400  # characters
_SAME: Final = 200  # first characters by which a text is known again


@dataclass(frozen=True)
class MaterialFiles:
    """What to learn from. Records of `left_out` files (by id and by their first words) and corpora named in `without` are not used."""

    advertisements: Sequence[Path]
    sentences: Sequence[Path] = ()
    unlabelled: Sequence[Path] = ()
    left_out: Sequence[Path] = ()
    without: Sequence[str] = ()
    taxonomy: str = ""  # "esco:1.1.0": whose labels are texts, too
    held_out_sentences: Path | None = None  # not learnt from: thresholds are chosen on them

    @property
    def held_out_names(self) -> tuple[str, ...]:
        """The name of the file of held-out sentences, where there is one."""
        return () if self.held_out_sentences is None else (self.held_out_sentences.name,)


@dataclass(frozen=True)
class Material:
    """Labelled records with their words, a lesson made of all texts, and the words of the unlabelled texts by name."""

    records: list[ReadingRecord]
    labelled_words: list[Words]
    lesson: Lesson
    words: dict[str, Words]


def concept_texts(taxonomy: Taxonomy) -> dict[str, str]:
    """Texts to guess words in: some labels of each skill and occupation in every language, so that words of one meaning stand together,
    and the concepts' descriptions."""
    labels: dict[str, dict[str, list[str]]] = {}
    for row in taxonomy.iter_labels([ConceptType.SKILL, ConceptType.OCCUPATION]):
        own = labels.setdefault(row.uri, {}).setdefault(row.language, [])
        if len(own) < _LABELS:
            own.append(row.text)
    texts = {uri: "\n".join(text for own in by_language.values() for text in own) for uri, by_language in labels.items()}
    return texts | {f"{uri} {language}": text for uri, language, text in taxonomy.iter_descriptions() if uri in labels}


def gather(files: MaterialFiles, matcher: LabelMatcher | None, concepts: Mapping[str, str] | None = None) -> Material:
    """Read all files; `concepts` are further texts by name. Raises GoldInvalid for a labelled file of another form."""
    left_out = [record for path in files.left_out for record in read_advertisements(path)]
    known = {record.id for record in left_out}
    openings = {record.description[:_SAME] for record in left_out}
    labelled_records = (record for path in files.advertisements for record in read_advertisements(path))
    records = [
        record for record in labelled_records if _is_used(record.id, files.without, known) and record.description[:_SAME] not in openings
    ]
    table = WordTable()
    labelled_words = [split_text(record.description, record.lang, matcher) for record in records]
    labelled = [reading_example(record, own, table) for record, own in zip(records, labelled_words, strict=True)]
    tagged = [read_records(path, TaggedRecord) for path in files.sentences]
    sentences = [
        sentence_example(record, f"sentence {number}", table, matcher) for number, record in enumerate(chain.from_iterable(tagged))
    ]
    sentences += [
        posting_example(own, f"posting {number}", table, matcher)
        for number, own in enumerate(chain.from_iterable(map(by_posting, tagged)))
        if len(own) > 1
    ]
    words: dict[str, Words] = {}
    unlabelled = []
    for name, language, text in plain_texts(files.unlabelled, files.without):
        if name in known or text[:_SAME] in openings:
            continue
        words[name] = split_text(text, language, matcher)
        unlabelled.append(plain_example(name, language, words[name], table))
    named = [plain_example(name, _CONCEPTS, split_text(text, "en", None), table) for name, text in (concepts or {}).items()]
    _log.info("%d labelled texts, %d sentences, %d texts without labels", len(labelled), len(sentences), len(unlabelled))
    full = [example for example in sentences if len(example.numbers)]
    loose = list(_loose_sentences(unlabelled, words, table, matcher)) if full else []
    words |= {example.name: own for example, own in loose}
    lesson = Lesson(table, labelled, full, unlabelled, concepts=named, loose=[example for example, _ in loose])
    return Material(records, labelled_words, lesson, words)


def _loose_sentences(
    texts: Sequence[Example], words: Mapping[str, Words], table: WordTable, matcher: LabelMatcher | None
) -> Iterator[tuple[Example, Words]]:
    """Single segments of unlabelled English texts, as those that SkillSpan labels: some of every text, each once."""
    random = np.random.default_rng(0)
    english = [example for example in texts if example.language == "en"]
    seen: set[str] = set()
    for at in random.permutation(len(english)):
        own = words[english[at].name]
        first = np.flatnonzero(np.diff(own.segments, prepend=-1))
        ends = np.append(first[1:], len(own.words))
        for number in random.permutation(len(first))[:_SEGMENTS_OF_A_TEXT]:
            text = " ".join(word for word in own.words[first[number] : ends[number]] if not word.isspace())
            if len(seen) < _LOOSE_SENTENCES and text not in seen and _SHORTEST <= len(text) <= _LONGEST_SENTENCE:
                seen.add(text)
                split = in_one_segment(split_text(text, "en", matcher))
                yield plain_example(f"loose sentence {len(seen)}", "en", split, table), split


def _is_used(name: str, without: Iterable[str], known: set[str]) -> bool:
    return name not in known and not any(name.startswith(corpus) for corpus in without)


def plain_texts(files: Iterable[Path], without: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """Name, language and text of each advertisement, each text once."""
    seen: set[str] = set()
    for path in files:
        corpus = path.name.split(".")[0]
        if corpus in without:
            continue
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
            for line in lines:
                record = json.loads(line)
                text = (record.get("description") or "")[:_LONGEST]
                if len(text) >= _SHORTEST and text[:_SAME] not in seen:
                    seen.add(text[:_SAME])
                    yield f"{corpus}/{record.get('id')}", record.get("lang") or "en", text
