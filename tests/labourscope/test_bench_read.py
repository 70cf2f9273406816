"""Benchmarks tell which records of their files they could not take."""

from __future__ import annotations

import json
from pathlib import Path

from .conftest import Labourscope

TEXT = "We are looking for a welder who can weld pipes and read drawings in our workshop."


def test_records_that_are_no_postings_are_counted_by_reason(home: Path, tmp_path: Path, labourscope: Labourscope) -> None:
    rows = [{"@type": "JobPosting", "identifier": "1", "title": "Welder", "description": TEXT}, {"headline": "no advertisement"}]
    feed = tmp_path / "feed.jsonl"
    feed.write_text("".join(json.dumps(row) + "\n" for row in rows))
    result = labourscope("bench", "labels", "--data", str(feed), "--json")
    assert result.value[0]["texts"] == 1
    assert "left out of the files: " in result.err
    assert "--mapping" in result.err
