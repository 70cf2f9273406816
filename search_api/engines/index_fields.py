"""What both engines index of a vacancy, and the conditions of a filter on those fields: one place, so that the engines agree.

A keyword field is an exact value, a list of them, never empty (`not_stated`). Its name is that of the facet where it has one.
"""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from search_api.document import NOT_STATED, VacancyDocument
from search_api.query import FacetField, VacancyFilter
from vacancies.enriched import FULL_OR_PART_TIME

# ISO 639-1 code -> name of the analyzer; each engine brings its own of that name. Every other language (and text whose language is
# not stated) goes to the field `text_other`: words, lower case, accents folded, no stemming. Polish is among them, because
# Elasticsearch has no Polish analyzer without a plugin.
ANALYZERS: Final[dict[str, str]] = {
    "en": "english",
    "de": "german",
    "fr": "french",
    "es": "spanish",
    "nl": "dutch",
    "sv": "swedish",
    "cs": "czech",
}
OTHER_TEXT: Final = "text_other"
TEXT_FIELDS: Final[tuple[str, ...]] = (*(f"text_{language}" for language in ANALYZERS), OTHER_TEXT)
TITLE_BOOST: Final = 2.0  # of a word that stands in the title over one that stands in the text only

FACET_FIELDS: Final[tuple[str, ...]] = tuple(facet.value for facet in FacetField)
PLAIN_FIELDS: Final[tuple[str, ...]] = ("skill_required", "employer")  # searched, never counted
KEYWORD_FIELDS: Final[tuple[str, ...]] = (*FACET_FIELDS, *PLAIN_FIELDS)


class IndexFields(NamedTuple):
    """The indexed form of one vacancy; `text` is title and text together and goes to `text_field`."""

    vacancy_id: str
    title: str
    text_field: str
    text: str
    keywords: dict[str, tuple[str, ...]]  # KEYWORD_FIELDS -> values, never empty
    posted: date
    open: bool


class Condition(NamedTuple):
    """A vacancy must have one of `values` in the keyword field `field`."""

    field: str
    values: tuple[str, ...]


def text_field(language: str) -> str:
    """Name the text field that documents of a language (ISO 639-1 or not_stated) go to."""
    return f"text_{language}" if language in ANALYZERS else OTHER_TEXT


def working_times(value: str) -> tuple[str, ...]:
    """The values under which a vacancy is found and counted: one that offers both full and part time has both."""
    return ("full_time", "part_time") if value == FULL_OR_PART_TIME else (value,)


def index_fields(document: VacancyDocument) -> IndexFields:
    """Put a document in its indexed form."""
    values: dict[str, tuple[str, ...]] = {
        "board": document.boards,
        "country": document.countries,
        "region": document.regions,
        "isco": document.isco,
        "occupation": document.occupations,
        "skill": document.skills,
        "contract": (document.contract,),
        "working_time": working_times(document.working_time),
        "remote": (document.remote,),
        "language": (document.language,),
        "text_quality": (document.text_quality,),
        "month": (f"{document.posted.year:04d}-{document.posted.month:02d}",),
        "skill_required": document.skills_required,
        "employer": (document.employer.casefold(),) if document.employer else (),
    }
    return IndexFields(
        vacancy_id=document.vacancy_id,
        title=document.title,
        text_field=text_field(document.language),
        text=f"{document.title}\n{document.text}",
        keywords={field: found or (NOT_STATED,) for field, found in values.items()},
        posted=document.posted,
        open=document.open,
    )


def keyword_conditions(conditions: VacancyFilter) -> tuple[Condition, ...]:
    """Say a filter's keyword conditions, joined by AND; dates and `open_only` are not among them."""
    alternatives = (
        Condition("skill", conditions.skills_any),
        Condition("occupation", conditions.occupations),
        Condition("isco", conditions.isco),
        Condition("region", conditions.regions),
        Condition("country", conditions.countries),
        Condition("board", conditions.boards),
        Condition("language", conditions.languages),
        Condition("contract", conditions.contracts),
        Condition("working_time", conditions.working_times),
        Condition("remote", conditions.remote),
        Condition("text_quality", conditions.text_qualities),
        Condition("employer", (conditions.employer.casefold(),) if conditions.employer is not None else ()),
    )
    every_skill = (Condition("skill", (uri,)) for uri in conditions.skills_all)
    return (*(condition for condition in alternatives if condition.values), *every_skill)
