"""Readers by name, made from a taxonomy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from nlp.evaluation.char_readers import CharLinker, CharOccupationReader
from nlp.evaluation.label_readers import LabelLinker, LabelSpanReader, TitleOccupationReader
from nlp.evaluation.linker_readers import LinkerReader, TrainedLinkerReader, VectorReader
from nlp.evaluation.occupation_readers import RankedOccupationReader, TaughtOccupationReader
from nlp.evaluation.readers import Linker, OccupationReader, ReaderName, SpanReader
from nlp.evaluation.tagger_reader import TaggerSpanReader
from nlp.label_matcher import LabelMatcher
from nlp.linker.linker import kept_linker
from nlp.occupations.occupation_index import OccupationIndex
from nlp.pipeline import build_pipeline
from nlp.reading import read_postings
from nlp.sentence_linker.error import SentenceModelUnusable
from nlp.sentence_linker.model_folder import SentenceModel
from nlp.sentence_linker.sentence_linker import SentenceLinker
from nlp.tagger.tagger import shipped_tagger
from taxonomies.model import ConceptType
from taxonomies.regions import Regions
from taxonomies.taxonomy import Taxonomy
from vacancies.enriched import EnrichedPosting
from vacancies.posting import Posting


def linker_of(name: ReaderName, taxonomy: Taxonomy, sentence_model: SentenceModel | None = None) -> Linker:
    """The linker of a name. Raises SentenceModelUnusable where a sentence model is asked for and none is set or it cannot be used."""
    if name is ReaderName.CHAR_TFIDF:
        return CharLinker.of(taxonomy)
    if name is ReaderName.LINKER:
        return TrainedLinkerReader(kept_linker(taxonomy), taxonomy)
    if name is ReaderName.SENTENCES:
        if sentence_model is None:
            raise SentenceModelUnusable("there is no sentence model to read with; set LABOURSCOPE_SENTENCE_MODEL to the folder of one")
        return LinkerReader(SentenceLinker.load(taxonomy, sentence_model))
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


def pipeline_of(
    taxonomy: Taxonomy, regions: Regions, sentence_model: SentenceModel | None = None
) -> Callable[[Iterable[Posting]], Iterator[EnrichedPosting]]:
    """The whole pipeline, as a reader of postings."""
    return partial(read_postings, build_pipeline(taxonomy, regions, sentence_model=sentence_model))
