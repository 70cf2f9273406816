from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from search_api.bench import bench_index, repeated
from search_api.document import VacancyDocument
from search_api.engines.tantivy_engine import TantivyEngine


def test_documents_are_repeated_under_new_ids(make_document: Callable[..., VacancyDocument]) -> None:
    given = [make_document("a"), make_document("b")]
    assert [document.vacancy_id for document in repeated(given, 5)] == ["a", "b", "a-1", "b-1", "a-2"]


def test_a_measurement_tells_speed_size_and_times(tmp_path: Path, documents: list[VacancyDocument]) -> None:
    bench = bench_index(TantivyEngine(tmp_path), documents[:100], 250)
    assert (bench.engine, bench.documents, bench.distinct) == ("tantivy", 250, 100)
    assert bench.documents_per_second == pytest.approx(250 / bench.seconds)
    assert bench.size_bytes > 10_000
    assert {timing.name: timing.total > 0 for timing in bench.queries} == {
        "text, country, 3 facets": True,
        "no filter, 3 facets over all": True,
        "newest in a country": True,
        "one skill by month": True,
        "profile of 12 skills": True,
    }
    assert all(0 < timing.p50_ms <= timing.p95_ms for timing in bench.queries)


def test_a_measurement_needs_documents(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="needs documents"):
        bench_index(TantivyEngine(tmp_path), [], 10)
