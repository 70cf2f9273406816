"""Why an answer is empty: which condition alone brings it to zero, found by counting without each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from search_api.answer import Answer
from search_api.query import VacancyFilter, VacancyQuery

_NOTHING: Final = "There is nothing here yet: the index holds no vacancies. Collect and index some with: labourscope run"
_PARAMETERS: Final = {  # field of VacancyFilter -> parameter of the API
    "skills_any": "skill",
    "skills_all": "skill_all",
    "occupations": "occupation",
    "isco": "isco",
    "regions": "region",
    "countries": "country",
    "boards": "board",
    "languages": "language",
    "contracts": "contract",
    "working_times": "working_time",
    "remote": "remote",
    "text_qualities": "text_quality",
    "employer": "employer",
    "posted_from": "posted_from",
    "posted_to": "posted_to",
    "open_only": "include_gone",
}


class DroppedFilter(Answer):
    """How many vacancies there would be without one condition, all others kept."""

    parameter: str
    without_it: int


class ZeroReason(Answer):
    """Why nothing was found: `filters` are the conditions that alone bring the answer to zero, the most telling first.

    Empty `filters` with `without_all` above 0: no single condition does, only several together; `without_all` 0: there is nothing at all.
    """

    text: str
    filters: tuple[DroppedFilter, ...]
    without_all: int


def explain_zero(counts: Mapping[str, int], without_all: int, *, nothing: str = _NOTHING) -> ZeroReason:
    """Put counts without each condition (by parameter) into words; `nothing` is said when there is none even without all of them."""
    telling = sorted((item for item in counts.items() if item[1]), key=lambda item: (-item[1], item[0]))
    filters = tuple(DroppedFilter(parameter=name, without_it=count) for name, count in telling)
    if filters:
        names = "; ".join(f"without {f.parameter}: {f.without_it:,}" for f in filters)
        text = f"One condition alone brings this to zero. Found {names}."
    elif without_all:
        text = f"No single condition brings this to zero, only several together. Without any condition: {without_all:,}."
    else:
        text = nothing
    return ZeroReason(text=text, filters=filters, without_all=without_all)


def vacancy_zero_reason(query: VacancyQuery, count: Callable[[VacancyQuery], int]) -> ZeroReason:
    """Explain an empty search; `count` gives the number of vacancies of a query."""
    plain = query.model_copy(update={"limit": 0, "facets": (), "cursor": None})
    counts = {}
    if plain.text:
        counts["text"] = count(plain.model_copy(update={"text": None}))
    for field, filter_without in filters_without_one(plain.filter).items():
        counts[parameter_of(field)] = count(plain.model_copy(update={"filter": filter_without}))
    return explain_zero(counts, count(VacancyQuery(filter=VacancyFilter(open_only=False), limit=0)))


def parameter_of(field: str) -> str:
    """The API's parameter for a field of VacancyFilter."""
    return _PARAMETERS[field]


def filters_without_one(conditions: VacancyFilter) -> dict[str, VacancyFilter]:
    """The filter without each of its conditions in turn, by field."""
    empty = VacancyFilter(open_only=False)
    active = [name for name in _PARAMETERS if getattr(conditions, name) != getattr(empty, name)]
    return {name: conditions.model_copy(update={name: getattr(empty, name)}) for name in active}
