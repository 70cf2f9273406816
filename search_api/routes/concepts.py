"""Concepts by label (type-ahead) and by URI, and regions by name: from words to codes."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query
from pydantic import BaseModel, ConfigDict, Field

from search_api.answer import Answer, Coded, Meta, Term, meta_of, terms
from search_api.context import ApiContext, Context
from search_api.problem import Problem, ValueFault, echo, near_values
from search_api.vocabulary import Vocabulary, near_concepts, near_regions
from taxonomies.model import Concept, ConceptType

router = APIRouter(prefix="/v1", tags=["concepts and regions"])


class ConceptMatch(Answer):
    """A concept found: its label, the label that matched, and how well (1 is the exact label)."""

    uri: str
    type: ConceptType
    code: str | None
    label: str
    matched: str
    language: str
    score: float


class ConceptMatches(Answer):
    """Concepts found, best first."""

    meta: Meta
    concepts: tuple[ConceptMatch, ...]


class ConceptAnswer(Answer):
    """A concept with all labels, its neighbours in the taxonomy, and what replaced it."""

    meta: Meta
    concept: Concept
    broader: tuple[Term, ...]
    narrower: tuple[Term, ...]
    essential_skills: tuple[Term, ...]
    optional_skills: tuple[Term, ...]
    occupations: tuple[Term, ...]
    replaced_by: tuple[Term, ...]


class RegionMatch(Answer):
    """A region: its code, name, level 0 to 3 and the regions above it, nearest first."""

    code: str
    label: str
    level: int
    within: tuple[Coded, ...]


class RegionMatches(Answer):
    """Regions found, best first."""

    meta: Meta
    regions: tuple[RegionMatch, ...]


class ConceptParameters(BaseModel):
    """A type-ahead search."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    q: Annotated[
        str, Field(min_length=1, max_length=200, description="Beginning of a label, or words of it; slips of the pen are forgiven.")
    ]
    lang: Annotated[str | None, Field(description="Look only at labels of this language, ISO 639-1.")] = None
    type: Annotated[list[ConceptType], Field(description="Kinds of concepts.")] = []
    limit: Annotated[int, Field(ge=1, le=100)] = 10


@router.get("/concepts", summary="Find skills and occupations by what is being typed, in all languages")
def find_concepts(context: Context, parameters: Annotated[ConceptParameters, Query()]) -> ConceptMatches:
    """Concepts whose labels fit what is being typed, in all languages unless one is named."""
    if parameters.lang is not None:
        check_label_language(context, parameters.lang)
    types = tuple(parameters.type) or None
    hits = context.taxonomy.search(parameters.q, language=parameters.lang, types=types, limit=parameters.limit)
    found = (ConceptMatch(**hit._asdict(), code=context.taxonomy.code_of(hit.uri)) for hit in hits)
    return ConceptMatches(meta=meta_of(context), concepts=tuple(found))


@router.get("/concepts/{uri:path}", summary="One skill, occupation or group with its labels and neighbours")
def get_concept(context: Context, uri: Annotated[str, Path(max_length=500)], lang: str = "en") -> ConceptAnswer:
    """One concept with all its labels and its neighbours."""
    vocabulary = Vocabulary(context)
    vocabulary.languages("lang", [lang], stated=True)
    vocabulary.check()
    taxonomy = context.taxonomy
    concept = taxonomy.get(uri)
    if concept is None:
        near = near_concepts(context, uri, tuple(ConceptType))
        message = f"{taxonomy.ref} has no concept {echo(uri)!r}"
        raise Problem(404, "unknown-concept", message, errors=[ValueFault(parameter="uri", value=echo(uri), message=message, near=near)])
    skills = taxonomy.skills_of(uri)
    return ConceptAnswer(
        meta=meta_of(context),
        concept=concept,
        broader=terms(context, taxonomy.broader(uri), lang),
        narrower=terms(context, taxonomy.narrower(uri), lang),
        essential_skills=terms(context, skills.essential, lang),
        optional_skills=terms(context, skills.optional, lang),
        occupations=terms(context, taxonomy.occupations_of(uri), lang) if concept.type is ConceptType.SKILL else (),
        replaced_by=terms(context, taxonomy.replaced_by(uri), lang),
    )


class RegionParameters(BaseModel):
    """A search for regions."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    q: Annotated[str, Field(min_length=1, max_length=200, description="Name of a region or place, or a code.")]


@router.get("/regions", summary="Find regions by name, place or NUTS code")
def find_regions(context: Context, parameters: Annotated[RegionParameters, Query()]) -> RegionMatches:
    """Regions by name, by the name of a place in them, or by code, best first (at most 5)."""
    found = (region_of(context, near.code) for near in near_regions(context, parameters.q))
    return RegionMatches(meta=meta_of(context), regions=tuple(found))


def region_of(context: ApiContext, code: str) -> RegionMatch:
    """A region with the regions above it."""
    within = tuple(Coded(code=above, label=context.region_label(above)) for above in context.regions.parents(code))
    return RegionMatch(code=code, label=context.region_label(code), level=len(code) - 2, within=within)


def check_label_language(context: ApiContext, language: str) -> None:
    """A problem (422) for a language that the taxonomy has no labels in."""
    vocabulary = Vocabulary(context)
    vocabulary.languages("lang", [language], stated=True)
    vocabulary.check()
    known = context.taxonomy.languages
    if language not in known:
        message = f"{context.taxonomy.ref} has no labels in {language!r}; it has {', '.join(known)}"
        fault = ValueFault(parameter="lang", value=language, message=message, near=near_values(language, {code: code for code in known}))
        raise Problem(422, "unknown-value", message, errors=[fault])
