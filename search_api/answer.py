"""What the API answers: typed, with labels beside every code and a `meta` that says what an answer rests on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from pydantic import BaseModel, ConfigDict

from search_api.code_names import condition_name, country_name, language_name
from search_api.context import ApiContext, IndexState
from search_api.document import NOT_STATED, VacancyDocument
from search_api.query import FacetField

_EXCERPT = 280  # characters


class Answer(BaseModel):
    """Base of answers: frozen, nothing unforeseen."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Meta(Answer):
    """What an answer rests on; `pipeline` and what follows it are None while the index is not live."""

    taxonomy: str
    nuts_version: str
    index_state: IndexState
    pipeline: str | None
    index_generation: str | None
    index_built_at: datetime | None
    indexed_vacancies: int | None


class Coded(Answer):
    """A code with its label."""

    code: str
    label: str


class Term(Answer):
    """A concept with its label."""

    uri: str
    label: str


class FacetCount(Answer):
    """One value of a facet, its label, and how many vacancies have it."""

    value: str
    label: str
    count: int


class Salary(Answer):
    """Yearly equivalents of a stated salary."""

    year_min: float | None
    year_max: float | None
    currency: str | None


class VacancySummary(Answer):
    """One vacancy as lists show it; `regions` and `isco` go from the broadest to the narrowest level."""

    id: str
    title: str
    employer: str | None
    excerpt: str  # beginning of the text, contact data masked
    language: Coded
    place: str | None
    regions: tuple[Coded, ...]
    countries: tuple[Coded, ...]
    occupations: tuple[Term, ...]  # best first
    isco: tuple[Coded, ...]
    required: tuple[Term, ...]
    preferred: tuple[Term, ...]
    duty: tuple[Term, ...]
    contract: Coded
    working_time: Coded
    remote: Coded
    text_quality: Coded  # what it was read from: of an excerpt or a guessed page, what is not found may all the same be asked for
    salary: Salary | None
    posted: date
    first_seen: datetime
    last_seen: datetime
    open: bool
    boards: tuple[Coded, ...]
    postings: int  # how many postings were merged into it
    url: str | None  # on the board
    link: str  # in this API


def meta_of(context: ApiContext) -> Meta:
    """Describe what an answer rests on."""
    info = context.index.info
    return Meta(
        taxonomy=info.taxonomy if info else str(context.taxonomy.ref),
        nuts_version=context.regions.version,
        index_state=context.index.state,
        pipeline=info.pipeline if info else None,
        index_generation=info.generation if info else None,
        index_built_at=info.built_at if info else None,
        indexed_vacancies=info.documents if info else None,
    )


def terms(context: ApiContext, uris: tuple[str, ...], language: str) -> tuple[Term, ...]:
    """Concepts with their labels, in the order given."""
    return tuple(Term(uri=uri, label=context.concept_label(uri, language)) for uri in uris)


def summary_of(context: ApiContext, document: VacancyDocument, language: str, link: str) -> VacancySummary:
    """Label an indexed vacancy."""
    money = (document.salary_year_min, document.salary_year_max)
    salary = Salary(year_min=money[0], year_max=money[1], currency=document.salary_currency) if any(v is not None for v in money) else None
    return VacancySummary(
        id=document.vacancy_id,
        title=document.title,
        employer=document.employer,
        excerpt=excerpt(document.text),
        language=Coded(code=document.language, label=language_name(document.language)),
        place=document.place,
        regions=tuple(Coded(code=code, label=context.region_label(code)) for code in sorted(document.regions, key=lambda c: (len(c), c))),
        countries=tuple(Coded(code=code, label=country_name(code)) for code in document.countries),
        occupations=terms(context, document.occupations, language),
        isco=tuple(Coded(code=code, label=context.isco_label(code, language)) for code in sorted(document.isco, key=lambda c: (len(c), c))),
        required=terms(context, document.skills_required, language),
        preferred=terms(context, document.skills_preferred, language),
        duty=terms(context, document.skills_duty, language),
        contract=_condition(document.contract),
        working_time=_condition(document.working_time),
        remote=_condition(document.remote),
        text_quality=_condition(document.text_quality),
        salary=salary,
        posted=document.posted,
        first_seen=document.first_seen,
        last_seen=document.last_seen,
        open=document.open,
        boards=tuple(Coded(code=board, label=context.board_name(board)) for board in document.boards),
        postings=len(document.posting_ids),
        url=document.url,
        link=link,
    )


def facet_label(context: ApiContext, facet: FacetField, value: str, language: str) -> str:
    """The label of a facet's value."""
    labels: dict[FacetField, Callable[[str], str]] = {
        FacetField.SKILL: lambda uri: context.concept_label(uri, language),
        FacetField.OCCUPATION: lambda uri: context.concept_label(uri, language),
        FacetField.ISCO: lambda code: context.isco_label(code, language),
        FacetField.BOARD: context.board_name,
        FacetField.REGION: context.region_label,
        FacetField.COUNTRY: country_name,
        FacetField.LANGUAGE: language_name,
        FacetField.MONTH: str,
    }
    return condition_name(value) if value == NOT_STATED else labels.get(facet, condition_name)(value)


def excerpt(text: str) -> str:
    """The beginning of a text on one line, cut between words."""
    line = " ".join(text[: _EXCERPT * 2].split())
    return line if len(line) <= _EXCERPT else line[:_EXCERPT].rsplit(" ", 1)[0] + " …"


def _condition(value: str) -> Coded:
    return Coded(code=value, label=condition_name(value))
