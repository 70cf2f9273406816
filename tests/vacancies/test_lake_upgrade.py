"""A lake that an earlier Labourscope made goes on being read and written when a type has got new fields."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pytest
from deltalake import DeltaTable, write_deltalake

from vacancies.enriched import EnrichedPosting
from vacancies.lake import Lake
from vacancies.lake.arrow_schema import arrow_schema, from_batches, to_table
from vacancies.posting import Posting
from vacancies.posting_draft import PostingDraft, draft_to_posting

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


# Fields of a reading, and of a salary in it, that lakes made before the reading of all conditions do not have.
CONDITIONS = (
    "hours_per_week", "workload_percent", "education", "experience", "languages", "licences", "openings", "agency", "deadline", "start",
    "seniority", "shifts", "industry",
)  # fmt: skip
SALARY_NEW = ("basis", "score")
SALARY = {"min_value": 1000.0, "max_value": 2000.0, "currency": "EUR", "period": "MONTH", "year_min": 12000.0, "year_max": 24000.0}
BOARD = {"rule": "board_field"}


@pytest.fixture
def before_conditions(tmp_path: Path) -> Path:
    """A lake whose `enriched` table was made before most conditions were read, with one reading that has a salary."""
    Lake.open(tmp_path)
    full = arrow_schema(EnrichedPosting)
    salary = pa.struct([field for field in full.field("salary").type if field.name not in SALARY_NEW])
    schema = pa.schema([pa.field("salary", salary) if field.name == "salary" else field for field in full if field.name not in CONDITIONS])
    row = reading(1, salary={**SALARY, "evidence": BOARD}, working_time={"value": "full_time", "evidence": BOARD}).model_dump()
    row["salary"] = {name: value for name, value in row["salary"].items() if name not in SALARY_NEW}
    path = tmp_path / "enriched"
    DeltaTable.create(str(path), schema=schema, mode="overwrite", partition_by=PARTITIONS)
    write_deltalake(str(path), pa.Table.from_pylist([row], schema=schema), mode="append")
    return tmp_path


def test_readings_from_before_the_conditions_are_read(before_conditions: Path) -> None:
    rows = from_batches(Lake.open(before_conditions).dataset("enriched").to_batches(), EnrichedPosting)
    assert list(rows) == [reading(1, salary={**SALARY, "evidence": BOARD}, working_time={"value": "full_time", "evidence": BOARD})]


def test_new_conditions_stand_beside_old_readings(before_conditions: Path) -> None:
    new = reading(
        2,
        salary={**SALARY, "basis": "gross", "score": 0.9, "evidence": BOARD},
        working_time={"value": "full_or_part_time", "evidence": BOARD},
        hours_per_week={"min_value": 30.0, "max_value": 40.0, "evidence": BOARD},
        workload_percent={"min_value": 80.0, "max_value": 100.0, "evidence": BOARD},
        education={"isced": 6, "evidence": BOARD},
        experience={"years": 3.0, "status": "preferred", "evidence": BOARD},
        languages=({"code": "de", "cefr": "B2", "evidence": BOARD},),
        licences=({"category": "B", "evidence": BOARD},),
        openings={"value": 2, "evidence": BOARD},
        agency={"value": "agency", "evidence": BOARD},
        deadline={"value": date(2026, 5, 31), "evidence": BOARD},
        start={"value": None, "immediate": True, "evidence": BOARD},
        seniority={"value": "senior", "evidence": BOARD},
        shifts=({"value": "night", "evidence": BOARD},),
        industry={"value": "Q", "evidence": BOARD},
    )
    lake = Lake.open(before_conditions)
    assert lake.upsert_enriched([new]) == 1
    found = {row.posting_id: row for row in from_batches(lake.dataset("enriched").to_batches(), EnrichedPosting)}
    assert found[new.posting_id] == new
    assert found[f"{1:032x}"].salary is not None
    assert lake.table_version("enriched") == Lake.open(before_conditions).table_version("enriched")


def posting(number: int, *, excerpt: bool = False) -> Posting:
    draft = PostingDraft(native_id=str(number), title="Köchin", description="Sie kochen.", description_is_excerpt=excerpt)
    return draft_to_posting(draft, board="b", parser="test/1")


def test_postings_from_before_the_mark_of_excerpts_stay_as_they_are(tmp_path: Path) -> None:
    Lake.open(tmp_path)
    schema = pa.schema([field for field in arrow_schema(Posting) if field.name != "description_is_excerpt"])
    path = tmp_path / "postings"
    DeltaTable.create(str(path), schema=schema, mode="overwrite")
    write_deltalake(str(path), to_table([posting(1)], arrow_schema(Posting)).select(schema.names), mode="append")
    lake = Lake.open(tmp_path)
    assert list(lake.postings()) == [posting(1)]
    at = datetime(2026, 9, 1, tzinfo=UTC)
    counts = lake.upsert_postings("b", [posting(1), posting(2, excerpt=True)], run_id="r", seen_at=at, complete=True)
    assert (counts.new, counts.changed) == (2, 0)  # the lives were not there; the posting itself is the same
    assert {each.native_id: each.description_is_excerpt for each in lake.postings()} == {"1": False, "2": True}
    counts = lake.upsert_postings("b", [posting(1), posting(2)], run_id="r2", seen_at=at, complete=True)
    assert (counts.unchanged, counts.changed) == (1, 1)  # an excerpt that turns out to be the whole text


def test_the_hash_of_a_whole_text_is_what_it_was_before_the_mark() -> None:
    assert posting(1).content_hash == "7c905026b7447b33f3751107981c4b27b01d23929e15f878a18e97c5cfb42b8f"
