"""The demand cube: built beside the live one, swapped in by a pointer, asked by typed queries."""

from __future__ import annotations

import json
import shutil
from datetime import datetime
from pathlib import Path
from typing import Final

import duckdb

from observatory.demand_model import CubeInfo, DemandQuery, DemandTable, MonthCount, RegionCount, SourceCount
from observatory.error import CubeMissing
from observatory.facts import write_facts
from observatory.queries import CubeReader
from taxonomies.regions import Regions
from taxonomies.taxonomy import Taxonomy
from vacancies.lake import Lake

_POINTER: Final = "current"
_FORMAT: Final = 2


class Cube:
    """A built cube: answers demand queries by DuckDB over its Parquet files; safe to use from several threads."""

    def __init__(self, folder: Path, taxonomy: Taxonomy, regions: Regions) -> None:
        self.folder = folder
        self._reader = CubeReader(folder, self.info(), taxonomy, regions)

    def info(self) -> CubeInfo:
        """Tell what the cube was built from and how much it holds."""
        return read_info(self.folder)

    def demand(self, query: DemandQuery) -> DemandTable:
        """Rank the skills in demand under the query's conditions, with what the figures rest on."""
        return self._reader.demand(query)

    def trend(self, query: DemandQuery) -> tuple[MonthCount, ...]:
        """Count postings and vacancies by month of first publication."""
        return self._reader.trend(query)

    def by_region(self, query: DemandQuery, level: int) -> tuple[RegionCount, ...]:
        """Count by region of one NUTS level (0..3); vacancies whose place is known less deeply are left out."""
        return self._reader.by_region(query, level)

    def sources(self, query: DemandQuery) -> tuple[SourceCount, ...]:
        """Count by board."""
        return self._reader.sources(query)


def build_cube(lake: Lake, taxonomy: Taxonomy, regions: Regions, out: Path, *, run_id: str, pipeline: str, built_at: datetime) -> CubeInfo:
    """Build the cube of one taxonomy and pipeline and make it the live one; one that is live for this very lake is left alone.

    The former generation is kept beside, older ones are dropped.
    """
    lake_version = lake.content_version()
    generation = f"{taxonomy.ref.scheme}-{taxonomy.ref.version}-{pipeline}-{regions.version}-v{lake_version}-f{_FORMAT}".replace("/", "-")
    live = _live_folder(out)
    if live is not None and live.name == generation:
        return read_info(live)
    folder, building = out / generation, out / f".building-{generation}"
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    unread = write_facts(lake, building, taxonomy=str(taxonomy.ref), pipeline=pipeline)
    month_from, month_to, postings, vacancies, rows = _totals(building)
    since = lake.first_sighting()
    info = CubeInfo(
        generation=generation,
        built_at=built_at,
        run_id=run_id,
        taxonomy=str(taxonomy.ref),
        pipeline=pipeline,
        nuts_version=regions.version,
        lake_version=lake_version,
        month_from=month_from,
        month_to=month_to,
        postings=postings,
        vacancies=vacancies,
        rows=rows,
        unread=unread,
        collected_since=f"{since:%Y-%m}" if since else None,
    )
    (building / "info.json").write_text(info.model_dump_json(indent=1))
    shutil.rmtree(folder, ignore_errors=True)
    building.rename(folder)
    _swap(out, generation)
    for old in out.iterdir():
        if old.is_dir() and old not in (folder, live):
            shutil.rmtree(old, ignore_errors=True)
    return info


def drop_former_cubes(out: Path) -> int:
    """Remove every generation but the live one, and what killed builds left; returns how many."""
    live = _live_folder(out)
    former = [folder for folder in out.iterdir() if folder.is_dir() and folder != live] if out.is_dir() else []
    for folder in former:
        shutil.rmtree(folder)
    return len(former)


def open_cube(out: Path, taxonomy: Taxonomy, regions: Regions) -> Cube:
    """Open the live cube; raises CubeMissing when none has been built."""
    return Cube(live_cube_folder(out), taxonomy, regions)


def live_cube_folder(out: Path) -> Path:
    """Find the live cube's folder; raises CubeMissing when none has been built."""
    folder = _live_folder(out)
    if folder is None:
        raise CubeMissing(f"no demand figures have been built in {out} yet; run `labourscope index`")
    return folder


def read_info(folder: Path) -> CubeInfo:
    """Read a cube's description."""
    return CubeInfo.model_validate_json((folder / "info.json").read_text())


def _totals(folder: Path) -> tuple[str | None, str | None, int, int, int]:
    with duckdb.connect() as connection:
        (totals,) = connection.execute(
            "SELECT min(month), max(month), coalesce(sum(postings), 0)::BIGINT, count(*), (SELECT count(*) FROM read_parquet($skills))"
            " FROM read_parquet($vacancies)",
            {"vacancies": str(folder / "vacancies.parquet"), "skills": str(folder / "skills.parquet")},
        ).fetchall()
    return totals


def _live_folder(out: Path) -> Path | None:
    try:
        name = json.loads((out / _POINTER).read_text())["generation"]
    except FileNotFoundError:
        return None
    folder = out / name
    return folder if (folder / "info.json").exists() else None


def _swap(out: Path, generation: str) -> None:
    pointer = out / f".{_POINTER}.part"
    pointer.write_text(json.dumps({"generation": generation}))
    pointer.replace(out / _POINTER)
