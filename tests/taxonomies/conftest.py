"""A tiny ESCO and a tiny NUTS, written as the official files are."""

from __future__ import annotations

import csv
import io
import json
import os
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from taxonomies.store import TaxonomyStore

E = "http://data.europa.eu/esco/"
SKILL = E + "skill/"
OCCUPATION = E + "occupation/"
ISCO = E + "isco/C"

Rows = Sequence[Sequence[str]]


def csv_text(*rows: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def skills(rows: Rows) -> str:
    header = (
        "conceptType",
        "conceptUri",
        "skillType",
        "reuseLevel",
        "preferredLabel",
        "altLabels",
        "hiddenLabels",
        "status",
        "description",
    )
    return csv_text(
        header, *(("KnowledgeSkillCompetence", SKILL + r[0], r[1], "cross-sector", r[2], r[3], "", "released", r[4]) for r in rows)
    )


def occupations(rows: Rows) -> str:
    header = ("conceptType", "conceptUri", "iscoGroup", "preferredLabel", "altLabels", "status", "code", "description")
    return csv_text(header, *(("Occupation", OCCUPATION + r[0], r[1], r[2], r[3], "released", r[4], "") for r in rows))


def groups(rows: Rows, *, type_: str = "ISCOGroup", base: str = ISCO) -> str:
    header = ("conceptType", "conceptUri", "code", "preferredLabel", "status", "altLabels", "description")
    return csv_text(header, *((type_, base + r[0], r[1], r[2], "released", "", "") for r in rows))


ENGLISH = {
    "skills_en.csv": skills(
        [
            ("weld", "skill/competence", "weld metal", "join metal by welding\nwelding", "Join pieces of metal."),
            (
                "python",
                "knowledge",
                "Python (computer programming)",
                "Python",
                "The computer program Python is no program, but this is a test.",
            ),
            ("calm", "skill/competence", "cope with stress", "", "Stay calm."),
            ("metal", "knowledge", "metals", "", "Kinds of metal."),
        ]
    ),
    "occupations_en.csv": occupations(
        [
            ("welder", "7212", "welder", "metal welder\nwelder", "7212.3"),
            ("pipe-welder", "7212", "pipe welder", "", "7212.3.1"),
            ("coder", "2512", "software developer", "programmer", "2512.4"),
        ]
    ),
    "ISCOGroups_en.csv": groups(
        [
            ("7", "7", "Craft workers"),
            ("72", "72", "Metal workers"),
            ("721", "721", "Moulders and welders"),
            ("7212", "7212", "Welders"),
            ("2512", "2512", "Software developers"),
        ]
    ),
    "skillGroups_en.csv": groups([("S", "S", "skills"), ("T3", "T3", "self-management skills")], type_="SkillGroup", base=SKILL),
    "conceptSchemes_en.csv": csv_text(("conceptType", "conceptSchemeUri"), ("ConceptScheme", "x")),
}

RELATIONS = {
    "broaderRelationsSkillPillar.csv": csv_text(
        ("conceptType", "conceptUri", "broaderType", "broaderUri"),
        ("KnowledgeSkillCompetence", SKILL + "weld", "SkillGroup", SKILL + "S"),
        ("KnowledgeSkillCompetence", SKILL + "calm", "SkillGroup", SKILL + "T3"),
    ),
    "occupationSkillRelations.csv": csv_text(
        ("occupationUri", "relationType", "skillType", "skillUri"),
        (OCCUPATION + "welder", "essential", "skill/competence", SKILL + "weld"),
        (OCCUPATION + "welder", "optional", "knowledge", SKILL + "metal"),
        (OCCUPATION + "coder", "essential", "knowledge", SKILL + "python"),
    ),
    "skillSkillRelations.csv": csv_text(
        ("originalSkillUri", "originalSkillType", "relationType", "relatedSkillType", "relatedSkillUri"),
        (SKILL + "metal", "knowledge", "optional", "skill/competence", SKILL + "weld"),
    ),
}

FRENCH = {
    "skills_fr.csv": skills(
        [
            ("weld", "skill/competence", "souder du métal", "soudage", "Assembler."),
            ("old", "skill/competence", "ancienne compétence", "", ""),
        ]
    ),
    "occupations_fr.csv": occupations(
        [("welder", "7212", "soudeur/soudeuse", "", "7212.3"), ("coder", "2166", "développeur/développeuse", "", "")]
    ),
}


def square(code: str, west: float, south: float, size: float, name: str | None = None) -> dict[str, object]:
    ring = [[west, south], [west + size, south], [west + size, south + size], [west, south + size], [west, south]]
    return {
        "type": "Feature",
        "geometry": {"type": "Polygon", "coordinates": [ring]},
        "properties": {
            "NUTS_ID": code,
            "LEVL_CODE": len(code) - 2,
            "CNTR_CODE": code[:2],
            "NAME_LATN": name or code,
            "NUTS_NAME": name or code,
        },
    }


def geojson(*features: dict[str, object]) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(features)})


Zip = Callable[[str, Mapping[str, str]], Path]


class SampleFiles:
    """What the tests build files from; a fixture because test modules cannot import one another."""

    ENGLISH = ENGLISH
    RELATIONS = RELATIONS
    FRENCH = FRENCH
    csv_text = staticmethod(csv_text)
    skills = staticmethod(skills)
    groups = staticmethod(groups)
    square = staticmethod(square)
    geojson = staticmethod(geojson)


@pytest.fixture
def sample() -> type[SampleFiles]:
    return SampleFiles


@pytest.fixture
def zip_of(tmp_path: Path) -> Zip:
    def make(name: str, files: Mapping[str, str]) -> Path:
        path = tmp_path / name
        with zipfile.ZipFile(path, "w") as archive:
            for member, text in files.items():
                archive.writestr(member, text)
        return path

    return make


@pytest.fixture
def store(tmp_path: Path) -> TaxonomyStore:
    return TaxonomyStore(tmp_path / "home" / "taxonomies")


@pytest.fixture
def english(zip_of: Zip) -> Path:
    return zip_of("esco-v1.1.0-en.zip", ENGLISH)


@pytest.fixture
def relations(zip_of: Zip) -> Path:
    return zip_of("esco-v1.1.0-relations.zip", RELATIONS)


@pytest.fixture
def french(zip_of: Zip) -> Path:
    return zip_of("labels-fr.zip", FRENCH)


@pytest.fixture(scope="session")
def reference_data() -> Path:
    folder = os.environ.get("LABOURSCOPE_REFERENCE_DATA")
    if not folder:
        pytest.skip("LABOURSCOPE_REFERENCE_DATA is unset: it names the folder of the reference data")
    return Path(folder)
