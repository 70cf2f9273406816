"""The search's parameters in plain field words, checked, and their way into a VacancyQuery."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, model_validator

from search_api.code_names import Contract, Remote, TextQuality, WorkingTime
from search_api.context import ApiContext
from search_api.query import FacetField, Sort, VacancyFilter, VacancyQuery
from search_api.vocabulary import Vocabulary

_MANY = 50  # values of one parameter
Language = Annotated[str, Field(description="Language of the labels in the answer, ISO 639-1; English where a concept has no label in it.")]


class FilterParameters(BaseModel):
    """Conditions on vacancies; a parameter given several times means any of its values, different parameters must all hold."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    skill: Annotated[list[str], Field(max_length=_MANY, description="Skill URI; any of those given.")] = []
    skill_all: Annotated[list[str], Field(max_length=_MANY, description="Skill URI; all of those given.")] = []
    occupation: Annotated[list[str], Field(max_length=_MANY, description="Occupation URI.")] = []
    isco: Annotated[list[str], Field(max_length=_MANY, description="ISCO-08 code of 1 to 4 digits, with everything below it.")] = []
    region: Annotated[list[str], Field(max_length=_MANY, description="NUTS code of any level, with everything below it.")] = []
    country: Annotated[list[str], Field(max_length=_MANY, description="ISO 3166-1 alpha-2 country code.")] = []
    board: Annotated[list[str], Field(max_length=_MANY, description="Board, as in the list of sources.")] = []
    employer: Annotated[str | None, Field(pattern=r"\S", max_length=300, description="Employer's whole name, in any case.")] = None
    language: Annotated[list[str], Field(max_length=_MANY, description="Language of the text, ISO 639-1 or not_stated.")] = []
    contract: Annotated[list[Contract], Field(description="Kind of contract.")] = []
    working_time: Annotated[list[WorkingTime], Field(description="Full or part time.")] = []
    remote: Annotated[list[Remote], Field(description="Where the work is done.")] = []
    text_quality: Annotated[list[TextQuality], Field(description="What it was read from: whole text, excerpt or guessed page.")] = []
    posted_from: Annotated[date | None, Field(description="First day of publication, included.")] = None
    posted_to: Annotated[date | None, Field(description="Last day of publication, included.")] = None
    include_gone: Annotated[bool, Field(description="Also vacancies that are no longer open.")] = False

    @model_validator(mode="after")
    def _period(self) -> FilterParameters:
        if self.posted_from and self.posted_to and self.posted_to < self.posted_from:
            raise ValueError(f"posted_to {self.posted_to} lies before posted_from {self.posted_from}")
        return self

    def check(self, vocabulary: Vocabulary) -> None:
        """Note every code that is not known."""
        vocabulary.skills("skill", self.skill)
        vocabulary.skills("skill_all", self.skill_all)
        vocabulary.occupations("occupation", self.occupation)
        vocabulary.isco("isco", self.isco)
        vocabulary.regions("region", self.region)
        vocabulary.countries("country", self.country)
        vocabulary.boards("board", self.board)
        vocabulary.languages("language", self.language)

    def to_filter(self) -> VacancyFilter:
        """The typed filter of these parameters."""
        return VacancyFilter(
            skills_any=tuple(self.skill),
            skills_all=tuple(self.skill_all),
            occupations=tuple(self.occupation),
            isco=tuple(self.isco),
            regions=tuple(self.region),
            countries=tuple(self.country),
            boards=tuple(self.board),
            employer=self.employer.strip() if self.employer else None,
            languages=tuple(self.language),
            contracts=tuple(value.value for value in self.contract),
            working_times=tuple(value.value for value in self.working_time),
            remote=tuple(value.value for value in self.remote),
            text_qualities=tuple(value.value for value in self.text_quality),
            posted_from=self.posted_from,
            posted_to=self.posted_to,
            open_only=not self.include_gone,
        )


class SearchParameters(FilterParameters):
    """A search: text and conditions, order, facets and paging."""

    text: Annotated[str | None, Field(max_length=500, description="Words that must all occur in title or text.")] = None
    sort: Annotated[Sort, Field(description="Order of the hits.")] = Sort.RELEVANCE
    limit: Annotated[int, Field(ge=0, le=500, description="Vacancies per page.")] = 20
    cursor: Annotated[str | None, Field(max_length=4096, description="As given in next; all other parameters as before.")] = None
    facet: Annotated[list[FacetField], Field(description="Field whose values are counted.")] = []
    facet_size: Annotated[int, Field(ge=1, le=1000, description="Values per facet, most frequent first.")] = 20
    lang: Language = "en"

    def to_query(self, context: ApiContext) -> VacancyQuery:
        """Check every code (one problem, 422, names all that are unknown) and make the query."""
        vocabulary = Vocabulary(context)
        self.check(vocabulary)
        vocabulary.languages("lang", [self.lang], stated=True)
        vocabulary.check()
        return VacancyQuery(
            text=(self.text or "").strip() or None,
            filter=self.to_filter(),
            sort=self.sort,
            limit=self.limit,
            cursor=self.cursor,
            facets=tuple(dict.fromkeys(self.facet)),
            facet_size=self.facet_size,
        )
