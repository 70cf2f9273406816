"""Readers by name, made from a taxonomy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from nlp.evaluation.char_readers import CharLinker, CharOccupationReader
from nlp.evaluation.label_readers import LabelLinker, LabelSpanReader, TitleOccupationReader
from nlp.evaluation.linker_readers import LinkerReader, VectorReader
from nlp.evaluation.occupation_readers import RankedOccupationReader, TaughtOccupationReader
from nlp.evaluation.readers import Linker, OccupationReader, ReaderName, SpanReader
from nlp.evaluation.tagger_reader import TaggerSpanReader
from nlp.label_matcher import LabelMatcher
from nlp.linker.linker import kept_linker
from nlp.occupations.occupation_index import OccupationIndex
from nlp.pipeline import build_pipeline
from nlp.reading import read_postings
from nlp.tagger.tagger import shipped_tagger
from taxonomies.model import ConceptType
from taxonomies.regions import Regions
from taxonomies.taxonomy import Taxonomy
from vacancies.enriched import EnrichedPosting
from vacancies.posting import Posting


def linker_of(name: ReaderName, taxonomy: Taxonomy) -> Linker:
    """The linker of a name."""
    if name is ReaderName.CHAR_TFIDF:
        return CharLinker.of(taxonomy)
    if name is ReaderName.LINKER:
        return LinkerReader(kept_linker(taxonomy))
    if name is ReaderName.VECTORS:
        return VectorReader(kept_linker(taxonomy))
    return LabelLinker(taxonomy, LabelMatcher.build(taxonomy, [ConceptType.SKILL]))


def occupation_reader_of(name: ReaderName, taxonomy: Taxonomy) -> OccupationReader:
    """The occupation reader of a name."""
    if name is ReaderName.CHAR_TFIDF:
        return CharOccupationReader.of(taxonomy)
    if name is ReaderName.RANKER:
        return RankedOccupationReader.shipped(taxonomy)
    if name is ReaderName.TAUGHT:
        return TaughtOccupationReader.of(taxonomy)
    return TitleOccupationReader(OccupationIndex.build(taxonomy))


def span_reader_of(name: ReaderName, taxonomy: Taxonomy) -> SpanReader:
    """The span reader of a name."""
    matcher = LabelMatcher.build(taxonomy, [ConceptType.SKILL])
    return TaggerSpanReader(shipped_tagger(), matcher) if name is ReaderName.TAGGER else LabelSpanReader(matcher)


def pipeline_of(taxonomy: Taxonomy, regions: Regions) -> Callable[[Iterable[Posting]], Iterator[EnrichedPosting]]:
    """The whole pipeline, as a reader of postings."""
    return partial(read_postings, build_pipeline(taxonomy, regions))
