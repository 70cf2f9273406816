"""EnrichedPosting: everything read out of an advertisement, each value with its evidence."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Final, Self

from pydantic import BaseModel, ConfigDict, Field, field_validator

Score = Annotated[float, Field(ge=0, le=1)]

# The one value of `working_time` where an advertisement offers both; whoever counts or filters by full_time or part_time means it too.
FULL_OR_PART_TIME: Final = "full_or_part_time"


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    def revised(self, **values: object) -> Self:
        """A copy with other values, which are not checked: what `model_copy` gives, in half its time."""
        made = self.__class__.__new__(self.__class__)
        object.__setattr__(made, "__dict__", {**self.__dict__, **values})
        object.__setattr__(made, "__pydantic_fields_set__", self.__pydantic_fields_set__ | values.keys())
        object.__setattr__(made, "__pydantic_extra__", None)
        object.__setattr__(made, "__pydantic_private__", None)
        return made


class Evidence(_Frozen):
    """Where a value was read: a span of `description_text` (or of the title), or the posting's field of that name."""

    field: str = "description_text"
    start: int | None = None  # code points, half open, within `field`
    end: int | None = None
    rule: str  # the component and rule that read it: "labels", "board_field", "cue:de"


class Zone(StrEnum):
    """What a part of an advertisement is about."""

    EMPLOYER = "employer"
    DUTIES = "duties"
    REQUIREMENTS = "requirements"
    OFFER = "offer"
    APPLICATION = "application"
    OTHER = "other"


class ZoneSpan(_Frozen):
    """A zone over `description_text`; zones of one posting do not overlap and cover the text."""

    start: int
    end: int
    zone: Zone
    score: Score
    rule: str


class SkillStatus(StrEnum):
    """What an advertisement says about a skill."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    DUTY = "duty"
    MENTIONED = "mentioned"
    NEGATED = "negated"


class SkillMention(_Frozen):
    """A skill read in a text. `uri` is None for a candidate that links to no concept well enough."""

    uri: str | None
    start: int
    end: int
    text: str
    score: Score
    status: SkillStatus
    cue: str | None = None
    kind: str | None = None
    zone: Zone
    rule: str
    field: str = "description_text"  # or "title", "skills"


class OccupationReading(_Frozen):
    """One candidate occupation, best first; `isco` is the four-digit ISCO-08 unit group."""

    uri: str | None
    isco: str | None
    score: Score
    evidence: Evidence


class RegionReading(_Frozen):
    """A place of work in NUTS; `nuts` is the deepest level that is sure, `candidates` what else the name fits."""

    nuts: str | None
    nuts_version: str | None
    country: str | None
    place: str | None
    latitude: float | None = None
    longitude: float | None = None
    candidates: tuple[str, ...] = ()
    score: Score
    evidence: Evidence


class SalaryReading(_Frozen):
    """A salary on one footing; `year_min` and `year_max` are its yearly equivalents in `currency`."""

    min_value: float | None
    max_value: float | None
    currency: str | None
    period: str | None
    year_min: float | None
    year_max: float | None
    basis: str | None = None  # "gross" or "net" where the advertisement says so
    score: Score = 1.0
    evidence: Evidence

    @field_validator("score", mode="before")
    @classmethod
    def _of_old_lakes(cls, value: object) -> object:
        """A lake that was made before salaries had a score holds null."""
        return 1.0 if value is None else value


class TextValue(_Frozen):
    """A coded condition (contract, working time, remote ...) with its evidence."""

    value: str
    score: Score = 1.0
    evidence: Evidence


class RangeValue(_Frozen):
    """A range of numbers with its evidence; a single number is both ends. Hours per week 1..168, workload in percent 1..100."""

    min_value: float
    max_value: float
    score: Score = 1.0
    evidence: Evidence


class CountValue(_Frozen):
    """A whole number of at least 1, such as that of openings."""

    value: int = Field(ge=1)
    score: Score = 1.0
    evidence: Evidence


class DateValue(_Frozen):
    """A day, such as a deadline. `immediate` is set where the advertisement says "at once"; then there may be no day."""

    value: date | None
    immediate: bool = False
    score: Score = 1.0
    evidence: Evidence


class EducationReading(_Frozen):
    """The lowest education accepted, as a level of ISCED 2011 (0..8); None where only a field of study is named."""

    isced: int | None = Field(ge=0, le=8)
    status: SkillStatus = SkillStatus.REQUIRED
    score: Score = 1.0
    evidence: Evidence


class ExperienceReading(_Frozen):
    """Years of experience asked for, the least accepted; None where they are said in words only, 0 and negated where none is needed."""

    years: float | None = Field(ge=0, le=60)
    status: SkillStatus = SkillStatus.REQUIRED
    score: Score = 1.0
    evidence: Evidence


class LanguageReading(_Frozen):
    """A human language asked for: ISO 639-1 code, level of the CEFR (A1..C2, "native") where it is said."""

    code: str
    cefr: str | None = None
    status: SkillStatus = SkillStatus.REQUIRED
    score: Score = 1.0
    evidence: Evidence


class LicenceReading(_Frozen):
    """A driving licence asked for, by its category in the EU (AM, A, B, BE, C1, C, CE, D, T ...)."""

    category: str
    status: SkillStatus = SkillStatus.REQUIRED
    score: Score = 1.0
    evidence: Evidence


class ContactSpan(_Frozen):
    """Contact data of a person found in the text; its place and kind only, never the words."""

    start: int
    end: int
    kind: str  # email, phone, person, profile


class EnrichedPosting(_Frozen):
    """What was read out of one posting. None and () mean: not stated.

    Only what is public here may be shown to others than those who collected the posting: contact data is masked in it by characters of
    equal number, so offsets hold in both. `public_text` is so made of `description_text`, `public_title` of the title, `public_skills` of
    the skills that the board lists, `regions` hold place words so, `skills` the words of a mention. In `public_employer` a person's name
    stays: it is the name of a self-employed employer.
    """

    posting_id: str
    content_hash: str
    language: str | None
    language_score: Score = 0.0
    public_text: str
    public_title: str | None = None
    public_employer: str | None = None
    public_skills: tuple[str, ...] = ()
    contacts: tuple[ContactSpan, ...] = ()
    zones: tuple[ZoneSpan, ...] = ()
    skills: tuple[SkillMention, ...] = ()
    occupations: tuple[OccupationReading, ...] = ()
    regions: tuple[RegionReading, ...] = ()
    contract: TextValue | None = None  # permanent, temporary, internship, apprenticeship, self_employed
    working_time: TextValue | None = None  # full_time, part_time, full_or_part_time (see FULL_OR_PART_TIME)
    remote: TextValue | None = None  # onsite, hybrid, remote
    salary: SalaryReading | None = None
    hours_per_week: RangeValue | None = None
    workload_percent: RangeValue | None = None
    education: EducationReading | None = None
    experience: ExperienceReading | None = None
    languages: tuple[LanguageReading, ...] = ()
    licences: tuple[LicenceReading, ...] = ()
    openings: CountValue | None = None
    agency: TextValue | None = None  # agency, employer
    deadline: DateValue | None = None
    start: DateValue | None = None
    seniority: TextValue | None = None  # entry, junior, mid, senior, lead, executive
    shifts: tuple[TextValue, ...] = ()  # shift, night, weekend, on_call
    industry: TextValue | None = None  # a code of NACE, where the source gives one
    valid_through: date | None = None
    pipeline: str  # version of the reading pipeline
    taxonomy: str  # "esco:1.1.0"
    nuts_version: str | None = None
