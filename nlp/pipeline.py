"""Builds the reading pipeline: a spaCy Language with all components, their labels, names and regions in place."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Final

import spacy
from spacy.language import Language

from nlp.components.occupation import OccupationReader
from nlp.components.places import PlaceReader
from nlp.components.skills import SkillReader
from nlp.extensions import register_extensions
from nlp.label_matcher import LabelMatcher
from nlp.occupations.crosswalk import kept_crosswalk
from nlp.occupations.occupation_index import OccupationIndex
from taxonomies.model import ConceptType
from taxonomies.regions import Regions
from taxonomies.taxonomy import Taxonomy

PIPELINE_VERSION: Final = "labels/2"  # raise whenever the same posting would be read differently
MAX_CHARACTERS: Final = 5_000_000

_COMPONENTS: Final = ("language", "contacts", "zones", "skills", "status", "occupation", "places", "conditions", "reading")


def register_components() -> None:
    """Register all factories with spaCy, for code that names them in a config or in `add_pipe`."""
    for name in _COMPONENTS:
        import_module(f"nlp.components.{name}")
    import_module("nlp.fast_tokenizer")
    register_extensions()


def build_pipeline(taxonomy: Taxonomy, regions: Regions, *, languages: Sequence[str] | None = None) -> Language:
    """Build the pipeline that reads postings with a taxonomy and regions.

    `languages` restricts whose labels are matched (None: all of the taxonomy; English always). Set `Doc._.posting` before running it on
    a document, or use `nlp.reading.read_postings`. Texts may have up to 5,000,000 characters.
    """
    register_components()
    nlp = spacy.blank("xx", config={"nlp": {"tokenizer": {"@tokenizers": "labourscope.FastTokenizer.v1"}}})
    nlp.max_length = MAX_CHARACTERS
    for name in _COMPONENTS[:-1]:
        nlp.add_pipe(f"labourscope_{name}")
    nlp.add_pipe(
        "labourscope_reading", config={"pipeline": PIPELINE_VERSION, "taxonomy": str(taxonomy.ref), "nuts_version": regions.version}
    )
    skills, occupation, places = (nlp.get_pipe(f"labourscope_{name}") for name in ("skills", "occupation", "places"))
    if not (isinstance(skills, SkillReader) and isinstance(occupation, OccupationReader) and isinstance(places, PlaceReader)):
        raise TypeError("another package has registered components under Labourscope's names; remove it from this environment")
    skills.use(LabelMatcher.build(taxonomy, [ConceptType.SKILL], languages))
    occupation.use(OccupationIndex.build(taxonomy, languages), kept_crosswalk(taxonomy))
    places.use(regions)
    return nlp
