"""The vacancy search page: its form, hits, facets and why nothing was found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from search_api.answer import FacetCount, VacancySummary, facet_label, summary_of
from search_api.code_names import Contract, Remote, WorkingTime
from search_api.context import ApiContext
from search_api.dashboard.choices import Named, RegionOption, name_occupation, name_skill, regions_of_index
from search_api.dashboard.demand_view import FormFault
from search_api.problem import near_values
from search_api.query import FacetField, SearchResult, Sort, VacancyFilter, VacancyQuery
from search_api.vocabulary import near_regions
from search_api.zero_reason import ZeroReason, vacancy_zero_reason

_FACETS: Final = (FacetField.SKILL, FacetField.OCCUPATION, FacetField.LANGUAGE, FacetField.BOARD, FacetField.CONTRACT)
_PER_PAGE: Final = 20


class SearchForm(BaseModel):
    """The form as sent; empty fields mean no condition."""

    model_config = ConfigDict(frozen=True)

    text: Annotated[str, Field(max_length=500)] = ""
    region: Annotated[str, Field(max_length=100)] = ""
    occupation: Annotated[str, Field(max_length=500)] = ""
    skill: Annotated[str, Field(max_length=500)] = ""
    language: Annotated[str, Field(max_length=20)] = ""
    board: Annotated[str, Field(max_length=100)] = ""
    contract: Contract | str = ""
    working_time: WorkingTime | str = ""
    remote: Remote | str = ""
    posted_from: Annotated[str, Field(max_length=10)] = ""
    posted_to: Annotated[str, Field(max_length=10)] = ""
    include_gone: bool = False
    sort: Sort = Sort.RELEVANCE
    cursor: Annotated[str, Field(max_length=4096)] = ""


@dataclass(frozen=True)
class SearchView:
    """What the search page shows; `result` is None when the form was not understood."""

    form: SearchForm
    faults: tuple[FormFault, ...]
    occupation: Named
    skill: Named
    regions: tuple[RegionOption, ...]
    languages: tuple[FacetCount, ...]
    total: int | None
    hits: tuple[VacancySummary, ...]
    facets: dict[FacetField, tuple[FacetCount, ...]]
    next_cursor: str | None
    zero_reason: ZeroReason | None

    def with_changed(self, **changed: object) -> dict[str, object]:
        """The form's parameters with some changed, from the first page on."""
        sent = self.form.model_dump(exclude={"cursor"}, exclude_defaults=True)
        return {**sent, **changed}


def make_search_view(context: ApiContext, form: SearchForm) -> SearchView:
    """Understand the form and search; raises IndexMissing or IndexUnavailable."""
    occupation, skill = name_occupation(context, form.occupation), name_skill(context, form.skill)
    languages = tuple(_facet(context, FacetField.LANGUAGE, value) for value in context.indexed_values(FacetField.LANGUAGE))
    faults = tuple(_faults(context, form, occupation, skill))
    result, reason = None, None
    if not faults:
        query = _query(form, occupation, skill)
        result = context.engine.search(query)
        if not result.total:
            reason = vacancy_zero_reason(query, lambda changed: context.engine.search(changed).total)
    return SearchView(
        form=form,
        faults=faults,
        occupation=occupation,
        skill=skill,
        regions=regions_of_index(context, form.region or None),
        languages=languages,
        total=result.total if result else None,
        hits=tuple(summary_of(context, hit.document, "en", "") for hit in result.hits) if result else (),
        facets=_facets(context, result) if result else {},
        next_cursor=result.next_cursor if result else None,
        zero_reason=reason,
    )


def _query(form: SearchForm, occupation: Named, skill: Named) -> VacancyQuery:
    return VacancyQuery(
        text=form.text.strip() or None,
        filter=VacancyFilter(
            skills_any=(skill.uri,) if skill.uri else (),
            occupations=(occupation.uri,) if occupation.uri else (),
            isco=(occupation.isco,) if occupation.isco else (),
            regions=_one(form.region),
            boards=_one(form.board),
            languages=_one(form.language),
            contracts=_one(form.contract),
            working_times=_one(form.working_time),
            remote=_one(form.remote),
            posted_from=_day(form.posted_from),
            posted_to=_day(form.posted_to),
            open_only=not form.include_gone,
        ),
        sort=form.sort,
        limit=_PER_PAGE,
        cursor=form.cursor or None,
        facets=_FACETS,
        facet_size=10,
    )


def _faults(context: ApiContext, form: SearchForm, occupation: Named, skill: Named) -> list[FormFault]:
    faults = []
    if form.region and not context.regions.exists(form.region):
        faults.append(FormFault("region", f"“{form.region}” is not a region.", near_regions(context, form.region)))
    for field, named, word in (("occupation", occupation, "an occupation"), ("skill", skill, "a skill")):
        if named.unknown:
            faults.append(FormFault(field, f"“{named.label}” is not the name of {word}.", named.near))
    for field, values in (("contract", Contract), ("working_time", WorkingTime), ("remote", Remote)):
        value = getattr(form, field)
        if value and not isinstance(value, values):
            known = {word.value: word.value.replace("_", " ") for word in values}
            faults.append(FormFault(field, f"“{value}” is not known here.", near_values(value, known)))
    if form.board and form.board not in context.sources and form.board not in context.indexed_values(FacetField.BOARD):
        known = {board: context.board_name(board) for board in context.sources}
        faults.append(FormFault("board", f"There is no board “{form.board}”.", near_values(form.board, known)))
    if form.language and form.language not in context.indexed_values(FacetField.LANGUAGE):
        faults.append(FormFault("language", f"There is no vacancy in the language “{form.language}”."))
    days = [(field, getattr(form, field)) for field in ("posted_from", "posted_to")]
    faults += [FormFault(field, f"“{text}” is not a date; write 2025-03-09.") for field, text in days if text and _day(text) is None]
    if not faults and form.posted_from and form.posted_to and form.posted_to < form.posted_from:
        faults.append(FormFault("posted_to", "The last day lies before the first."))
    return faults


def _one(value: str) -> tuple[str, ...]:
    return (str(value),) if value else ()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _facet(context: ApiContext, facet: FacetField, value: str, count: int = 0) -> FacetCount:
    return FacetCount(value=value, label=facet_label(context, facet, value, "en"), count=count)


def _facets(context: ApiContext, result: SearchResult) -> dict[FacetField, tuple[FacetCount, ...]]:
    return {facet: tuple(_facet(context, facet, b.value, b.count) for b in buckets) for facet, buckets in result.facets.items()}
