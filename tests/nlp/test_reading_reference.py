"""Reading real advertisements: nothing is lost, and the marks that reading is held to."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from nlp.advertisement import Advertisement
from nlp.components.status import verdict_of
from nlp.zone_rules import rule_zones
from vacancies.enriched import Zone

pytestmark = pytest.mark.reference


@pytest.fixture(scope="module")
def labelled() -> list[dict[str, Any]]:
    root = os.environ.get("LABOURSCOPE_REFERENCE_DATA")
    if not root:
        pytest.skip("LABOURSCOPE_REFERENCE_DATA is not set")
    with gzip.open(Path(root) / "bench" / "reading_dev.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def _read(rows: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], Advertisement]]:
    for row in rows:
        yield row["gold"], Advertisement(row["description"], (), row["lang"])


def test_zones_of_labelled_advertisements(labelled: list[dict[str, Any]]) -> None:
    right = total = 0
    for gold, ad in _read(labelled):
        read = [""] * len(ad.text)
        for zone in rule_zones(ad).zones:
            read[zone.start : zone.end] = [zone.zone.value] * (zone.end - zone.start)
        for start, end, name in gold["zones"]:
            right += read[start:end].count(name)
            total += end - start
    assert right / total > 0.68


def test_statuses_in_labelled_zones(labelled: list[dict[str, Any]]) -> None:
    right = total = 0
    for gold, ad in _read(labelled):
        soft = rule_zones(ad).soft
        for skill in gold["skills"]:
            start, end = skill["span"]
            zone = next((Zone(name) for first, last, name in gold["zones"] if first <= start < last), Zone.OTHER)
            verdict = verdict_of(ad, start, end, zone, is_soft=any(first <= start < last for first, last in soft))
            right += verdict.status.value == skill["status"]
            total += 1
    assert right / total > 0.88
