"""Written cases of salary, education, experience, languages and licences, in the wordings of eight languages: `cases/stated_*.jsonl`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from nlp.advertisement import Advertisement
from nlp.conditions.education import read_education
from nlp.conditions.experience import read_experience
from nlp.conditions.languages import read_languages
from nlp.conditions.licences import read_licences
from nlp.conditions.salary import read_salary
from nlp.conditions.source import ConditionSource
from vacancies.enriched import Zone, ZoneSpan

CASES = Path(__file__).parent / "cases"


def salary(source: ConditionSource) -> list[object] | None:
    read = read_salary(source)
    return None if read is None else [read.min_value, read.max_value, read.currency, (read.period or "").lower()]


def education(source: ConditionSource) -> int | None:
    read = read_education(source)
    return None if read is None else read.isced


def experience(source: ConditionSource) -> float | None:
    read = read_experience(source)
    return None if read is None else read.years


def languages(source: ConditionSource) -> list[str]:
    return sorted(read.code for read in read_languages(source))


def licences(source: ConditionSource) -> list[str]:
    return sorted(read.category for read in read_licences(source))


READERS: dict[str, Callable[[ConditionSource], object]] = {
    "salary": salary,
    "education": education,
    "experience": experience,
    "language": languages,
    "licence": licences,
}


def cases() -> list[Any]:
    lines = ((name, json.loads(line)) for name in READERS for line in (CASES / f"stated_{name}.jsonl").read_text("utf-8").splitlines())
    return [pytest.param(name, case, id=f"{name}-{case['lang']}-{case['text'][:40]}") for name, case in lines]


@pytest.mark.parametrize(("name", "case"), cases())
def test_stated(name: str, case: dict[str, Any]) -> None:
    text, language = case["text"], case["lang"]
    zones = (ZoneSpan(start=0, end=len(text), zone=Zone.REQUIREMENTS, score=1.0, rule="test"),)
    ad, title = Advertisement(text, (), language), Advertisement("", (), language)
    assert READERS[name](ConditionSource(ad=ad, title=title, posting=None, zones=zones)) == case["expected"]
