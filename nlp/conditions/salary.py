"""Salaries on a yearly footing."""

from __future__ import annotations

from typing import Final

from nlp.conditions.source import ConditionSource
from vacancies.enriched import Evidence, SalaryReading
from vacancies.posting import BaseSalary, SalaryPeriod

# Periods in a year of full-time work. 1,720 hours: the standard annual working time of Regulation (EU) 2021/1060, Article 55(2);
# 215 days: the annual productive days of the Commission's model grant agreements for Horizon Europe.
PERIODS_PER_YEAR: Final = {
    SalaryPeriod.HOUR: 1720,
    SalaryPeriod.DAY: 215,
    SalaryPeriod.WEEK: 52,
    SalaryPeriod.MONTH: 12,
    SalaryPeriod.YEAR: 1,
}


def read_salary(source: ConditionSource) -> SalaryReading | None:
    """The board's salary."""
    return None if source.posting is None else of_field(source.posting.base_salary)


def of_field(stated: BaseSalary | None) -> SalaryReading | None:
    """The board's salary with its yearly equivalents: amount x periods in a year, gross and full time as stated; None without amounts.

    A single amount is both minimum and maximum; amounts in the wrong order are exchanged; zero counts as not stated. Without a period
    there is no yearly equivalent: it is not guessed from the size.
    """
    if stated is None:
        return None
    low = stated.min_value or stated.max_value
    high = stated.max_value or stated.min_value
    if low is None or high is None or high <= 0:
        return None
    low, high = min(low, high), max(low, high)
    factor = None if stated.period is None else PERIODS_PER_YEAR[stated.period]
    return SalaryReading(
        min_value=low,
        max_value=high,
        currency=stated.currency,
        period=None if stated.period is None else stated.period.value,
        year_min=None if factor is None else round(low * factor, 2),
        year_max=None if factor is None else round(high * factor, 2),
        evidence=Evidence(field="base_salary", rule="board_field"),
    )
