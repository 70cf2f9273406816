"""Making a release: tables written beside, checked, then moved in place and pointed to by `latest`."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

import duckdb
import pyarrow as pa

from observatory.cube import Cube
from observatory.demand_model import CubeInfo
from observatory.error import ReleaseHeld
from observatory.release.catalogue import latest_release, list_releases, point_latest
from observatory.release.describe import check_package, data_package, readme
from observatory.release.tables import TABLES, Table
from observatory.release_model import ReleaseFile, ReleaseInfo
from taxonomies.regions import Regions
from taxonomies.taxonomy import Taxonomy
from vacancies.source import Source

LICENCE: Final = "CC-BY-4.0"
TITLE: Final = "Labourscope: skills in demand"
_SMALLEST, _LARGEST = 0.8, 1.5  # shares of the last release's vacancies between which a release passes the gate
_GATE_FROM: Final = 100  # vacancies in the last release from which the gate applies
_MEDIA: Final = {
    ".csv": "text/csv",
    ".parquet": "application/vnd.apache.parquet",
    ".json": "application/json",
    ".md": "text/markdown",
    "": "text/plain",
}


class MadeRelease(NamedTuple):
    """The release, and whether it was made now or had been made from the very same cube before."""

    info: ReleaseInfo
    is_new: bool


def make_release(
    cube: Cube,
    taxonomy: Taxonomy,
    regions: Regions,
    releases: Path,
    *,
    sources: Iterable[Source],
    run_id: str,
    published_at: datetime,
    force: bool = False,
) -> MadeRelease:
    """Publish the cube's datasets as CSV and Parquet with description, method, licence and checksums.

    A cube that the last release was made of already makes no new one. Raises ReleaseHeld when the number of vacancies left the range
    0.8 to 1.5 of the last release's (unless `force`), ReleaseInvalid when the files fail their checks; in both cases nothing is published.
    """
    info = cube.info()
    last = _newest(releases)
    if last is not None:
        if last.cube == info.generation:
            return MadeRelease(last, is_new=False)
        if not force:
            _check_gate(info, last)
    version = _next_version(releases, published_at)
    building = releases / f".building-{version}"
    shutil.rmtree(building, ignore_errors=True)
    building.mkdir(parents=True)
    rows = _write_tables(building, cube.folder, taxonomy, regions, sources)
    _write_descriptions(building, version, info, published_at)
    check_package(building)
    made = _info(building, version, info, rows, run_id=run_id, published_at=published_at)
    (building / "release.json").write_text(made.model_dump_json(indent=1))
    for file in building.iterdir():
        file.chmod(0o444)
    building.rename(releases / version)
    point_latest(releases, version)
    return MadeRelease(made, is_new=True)


def _newest(releases: Path) -> ReleaseInfo | None:
    """Find the newest release; when a run was killed before `latest` pointed to it, it does now."""
    newest = next(iter(list_releases(releases)), None)
    if newest is not None and newest != latest_release(releases):
        point_latest(releases, newest.version)
    return newest


def _check_gate(info: CubeInfo, last: ReleaseInfo) -> None:
    share = info.vacancies / last.vacancies if last.vacancies else 1.0
    if last.vacancies >= _GATE_FROM and not _SMALLEST <= share <= _LARGEST:
        raise ReleaseHeld(
            f"the release would hold {info.vacancies} vacancies, the last one ({last.version}) holds {last.vacancies};"
            f" if that is right, publish it with --force"
        )


def _next_version(releases: Path, published_at: datetime) -> str:
    day = published_at.date().isoformat()
    taken = {release.version for release in list_releases(releases)}
    number = 1
    while (version := day if number == 1 else f"{day}.{number}") in taken:
        number += 1
    return version


@contextmanager
def _cube_views(folder: Path, taxonomy: Taxonomy, regions: Regions, sources: Iterable[Source]) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        for name in ("vacancies", "skills", "postings"):
            connection.read_parquet(str(folder / f"{name}.parquet")).create_view(name)
        for name, table in _names(connection, taxonomy, regions, sources).items():
            connection.register(name, table)
        yield connection


def _names(connection: duckdb.DuckDBPyConnection, taxonomy: Taxonomy, regions: Regions, sources: Iterable[Source]) -> dict[str, pa.Table]:
    skills = [uri for (uri,) in connection.execute("SELECT DISTINCT skill FROM skills").fetchall()]
    occupations = connection.execute("SELECT DISTINCT occupation FROM vacancies WHERE occupation IS NOT NULL").fetchall()
    codes = connection.execute("SELECT DISTINCT region[:n] FROM vacancies, unnest([2, 3, 4, 5]) AS l(n) WHERE len(region) >= n").fetchall()
    concepts = {uri: taxonomy.get(uri) for uri in (*skills, *(uri for (uri,) in occupations))}
    label = {uri: taxonomy.label(uri) if concept else uri for uri, concept in concepts.items()}

    def kind_of(uri: str) -> str | None:
        concept = concepts[uri]
        return concept.kind.value if concept and concept.kind else None

    def isco_of(uri: str) -> str | None:
        concept = concepts[uri]
        return concept.isco if concept else None

    return {
        "skill_names": _table(("skill", "label", "kind"), [(uri, label[uri], kind_of(uri)) for uri in skills]),
        "occupation_names": _table(("occupation", "label", "isco"), [(uri, label[uri], isco_of(uri)) for (uri,) in occupations]),
        "region_names": _table(
            ("region", "label", "level"),
            [(code, regions.label(code) if regions.exists(code) else code, len(code) - 2) for (code,) in codes],
        ),
        "source_names": _table(
            ("board", "name", "countries", "legal_basis"), [(s.board, s.name, " ".join(s.countries), s.legal_basis) for s in sources]
        ),
    }


def _table(names: tuple[str, ...], rows: list[tuple[object, ...]]) -> pa.Table:
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    types = {"level": pa.int32()}
    return pa.table({name: pa.array(column, types.get(name, pa.string())) for name, column in zip(names, columns, strict=True)})


def _write_tables(folder: Path, cube: Path, taxonomy: Taxonomy, regions: Regions, sources: Iterable[Source]) -> dict[str, int]:
    rows: dict[str, int] = {}
    with _cube_views(cube, taxonomy, regions, sources) as connection:
        for table in TABLES:
            relation = connection.sql(table.sql)
            _check_columns(table, relation.columns)
            relation.write_csv(str(folder / f"{table.name}.csv"), header=True)
            relation.write_parquet(str(folder / f"{table.name}.parquet"), compression="zstd")
            rows[table.name] = len(relation)
    return rows


def _check_columns(table: Table, columns: list[str]) -> None:
    expected = [column.name for column in table.columns]
    if columns != expected:
        raise ValueError(f"dataset {table.name}: the query gives {columns}, described are {expected}")


def _write_descriptions(folder: Path, version: str, info: CubeInfo, published_at: datetime) -> None:
    (folder / "datapackage.json").write_text(data_package(folder, version, info, published_at, title=TITLE, licence=LICENCE))
    (folder / "README.md").write_text(readme(version, info, published_at, title=TITLE, licence=LICENCE))
    sums = [f"{_sha256(file)}  {file.name}\n" for file in sorted(folder.iterdir())]
    (folder / "SHA256SUMS").write_text("".join(sums))


def _info(folder: Path, version: str, cube: CubeInfo, rows: dict[str, int], *, run_id: str, published_at: datetime) -> ReleaseInfo:
    titles = {table.name: table.title for table in TABLES}
    files = tuple(
        ReleaseFile(
            name=file.name,
            title=titles.get(
                file.stem,
                {"datapackage": "Description of the datasets (Frictionless)", "README": "Read me: method and licence"}.get(
                    file.stem, "Checksums"
                ),
            ),
            media_type=_MEDIA[file.suffix],
            size=file.stat().st_size,
            sha256=_sha256(file),
            rows=rows.get(file.stem) if file.suffix in {".csv", ".parquet"} else None,
        )
        for file in sorted(folder.iterdir())
    )
    return ReleaseInfo(
        version=version,
        title=TITLE,
        published_at=published_at,
        run_id=run_id,
        taxonomy=cube.taxonomy,
        pipeline=cube.pipeline,
        nuts_version=cube.nuts_version,
        cube=cube.generation,
        licence=LICENCE,
        month_from=cube.month_from,
        month_to=cube.month_to,
        postings=cube.postings,
        vacancies=cube.vacancies,
        files=files,
    )


def _sha256(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
