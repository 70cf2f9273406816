"""What a release says of itself: Frictionless data package and README, and the check that both are true."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Final

from observatory.demand_model import CubeInfo
from observatory.error import ReleaseInvalid
from observatory.queries import METHOD
from observatory.release.tables import TABLES, Table

_LICENCES: Final = {"CC-BY-4.0": ("https://creativecommons.org/licenses/by/4.0/", "Creative Commons Attribution 4.0 International")}
_FOREIGN: Final = {"skill": "skills", "occupation": "occupations", "region": "regions"}


def data_package(folder: Path, version: str, cube: CubeInfo, published_at: datetime, *, title: str, licence: str) -> str:
    """Write the descriptor of the Data Package standard (version 2, JSON); resources are the CSV files, Parquet twins named beside."""
    path, licence_title = _LICENCES[licence]
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "labourscope-skills-in-demand",
        "title": title,
        "description": METHOD,
        "version": version,
        "created": published_at.isoformat(),
        "licenses": [{"name": licence, "path": path, "title": licence_title}],
        "keywords": ["labour market", "skills", "vacancies", "ESCO", "NUTS", "ISCO-08"],
        "temporal": {"from": cube.month_from, "to": cube.month_to},
        "taxonomy": cube.taxonomy,
        "pipeline": cube.pipeline,
        "nuts_version": cube.nuts_version,
        "resources": [_resource(folder, table) for table in TABLES],
    }
    return json.dumps(package, indent=1, ensure_ascii=False) + "\n"


def _resource(folder: Path, table: Table) -> dict[str, object]:
    schema: dict[str, object] = {
        "fields": [
            {"name": c.name, "type": c.type, "description": c.description} | ({"constraints": {"required": True}} if c.required else {})
            for c in table.columns
        ],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    foreign = [
        {"fields": [c.name], "reference": {"resource": _FOREIGN[c.name], "fields": [c.name]}}
        for c in table.columns
        if c.name in _FOREIGN and _FOREIGN[c.name] != table.name
    ]
    if foreign:
        schema["foreignKeys"] = foreign
    return {
        "name": table.name,
        "type": "table",
        "title": table.title,
        "description": table.description,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": (folder / f"{table.name}.csv").stat().st_size,
        "parquet": f"{table.name}.parquet",
        "schema": schema,
    }


def readme(version: str, cube: CubeInfo, published_at: datetime, *, title: str, licence: str) -> str:
    """Write the release's README: what it holds, the method, what the figures are worth, licence and how to check the files."""
    path, licence_title = _LICENCES[licence]
    tables = "\n\n".join(
        f"### {table.name}: {table.title}\n\n{table.description}\n\n| column | meaning |\n|---|---|\n"
        + "\n".join(f"| `{column.name}` | {column.description} |" for column in table.columns)
        for table in TABLES
    )
    return f"""# {title}, release {version}

Published {published_at.date().isoformat()}. Vacancies first published {cube.month_from} to {cube.month_to}:
{cube.vacancies} vacancies from {cube.postings} advertisements; {cube.unread} more vacancies had not been read and are not counted.
Skills and occupations: {cube.taxonomy}. Regions: NUTS {cube.nuts_version}. Reading pipeline: {cube.pipeline}.

Each dataset comes as CSV (UTF-8, comma, header line) and as Parquet with the same columns; `datapackage.json` describes them.
Check the files with `sha256sum -c SHA256SUMS`. A release never changes; a newer one has another version.

## Method

{METHOD}

Skills, occupations and places are read from the advertisements by rules and labels and can be wrong or missing; `coverage.csv` says
how many vacancies do not state a field. Figures below 10 vacancies should not be interpreted. Texts, names and contact data of people
are not part of a release.

## Datasets

{tables}

## Licence

{licence_title} ({licence}), {path}. Name "Labourscope" and the release's version as the source.
"""


def check_package(folder: Path) -> None:
    """Validate every CSV against the descriptor with Frictionless (types, required values, keys).

    Raises ReleaseInvalid with the first errors.
    """
    from frictionless import Package

    report = Package(str(folder / "datapackage.json")).validate()
    if not report.valid:
        errors = report.flatten(["title", "fieldName", "rowNumber", "message"])[:5]
        raise ReleaseInvalid(f"the release fails its own checks, nothing was published: {errors}")
