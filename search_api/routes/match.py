"""Match a profile's skills to vacancies: why each fits, and what is missing. Profiles are neither stored nor logged."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from search_api.answer import Answer, Meta, VacancySummary, meta_of, summary_of
from search_api.context import ApiContext, Context
from search_api.problem import unknown_values
from search_api.query import MatchQuery, VacancyFilter
from search_api.routes.vacancies import link_to
from search_api.skill_profile import Comparison, GivenSkill, ProfileSkill, compare, resolve_profile, weighted
from search_api.vacancy_search import FilterParameters
from search_api.vocabulary import Vocabulary
from search_api.zero_reason import ZeroReason, explain_zero, filters_without_one, parameter_of

router = APIRouter(prefix="/v1/match", tags=["matching"])
_SCORING = (
    "Sum of the weights of the profile's skills that the vacancy asks for; required skills count fully, preferred and duty skills half."
)


class MatchRequest(BaseModel):
    """A profile to be matched: 1 to 200 skills, conditions on the vacancies, and how many skills must be found at least."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    skills: Annotated[tuple[GivenSkill, ...], Field(min_length=1, max_length=200)]
    filter: FilterParameters = FilterParameters()
    minimum_found: Annotated[int, Field(ge=1, le=200)] = 1
    limit: Annotated[int, Field(ge=1, le=500)] = 20
    lang: Annotated[str, Field(pattern=r"^[a-z]{2}$", description="Language of the labels in the answer.")] = "en"


class Match(Answer):
    """A vacancy that fits, its score and the highest score this profile can reach, and the comparison skill by skill."""

    vacancy: VacancySummary
    score: float
    skills: Comparison


class MatchAnswer(Answer):
    """Vacancies for a profile, best first; `profile` echoes how each given skill was understood."""

    meta: Meta
    profile: tuple[ProfileSkill, ...]
    scoring: str
    best_possible: float
    total: int
    hits: tuple[Match, ...]
    zero_reason: ZeroReason | None = None


@router.post("", summary="Match a profile's skills to vacancies: what fits, why, and what is missing")
def match_profile(request: Request, response: Response, context: Context, body: MatchRequest) -> MatchAnswer:
    """Rank vacancies for a list of skills, with the skills found and missing in each."""
    response.headers["Cache-Control"] = "no-store"
    profile = _checked_profile(context, body)
    skills = weighted(profile)
    query = MatchQuery(skills=skills, filter=body.filter.to_filter(), minimum_found=body.minimum_found, limit=body.limit)
    result = context.engine.match(query)
    hits = tuple(
        Match(
            vacancy=summary_of(context, hit.document, body.lang, link_to(request, hit.document.vacancy_id)),
            score=hit.score,
            skills=compare(context, skills, hit.document, body.lang),
        )
        for hit in result.hits
    )
    return MatchAnswer(
        meta=meta_of(context),
        profile=profile,
        scoring=_SCORING,
        best_possible=sum(skill.weight for skill in skills),
        total=result.total,
        hits=hits,
        zero_reason=_zero_reason(context, query) if result.total == 0 else None,
    )


def _checked_profile(context: ApiContext, body: MatchRequest) -> tuple[ProfileSkill, ...]:
    vocabulary = Vocabulary(context)
    body.filter.check(vocabulary)
    vocabulary.languages("lang", [body.lang], stated=True)
    vocabulary.check()
    profile, faults = resolve_profile(context, body.skills, body.lang)
    if faults:
        raise unknown_values(faults)
    return profile


def _zero_reason(context: ApiContext, query: MatchQuery) -> ZeroReason:
    def count(changed: MatchQuery) -> int:
        return context.engine.match(changed.model_copy(update={"limit": 1})).total

    counts = {parameter_of(field): count(query.model_copy(update={"filter": f})) for field, f in filters_without_one(query.filter).items()}
    if query.minimum_found > 1:
        counts["minimum_found"] = count(query.model_copy(update={"minimum_found": 1}))
    bare = MatchQuery(skills=query.skills, filter=VacancyFilter(open_only=False))
    return explain_zero(counts, count(bare), nothing="No vacancy, open or gone, asks for any of these skills.")
