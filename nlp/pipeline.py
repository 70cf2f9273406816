"""Builds the reading pipeline: a spaCy Language with all components, their labels, names and regions in place."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Final, TypeVar

import spacy
from spacy.language import Language

from nlp.components.occupation import OccupationReader
from nlp.components.places import PlaceReader
from nlp.components.senses import SenseReader
from nlp.components.skills import SkillReader
from nlp.components.tagger import TaggerComponent
from nlp.extensions import register_extensions
from nlp.label_matcher import LabelMatcher
from nlp.linker.linker import Linker, trained_linker
from nlp.linker.span_linker import SpanLinker
from nlp.occupations.crosswalk import kept_crosswalk
from nlp.occupations.occupation_index import OccupationIndex
from nlp.senses.sense_chooser import SenseChooser
from nlp.senses.shared_labels import SharedLabels
from nlp.sentence_linker.model_folder import SentenceModel, content_hash, find_files
from nlp.sentence_linker.sentence_linker import SentenceLinker
from nlp.sentence_linker.sentence_span_linker import SentenceSpanLinker
from nlp.tagged_mentions import SpanLinking
from nlp.tagger.tagger import shipped_tagger
from taxonomies.model import ConceptType
from taxonomies.regions import Regions
from taxonomies.taxonomy import Taxonomy

Component = TypeVar("Component")

PIPELINE_VERSION: Final = "tagger/14"  # raise whenever the same posting would be read differently
RULES_VERSION: Final = "rules/15"  # likewise of the reading by labels and rules alone
MAX_CHARACTERS: Final = 5_000_000

_COMPONENTS: Final = (
    "language",
    "contacts",
    "tagger",
    "zones",
    "skills",
    "status",
    "occupation",
    "senses",
    "places",
    "conditions",
    "reading",
)
_LEARNT: Final = frozenset({"tagger", "senses"})


def register_components() -> None:
    """Register all factories with spaCy, for code that names them in a config or in `add_pipe`."""
    for name in _COMPONENTS:
        import_module(f"nlp.components.{name}")
    import_module("nlp.fast_tokenizer")
    register_extensions()


def pipeline_version(sentence_model: SentenceModel | None = None) -> str:
    """The version that readings are stamped with and kept by; a sentence model is part of it. Raises SentenceModelUnusable."""
    return (
        PIPELINE_VERSION
        if sentence_model is None
        else f"{PIPELINE_VERSION}+sentences:{content_hash(find_files(sentence_model.folder))[:12]}"
    )


def build_pipeline(
    taxonomy: Taxonomy,
    regions: Regions,
    *,
    languages: Sequence[str] | None = None,
    rules_only: bool = False,
    sentence_model: SentenceModel | None = None,
) -> Language:
    """Build the pipeline that reads postings with a taxonomy and regions.

    `languages` restricts whose labels are matched (None: all of the taxonomy; English always). Skills that no label names are linked by
    the linker of the taxonomy, where it was trained at import, and by a sentence model where one is given. `rules_only` leaves out the
    tagger and the linkers: several times faster, and it finds only what labels name. Set `Doc._.posting` before running the pipeline on a
    document, or use `nlp.reading.read_postings`. Texts may have up to 5,000,000 characters. Raises ModelUnreadable when the tagger or the
    network for names that come with the package are damaged, and SentenceModelUnusable.
    """
    register_components()
    nlp = spacy.blank("xx", config={"nlp": {"tokenizer": {"@tokenizers": "labourscope.FastTokenizer.v1"}}})
    nlp.max_length = MAX_CHARACTERS
    for name in _COMPONENTS[:-1]:
        if not (rules_only and name in _LEARNT):
            nlp.add_pipe(f"labourscope_{name}")
    version = RULES_VERSION if rules_only else pipeline_version(sentence_model)
    nlp.add_pipe("labourscope_reading", config={"pipeline": version, "taxonomy": str(taxonomy.ref), "nuts_version": regions.version})
    matcher = LabelMatcher.build(taxonomy, [ConceptType.SKILL], languages)
    trained = None if rules_only else trained_linker(taxonomy)
    part(nlp, SkillReader).use(matcher, None if rules_only else _span_linker(taxonomy, trained, sentence_model))
    if not rules_only:
        part(nlp, TaggerComponent).use(matcher, shipped_tagger())
        part(nlp, SenseReader).use(SharedLabels.kept(taxonomy, languages), SenseChooser(taxonomy, trained))
    part(nlp, OccupationReader).use(OccupationIndex.kept(taxonomy, languages), kept_crosswalk(taxonomy))
    part(nlp, PlaceReader).use(regions)
    return nlp


def _span_linker(taxonomy: Taxonomy, trained: Linker | None, sentence_model: SentenceModel | None) -> SpanLinking | None:
    if sentence_model is not None:
        return SentenceSpanLinker(SentenceLinker.load(taxonomy, sentence_model, trained))
    return None if trained is None else SpanLinker(trained)


def part(nlp: Language, kind: type[Component]) -> Component:
    """The component of a kind in a pipeline. Raises TypeError when another package has taken its name."""
    found = next((component for _, component in nlp.pipeline if isinstance(component, kind)), None)
    if found is None:
        raise TypeError("another package has registered components under Labourscope's names; remove it from this environment")
    return found
