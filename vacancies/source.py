"""The source register's rows: one board each, with its legal basis and the pace it allows."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import Annotated, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

Board = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9._-]{1,63}$")]

_CONTACT: Final = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.[^\s@.<>()]{2,}|https?://[^\s/.]+\.[^\s.]{2,}")


class Source(BaseModel):
    """One row of the source register.

    `platform` names a file of `crawlers/platforms` (`feed` for files handed to ingest); `address` is the platform's token or the start
    URL; `delay` is seconds between requests, at least. `credentials` holds names of environment variables, never the secrets themselves.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)

    board: Board
    """Name of the board here: 2 to 64 small letters, digits, `-`, `.`, `_`, a letter or digit first."""
    name: str
    """Name of the board for people."""
    platform: str
    """A file of `crawlers/platforms` (see `labourscope sources platforms`); `feed` for files handed to ingest."""
    address: str
    """The platform's token for the board, or its start address (a feed, a sitemap, a listing page, a search)."""
    job_address: Annotated[str, Field(min_length=1, max_length=500)] | None = None
    """Platforms that follow links: a regular expression found in advertisements' addresses alone (`/karriere/stellen/`)."""
    countries: tuple[Annotated[str, Field(pattern=r"^[A-Z]{2}$")], ...]
    """Countries that the board covers, two capital letters each; they settle words that may name several."""
    languages: tuple[Annotated[str, Field(pattern=r"^[a-z]{2}$")], ...]
    """Languages of its advertisements, two small letters each."""
    legal_basis: str
    """On what legal basis the board is collected."""
    terms_url: str | None = None
    """Where its terms stand."""
    terms_read: date | None = None
    """When a person last read the terms."""
    contact: str
    """Whom the board can write to, an e-mail address or a web address; every request carries it."""
    delay: Annotated[float, Field(ge=0, le=3600)] = 1.0
    """Seconds between requests, at least."""
    concurrency: Annotated[int, Field(ge=1, le=32)] = 2
    """Requests at once, at most."""
    missing_before_gone: Annotated[int, Field(ge=1, le=30)] = 1
    """Complete listings in a row without a posting until it counts as gone."""
    recheck_days: Annotated[int, Field(ge=1)] = 7
    """A page that its listing calls unchanged is fetched again all the same after so many days."""
    hours: Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$")] | None = None
    """When the board may be asked, such as `22:00-06:00`; always without it."""
    timezone: str = "UTC"
    """Time zone of `hours`."""
    max_answer_bytes: Annotated[int, Field(ge=1024)] = 32 * 1024 * 1024
    """Largest answer that is fetched, in bytes."""
    credentials: dict[str, Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")]] = {}
    """Environment variables that hold the secrets a platform asks for, by the platform's names."""
    script_hosts: tuple[Annotated[str, Field(pattern=r"^[a-z0-9.-]+(:\d+)?$")], ...] = ()
    """Platform `browser`: further hosts, with the port if it is not the usual one, that pages' scripts may ask; their robots.txt holds."""
    robots_agreement: str | None = None
    """The agreement that allows paths which robots.txt forbids; without it such paths are refused."""
    loopback: bool = False
    """A board on this machine; only such rows may be fetched from private addresses."""
    robots_read: date | None = None
    """When a person last read the board's robots.txt."""
    mapping: str | None = None
    """Mapping of a feed's columns to JobPosting fields: a name that comes with us, or a file beside the register (.yaml)."""
    recheck_hours: Annotated[int, Field(ge=1)] | None = None
    """Licence: a posting not seen again within so many hours is not shown any more."""
    keep_captures_days: Annotated[int, Field(ge=1)] | None = None
    """Licence: raw answers older than so many days are deleted."""
    agency: bool | None = None
    """Whether the board belongs to an agency that publishes for employers."""
    owner: str | None = None
    """Who answers for the row, in our house."""
    relevance: Annotated[float, Field(ge=0, le=1)] | None = None
    """How much the board matters for the market observed, 0 to 1."""
    active_from: date
    """First day on which the board is collected."""
    active_to: date | None = None
    """Last day on which the board is collected."""

    @model_validator(mode="after")
    def _period(self) -> Source:
        if self.active_to is not None and self.active_to < self.active_from:
            raise ValueError(f"active_to {self.active_to} lies before active_from {self.active_from}")
        return self

    @field_validator("address")
    @classmethod
    def _readable(cls, address: str) -> str:
        try:
            urlsplit(address)
        except ValueError as error:
            raise ValueError(f"{address!r} is no address ({error}); correct it") from None
        return address

    @field_validator("job_address")
    @classmethod
    def _expression(cls, pattern: str | None) -> str | None:
        try:
            re.compile(pattern or "")
        except re.error as error:
            raise ValueError(
                f"{pattern!r} is no regular expression ({error}); write what stands in every advertisement's address, such as /jobs/, "
                r"and a backslash before ? + ( ) [ ] that are meant as such"
            ) from None
        return pattern

    @field_validator("contact")
    @classmethod
    def _reachable(cls, contact: str) -> str:
        if not _CONTACT.search(contact):
            raise ValueError(f"{contact!r} is neither an e-mail address nor a web address; write one that the board can reach you at")
        return contact

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
