"""The source register's rows: one board each, with its legal basis and the pace it allows."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Board = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{1,63}$")]


class Source(BaseModel):
    """One row of the source register.

    `platform` names a file of `crawlers/platforms` (`feed` for files handed to ingest); `address` is the platform's token or the start
    URL; `delay` is seconds between requests, at least. `credentials` holds names of environment variables, never the secrets themselves.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    board: Board
    name: str
    platform: str
    address: str
    countries: tuple[Annotated[str, Field(pattern=r"^[A-Z]{2}$")], ...]
    languages: tuple[Annotated[str, Field(pattern=r"^[a-z]{2}$")], ...]
    legal_basis: str
    terms_url: str | None = None
    terms_read: date | None = None
    contact: str
    delay: Annotated[float, Field(ge=0, le=3600)] = 1.0
    concurrency: Annotated[int, Field(ge=1, le=32)] = 2
    missing_before_gone: Annotated[int, Field(ge=1, le=30)] = 1  # complete listings in a row without a posting until it counts as gone
    recheck_days: Annotated[int, Field(ge=1)] = 7  # a page that its listing calls unchanged is fetched again all the same after so long
    hours: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$")] | None = None  # "22:00-06:00"
    timezone: str = "UTC"  # of `hours`
    max_answer_bytes: Annotated[int, Field(ge=1024)] = 32 * 1024 * 1024
    credentials: dict[str, Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")]] = {}  # what the platform asks for: environment variable
    robots_agreement: str | None = None  # the agreement that allows paths which robots.txt forbids
    loopback: bool = False  # only such rows may be fetched from this machine
    robots_read: date | None = None
    mapping: str | None = None  # of a feed's columns to JobPosting fields: a name that comes with us, or a file beside the register
    recheck_hours: Annotated[int, Field(ge=1)] | None = None  # licence: a posting not seen again within so long is not shown any more
    keep_captures_days: Annotated[int, Field(ge=1)] | None = None  # licence: raw answers older than this are deleted
    agency: bool | None = None
    owner: str | None = None  # who answers for the row, in our house
    relevance: Annotated[float, Field(ge=0, le=1)] | None = None  # how much the board matters for the market observed
    active_from: date
    active_to: date | None = None

    @model_validator(mode="after")
    def _period(self) -> Source:
        if self.active_to is not None and self.active_to < self.active_from:
            raise ValueError(f"active_to {self.active_to} lies before active_from {self.active_from}")
        return self

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise ValueError(f"{name!r} is no time zone; write one such as Europe/Berlin") from None
        return name

    def open_at(self, moment: datetime) -> bool:
        """Tell whether the row's hours allow requests at a moment; hours may go over midnight."""
        if self.hours is None:
            return True
        first, last = (time.fromisoformat(part) for part in self.hours.split("-"))
        now = moment.astimezone(ZoneInfo(self.timezone)).time()
        return first <= now < last if first <= last else now >= first or now < last

    def active_on(self, day: date) -> bool:
        """Tell whether the board may be collected on this day."""
        return self.active_from <= day and (self.active_to is None or day <= self.active_to)
