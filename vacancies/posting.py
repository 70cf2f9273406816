"""Capture and Posting: what was fetched and the advertisement read from it, in schema.org JobPosting's words."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Capture(_Frozen):
    """One fetched answer, kept as it came; the body is stored once by its sha256 (see `vacancies.lake`)."""

    board: str
    url: str
    fetched_at: datetime  # UTC
    status: int
    content_type: str | None
    sha256: str
    size: int  # bytes, undecoded as received after content decoding
    run_id: str
    spider: str  # name and version, "jsonld/1"


class BlockKind(StrEnum):
    """Structure kept from HTML (or seen in plain text)."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"


class Block(_Frozen):
    """A piece of `description_text`: half-open code-point offsets, its kind, and the level of a heading or list (1..6)."""

    start: int
    end: int
    kind: BlockKind
    level: int = 1


class JobLocation(_Frozen):
    """schema.org Place of a JobPosting, as the board wrote it."""

    text: str | None = None
    locality: str | None = None
    region: str | None = None
    postal_code: str | None = None
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")] | None = None
    latitude: Annotated[float, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Field(ge=-180, le=180)] | None = None


class SalaryPeriod(StrEnum):
    """schema.org unitText of a salary."""

    HOUR = "HOUR"
    DAY = "DAY"
    WEEK = "WEEK"
    MONTH = "MONTH"
    YEAR = "YEAR"


class BaseSalary(_Frozen):
    """schema.org baseSalary as stated by the board; amounts in `currency` per `period`, text as written."""

    min_value: Annotated[float, Field(ge=0)] | None = None
    max_value: Annotated[float, Field(ge=0)] | None = None
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")] | None = None
    period: SalaryPeriod | None = None
    text: str | None = None


class OccupationalCategory(_Frozen):
    """An occupation or category the board itself states; scheme is the board's (`CZ-ISCO`, `ROME`, `board`)."""

    scheme: str
    code: str | None = None
    label: str | None = None


class Posting(_Frozen):
    """One advertisement on one board, normalised.

    Offsets anywhere in Labourscope are Unicode code points, half open, over `description_text`.
    `employment_type` holds schema.org words (FULL_TIME, PART_TIME, CONTRACTOR, TEMPORARY, INTERN, VOLUNTEER, PER_DIEM, OTHER) and
    PERMANENT.
    None and () mean: the board does not say.
    """

    posting_id: Annotated[str, Field(pattern=r"^[0-9a-f]{32}$")]
    board: str
    native_id: str | None = None
    url: str | None = None
    title: str | None = None
    hiring_organization: str | None = None
    description_text: str
    blocks: tuple[Block, ...] = ()
    description_is_excerpt: bool = False  # the board gives a part of the text only: what it does not say may stand in the rest
    is_guessed: bool = False  # title and text were found in a page that states no JobPosting: to be trusted less
    language: str | None = None  # as the board declares it
    date_posted: date | None = None
    date_modified: datetime | None = None
    valid_through: date | None = None
    job_start_date: str | None = None
    employment_type: tuple[str, ...] = ()
    work_hours: str | None = None
    job_locations: tuple[JobLocation, ...] = ()
    telecommute: bool | None = None
    base_salary: BaseSalary | None = None
    industry: str | None = None
    occupational_categories: tuple[OccupationalCategory, ...] = ()
    skills: tuple[str, ...] = ()  # skills the board lists as fields
    total_job_openings: int | None = None
    content_hash: str  # sha256 hex over all that the board states but addresses and modification dates, see vacancies.posting_draft
    capture_sha256: str | None = None
    parser: str  # name and version of what read it: "jsonld/1", "feed/1"


class GoneReason(StrEnum):
    """Why a posting is no longer open."""

    REMOVED = "removed"  # no longer in a complete listing of its board
    EXPIRED = "expired"  # its own valid_through has passed
    WITHDRAWN = "withdrawn"  # the board said so (404, 410, removal event)
    UNCHECKED = "unchecked"  # not seen again within the time that the board's licence sets (recheck_hours)


class PostingLife(_Frozen):
    """The history of a posting as the lake keeps it."""

    posting_id: str
    first_seen: datetime
    last_seen: datetime
    changed_at: datetime | None = None
    revisions: int = 1
    missing: int = 0  # complete listings in a row that did not name it, while it counts as open still
    gone_at: datetime | None = None
    gone_reason: GoneReason | None = None
