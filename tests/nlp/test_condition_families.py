"""Written cases for families of wordings of coded conditions: `cases/condition_family.jsonl`, `cases/condition_wording.jsonl`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from nlp.advertisement import Advertisement
from nlp.components.conditions import READERS
from nlp.conditions.source import ConditionSource
from vacancies.enriched import RangeValue, Zone, ZoneSpan

CASES = [
    json.loads(line)
    for name in ("condition_family", "condition_wording")
    for line in (Path(__file__).parent / "cases" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=[f"{case['condition']}: {case['text']}" for case in CASES])
def test_family(case: dict[str, Any]) -> None:
    text, language = case["text"], case["lang"]
    source = ConditionSource(
        ad=Advertisement(text, (), language),
        title=Advertisement("", (), language),
        posting=None,
        zones=(ZoneSpan(start=0, end=len(text), zone=Zone.OFFER, score=0.5, rule="test"),),
    )
    found: Any = READERS[case["condition"]](source)
    value = None if found is None else [found.min_value, found.max_value] if isinstance(found, RangeValue) else found.value
    assert value == case["expected"]
    assert found is None or text[found.evidence.start : found.evidence.end].strip()
