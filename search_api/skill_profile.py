"""A profile's skills: resolved from URIs or labels, and compared with what a vacancy asks for."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, model_validator

from search_api.answer import Answer, Term
from search_api.context import ApiContext
from search_api.document import VacancyDocument
from search_api.problem import ValueFault, echo
from search_api.query import WeightedSkill
from search_api.vocabulary import near_concepts
from taxonomies.model import ConceptHit, ConceptType
from vacancies.enriched import SkillStatus

_SKILLS: Final = (ConceptType.SKILL,)
_SHARE: Final = {SkillStatus.REQUIRED: 1.0, SkillStatus.PREFERRED: 0.5, SkillStatus.DUTY: 0.5}


class GivenSkill(BaseModel):
    """A skill of a profile: its URI, or its label with the label's language (any language when none is given), and its weight."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    uri: Annotated[str, Field(max_length=500)] | None = None
    label: Annotated[str, Field(min_length=1, max_length=300)] | None = None
    language: Annotated[str, Field(pattern=r"^[a-z]{2}$")] | None = None
    weight: Annotated[float, Field(gt=0, le=10)] = 1.0

    @model_validator(mode="after")
    def _one_name(self) -> GivenSkill:
        if (self.uri is None) == (self.label is None):
            raise ValueError("give either uri or label")
        return self


class ProfileSkill(Answer):
    """A skill as understood: the concept, what was given for it, and other concepts that go by the same label."""

    given: str
    concept: Term
    weight: float
    also: tuple[Term, ...] = ()


class FoundSkill(Answer):
    """A skill of the profile that the vacancy asks for; `points` is what it adds to the score (weight, halved unless required)."""

    concept: Term
    status: SkillStatus
    weight: float
    points: float


class MissingSkill(Answer):
    """A skill the vacancy asks for that the profile does not have."""

    concept: Term
    status: SkillStatus


class Relatedness(StrEnum):
    """How a skill of the profile is related to one that is missing."""

    BROADER = "broader"  # the profile has the broader skill
    NARROWER = "narrower"  # the profile has a narrower skill
    SIBLING = "sibling"  # both stand directly under the same concept


class NearMiss(Answer):
    """A missing skill to which the profile has a close relative in the taxonomy."""

    missing: Term
    status: SkillStatus
    has: Term
    relation: Relatedness


class Comparison(Answer):
    """A profile beside a vacancy: what was found, what is missing, and which missing skills are near to one of the profile's."""

    found: tuple[FoundSkill, ...]
    missing: tuple[MissingSkill, ...]
    near_misses: tuple[NearMiss, ...]


def resolve_profile(context: ApiContext, given: tuple[GivenSkill, ...], language: str) -> tuple[tuple[ProfileSkill, ...], list[ValueFault]]:
    """Turn given skills into concepts; those that name none come back as faults."""
    resolved: list[ProfileSkill] = []
    faults: list[ValueFault] = []
    for number, skill in enumerate(given):
        if skill.uri is not None:
            if skill.uri in context.taxonomy and context.taxonomy.type_of(skill.uri) in _SKILLS:
                term = Term(uri=skill.uri, label=context.concept_label(skill.uri, language))
                resolved.append(ProfileSkill(given=skill.uri, concept=term, weight=skill.weight))
            else:
                faults.append(_fault(context, f"skills.{number}.uri", skill.uri))
        elif skill.label is not None:
            exact = exact_concepts(context, skill.label, skill.language, _SKILLS)
            if exact:
                terms = [Term(uri=hit.uri, label=context.concept_label(hit.uri, language)) for hit in exact]
                resolved.append(ProfileSkill(given=skill.label, concept=terms[0], weight=skill.weight, also=tuple(terms[1:])))
            else:
                faults.append(_fault(context, f"skills.{number}.label", skill.label))
    return tuple(resolved), faults


def exact_concepts(context: ApiContext, label: str, language: str | None, types: tuple[ConceptType, ...]) -> list[ConceptHit]:
    """The concepts that go by exactly this label, those whose preferred label it is first."""
    wanted = label.strip().casefold()
    hits = context.taxonomy.search(label, language=language, types=types, limit=10)
    exact = [hit for hit in hits if hit.score == 1 or hit.matched.casefold() == wanted]
    return sorted(exact, key=lambda hit: hit.label.casefold() != wanted)


def weighted(profile: tuple[ProfileSkill, ...]) -> tuple[WeightedSkill, ...]:
    """The profile as engines take it; of a skill given twice the greater weight counts."""
    weights: dict[str, float] = {}
    for skill in profile:
        weights[skill.concept.uri] = max(skill.weight, weights.get(skill.concept.uri, 0.0))
    return tuple(WeightedSkill(uri=uri, weight=weight) for uri, weight in weights.items())


def compare(context: ApiContext, skills: tuple[WeightedSkill, ...], document: VacancyDocument, language: str) -> Comparison:
    """Put a profile beside what a vacancy asks for."""
    asked = statuses_of(document)
    weights = {skill.uri: skill.weight for skill in skills}
    terms = {uri: Term(uri=uri, label=context.concept_label(uri, language)) for uri in (*asked, *weights)}
    found = tuple(
        FoundSkill(concept=terms[uri], status=status, weight=weights[uri], points=weights[uri] * _SHARE[status])
        for uri, status in asked.items()
        if uri in weights
    )
    missing = {uri: status for uri, status in asked.items() if uri not in weights}
    near = (
        NearMiss(missing=terms[uri], status=status, has=terms[has], relation=relation)
        for uri, status in missing.items()
        if (match := _nearest(context, uri, weights)) is not None
        for has, relation in (match,)
    )
    return Comparison(
        found=tuple(sorted(found, key=lambda f: (-f.points, f.concept.label))),
        missing=tuple(MissingSkill(concept=terms[uri], status=status) for uri, status in missing.items()),
        near_misses=tuple(near),
    )


def statuses_of(document: VacancyDocument) -> dict[str, SkillStatus]:
    """The skills a vacancy asks for with the strongest status of each: required, then preferred, then duty."""
    statuses: dict[str, SkillStatus] = {}
    for status, uris in (
        (SkillStatus.REQUIRED, document.skills_required),
        (SkillStatus.PREFERRED, document.skills_preferred),
        (SkillStatus.DUTY, document.skills_duty),
    ):
        for uri in uris:
            statuses.setdefault(uri, status)
    return statuses


def _nearest(context: ApiContext, missing: str, profile: dict[str, float]) -> tuple[str, Relatedness] | None:
    taxonomy = context.taxonomy
    if missing not in taxonomy:
        return None
    above = set(taxonomy.broader(missing))
    below = set(taxonomy.narrower(missing))
    for relation, related in ((Relatedness.BROADER, above), (Relatedness.NARROWER, below)):
        if held := [uri for uri in profile if uri in related]:
            return held[0], relation
    siblings = (uri for uri in profile if uri in taxonomy and above.intersection(taxonomy.broader(uri)))
    sibling = next(siblings, None)
    return None if sibling is None else (sibling, Relatedness.SIBLING)


def _fault(context: ApiContext, place: str, value: str) -> ValueFault:
    message = f"{echo(value)!r} is no skill of {context.taxonomy.ref}"
    return ValueFault(parameter=place, value=echo(value), message=message, near=near_concepts(context, value, _SKILLS))
