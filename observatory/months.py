"""Months as `YYYY-MM` text: counting and stepping."""

from __future__ import annotations


def month_number(month: str) -> int:
    """Number months on from year 0, so that they can be counted."""
    return int(month[:4]) * 12 + int(month[5:]) - 1


def month_name(number: int) -> str:
    """Write a month number as `YYYY-MM`."""
    return f"{number // 12:04d}-{number % 12 + 1:02d}"


def months_between(first: str, last: str) -> list[str]:
    """List the months from first to last, both included."""
    return [month_name(number) for number in range(month_number(first), month_number(last) + 1)]


def previous_period(first: str, last: str) -> tuple[str, str]:
    """Give the period of equal length just before."""
    length = month_number(last) - month_number(first) + 1
    return month_name(month_number(first) - length), month_name(month_number(first) - 1)
