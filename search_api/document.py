"""VacancyDocument: what the index holds of one vacancy, one flat record for both engines."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from pydantic import BaseModel, ConfigDict

NOT_STATED: Final = "not_stated"  # the facet value of documents that do not state a field
FULL_TEXT: Final = "full"


class VacancyDocument(BaseModel):
    """One vacancy as both engines index it.

    Code lists hold a code with all codes above it (`regions`: DE, DE3, DE30, DE300; `isco`: 2, 25, 251, 2512), so that a filter
    on any level is one term. Skill lists hold concept URIs by status; `skills` is every skill asked for or used (required,
    preferred, duty), without repeats. Coded conditions are never empty: `not_stated` is a value.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    vacancy_id: str
    title: str
    employer: str | None
    text: str  # contact data removed
    language: str  # ISO 639-1 or not_stated
    url: str | None
    boards: tuple[str, ...]
    posting_ids: tuple[str, ...]
    skills: tuple[str, ...]
    skills_required: tuple[str, ...]
    skills_preferred: tuple[str, ...]
    skills_duty: tuple[str, ...]
    occupations: tuple[str, ...]  # best first, URIs
    isco: tuple[str, ...]
    regions: tuple[str, ...]
    countries: tuple[str, ...]
    place: str | None
    latitude: float | None
    longitude: float | None
    posted: date
    first_seen: datetime
    last_seen: datetime
    open: bool
    contract: str
    working_time: str
    remote: str
    salary_year_min: float | None
    salary_year_max: float | None
    salary_currency: str | None
    text_quality: str = FULL_TEXT  # full, excerpt (the board cuts its texts) or guessed (found in a page that states no JobPosting)
