"""Search vacancies, and one vacancy with its postings and the evidence for everything read in them."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from search_api.answer import Answer, FacetCount, Meta, VacancySummary, facet_label, meta_of, summary_of
from search_api.context import ApiContext, Context
from search_api.links import path_to, same_with
from search_api.query import FacetField, SearchResult, VacancyQuery
from search_api.vacancy_detail import VacancyDetail, load_vacancy
from search_api.vacancy_search import SearchParameters
from search_api.vocabulary import Vocabulary
from search_api.zero_reason import ZeroReason, vacancy_zero_reason

router = APIRouter(prefix="/v1/vacancies", tags=["vacancies"])


class VacancyHit(VacancySummary):
    """A vacancy found; scores compare within one answer only."""

    score: float


class VacancyPage(Answer):
    """One page of a search; `next` is the address of the following page, None on the last. `zero_reason` is there when total is 0."""

    meta: Meta
    total: int
    hits: tuple[VacancyHit, ...]
    facets: dict[FacetField, tuple[FacetCount, ...]]
    next: str | None
    zero_reason: ZeroReason | None = None


@router.get("", summary="Search vacancies by text, skills, occupation, region and conditions")
def search_vacancies(
    request: Request, response: Response, context: Context, parameters: Annotated[SearchParameters, Query()]
) -> VacancyPage:
    """Search open vacancies by text and conditions, count them by facets, page through all of them."""
    query = parameters.to_query(context)
    result = context.engine.search(query)
    following = same_with(request, cursor=result.next_cursor) if result.next_cursor else None
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    hits = tuple(
        VacancyHit(**dict(summary_of(context, hit.document, parameters.lang, link_to(request, hit.document.vacancy_id))), score=hit.score)
        for hit in result.hits
    )
    return VacancyPage(
        meta=meta_of(context),
        total=result.total,
        hits=hits,
        facets=label_facets(context, result, parameters.lang),
        next=following,
        zero_reason=zero_reason_of(context, query) if result.total == 0 else None,
    )


@router.get("/{vacancy_id}", summary="One vacancy with its postings, and the words that each skill was read from")
def get_vacancy(
    request: Request,
    context: Context,
    vacancy_id: Annotated[str, Path(pattern=r"^[0-9a-f]{32}$", description="Id of the vacancy.")],
    lang: str = "en",
) -> VacancyDetail:
    """One vacancy: all its postings and copies with the reason for each link, and each skill with the words it was read from."""
    vocabulary = Vocabulary(context)
    vocabulary.languages("lang", [lang], stated=True)
    vocabulary.check()
    return load_vacancy(context, vacancy_id, lang, link_to(request, vacancy_id))


def link_to(request: Request, vacancy_id: str) -> str:
    """The address of a vacancy in this API."""
    return path_to(request, "get_vacancy", vacancy_id=vacancy_id)


def label_facets(context: ApiContext, result: SearchResult, language: str) -> dict[FacetField, tuple[FacetCount, ...]]:
    """The facets of a result with labels."""
    return {
        facet: tuple(FacetCount(value=b.value, label=facet_label(context, facet, b.value, language), count=b.count) for b in buckets)
        for facet, buckets in result.facets.items()
    }


def zero_reason_of(context: ApiContext, query: VacancyQuery) -> ZeroReason:
    """Why a search found nothing."""
    return vacancy_zero_reason(query, lambda changed: context.engine.search(changed).total)
