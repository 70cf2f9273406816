"""A lake that an earlier Labourscope made goes on being read and written when a type has got new fields."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest
from deltalake import DeltaTable, write_deltalake

from vacancies.enriched import EnrichedPosting
from vacancies.lake import Lake
from vacancies.lake.arrow_schema import arrow_schema, from_batches, to_table

NEW = ("public_title", "public_employer", "public_skills")
PARTITIONS = ["taxonomy", "pipeline"]


def reading(number: int, **fields: object) -> EnrichedPosting:
    known = {"language": "de", "public_text": "Text", "pipeline": "p1", "taxonomy": "t:1"}
    return EnrichedPosting.model_validate({**known, "posting_id": f"{number:032x}", "content_hash": f"{number}", **fields})


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A lake whose `enriched` table was made before the public fields were."""
    Lake.open(tmp_path)
    schema = pa.schema([field for field in arrow_schema(EnrichedPosting) if field.name not in NEW])
    path = tmp_path / "enriched"
    DeltaTable.create(str(path), schema=schema, mode="overwrite", partition_by=PARTITIONS)
    write_deltalake(str(path), to_table([reading(1)], arrow_schema(EnrichedPosting)).select(schema.names), mode="append")
    return tmp_path


def test_old_rows_are_read_with_the_defaults(old: Path) -> None:
    rows = from_batches(Lake.open(old).dataset("enriched").to_batches(), EnrichedPosting)
    assert list(rows) == [reading(1)]


def test_new_rows_stand_beside_old_ones(old: Path) -> None:
    lake = Lake.open(old)
    assert lake.upsert_enriched([reading(2, public_title="Koch", public_skills=("Excel",))]) == 1
    titles = {row["posting_id"][-1]: row["public_title"] for row in lake.dataset("enriched").to_table().to_pylist()}
    assert titles == {"1": None, "2": "Koch"}


def test_opening_again_changes_nothing(old: Path) -> None:
    version = Lake.open(old).table_version("enriched")
    assert Lake.open(old).table_version("enriched") == version
