"""The conditions of a reading in words: what each is, how sure, and where it was read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from vacancies.enriched import (
    DateValue,
    EducationReading,
    EnrichedPosting,
    Evidence,
    ExperienceReading,
    LanguageReading,
    LicenceReading,
    RangeValue,
    SalaryReading,
    SkillStatus,
    TextValue,
)


class StatedCondition(NamedTuple):
    """One condition: its name, its value in words, how sure, and its evidence."""

    name: str
    value: str
    score: float
    evidence: Evidence


def stated_conditions(reading: EnrichedPosting) -> Iterator[StatedCondition]:
    """Everything that a reading states of the job's conditions, in a fixed order; what is not stated is left out."""
    yield from _coded("contract", reading.contract)
    yield from _coded("working time", reading.working_time)
    yield from _coded("remote", reading.remote)
    if reading.salary is not None:
        yield StatedCondition("salary", _salary(reading.salary), reading.salary.score, reading.salary.evidence)
    yield from _range("hours per week", reading.hours_per_week, "")
    yield from _range("workload", reading.workload_percent, " %")
    yield from _required(reading)
    if reading.openings is not None:
        yield StatedCondition("openings", str(reading.openings.value), reading.openings.score, reading.openings.evidence)
    yield from _coded("agency", reading.agency)
    yield from _date("deadline", reading.deadline)
    yield from _date("start", reading.start)
    yield from _coded("seniority", reading.seniority)
    for shift in reading.shifts:
        yield from _coded("shifts", shift)
    yield from _coded("industry", reading.industry)


def _coded(name: str, value: TextValue | None) -> Iterator[StatedCondition]:
    if value is not None:
        yield StatedCondition(name, value.value, value.score, value.evidence)


def _range(name: str, value: RangeValue | None, unit: str) -> Iterator[StatedCondition]:
    if value is not None:
        ends = dict.fromkeys((value.min_value, value.max_value))
        yield StatedCondition(name, " - ".join(f"{end:g}" for end in ends) + unit, value.score, value.evidence)


def _date(name: str, value: DateValue | None) -> Iterator[StatedCondition]:
    if value is not None:
        words = "at once" if value.value is None else value.value.isoformat()
        yield StatedCondition(name, words, value.score, value.evidence)


def _salary(salary: SalaryReading) -> str:
    low, high = ("" if amount is None else f"{amount:,.2f}".removesuffix(".00") for amount in (salary.min_value, salary.max_value))
    amounts = f"up to {high}" if not low else f"from {low}" if not high else low if low == high else f"{low} - {high}"
    period = None if salary.period is None else f"per {salary.period.lower()}"
    return " ".join(part for part in (amounts, salary.currency, period, salary.basis) if part)


def _required(reading: EnrichedPosting) -> Iterator[StatedCondition]:
    """What the person has to bring, with its status where that is not "required"."""
    for name, value, words in _brought(reading):
        status = "" if value.status is SkillStatus.REQUIRED else f" ({value.status.value})"
        yield StatedCondition(name, words + status, value.score, value.evidence)


def _brought(
    reading: EnrichedPosting,
) -> Iterator[tuple[str, EducationReading | ExperienceReading | LanguageReading | LicenceReading, str]]:
    if reading.education is not None:
        isced = reading.education.isced
        yield "education", reading.education, "a field of study" if isced is None else f"ISCED {isced}"
    if reading.experience is not None:
        years = reading.experience.years
        yield "experience", reading.experience, "some" if years is None else f"{years:g} year{'' if years == 1 else 's'}"
    for language in reading.languages:
        yield "language", language, " ".join(part for part in (language.code, language.cefr) if part)
    for licence in reading.licences:
        yield "driving licence", licence, licence.category
