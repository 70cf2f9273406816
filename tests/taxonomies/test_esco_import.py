from __future__ import annotations

import io
import itertools
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from taxonomies.error import ImportFailed, VersionMissing
from taxonomies.importers import ImportProgress, import_files
from taxonomies.model import ConceptType, SkillKind
from taxonomies.store import TaxonomyStore

Zip = Callable[[str, Mapping[str, str]], Path]

SKILL = "http://data.europa.eu/esco/skill/"
OCCUPATION = "http://data.europa.eu/esco/occupation/"
ISCO = "http://data.europa.eu/esco/isco/C"


def test_import_reads_concepts_labels_and_relations(store: TaxonomyStore, english: Path, relations: Path) -> None:
    report = import_files([english, relations], store)
    assert str(report.ref) == "esco:1.1.0"
    assert report.counts == {"skill": 4, "skill_group": 2, "occupation": 3, "occupation_group": 5}
    assert report.relations == {"broader": 8, "essential": 2, "optional": 2}
    assert report.languages == ("en",)
    assert {file.role for file in report.recognised} >= {"concepts and labels", "broader relations", "occupation-skill relations"}
    assert [file.name for file in report.ignored] == ["esco-v1.1.0-en.zip: conceptSchemes_en.csv"]
    assert report.missing == ()


def test_concept_carries_what_the_files_say(store: TaxonomyStore, english: Path, relations: Path) -> None:
    import_files([english, relations], store)
    esco = store.open("esco:1.1.0")
    welder = esco.concept(OCCUPATION + "welder")
    assert (welder.type, welder.code, welder.isco) == (ConceptType.OCCUPATION, "7212.3", "7212")
    assert welder.labels == {"en": "welder"}
    assert welder.alternative_labels == {"en": ("metal welder",)}
    assert esco.concept(SKILL + "weld").descriptions == {"en": "Join pieces of metal."}
    assert esco.concept(ISCO + "7212").isco == "7212"


@pytest.mark.parametrize(
    ("skill", "kind"),
    [("weld", SkillKind.SKILL), ("metal", SkillKind.KNOWLEDGE), ("python", SkillKind.TOOL), ("calm", SkillKind.ATTITUDE)],
)
def test_kind_follows_skill_type_place_and_description(
    store: TaxonomyStore, english: Path, relations: Path, skill: str, kind: SkillKind
) -> None:
    import_files([english, relations], store)
    assert store.open("esco:1.1.0").kind_of(SKILL + skill) is kind


def test_parents_missing_from_the_relations_follow_from_codes(store: TaxonomyStore, english: Path, relations: Path) -> None:
    import_files([english, relations], store)
    esco = store.open("esco:1.1.0")
    assert esco.ancestors(OCCUPATION + "pipe-welder") == (OCCUPATION + "welder", ISCO + "7212", ISCO + "721", ISCO + "72", ISCO + "7")


def test_order_of_imports_does_not_matter(tmp_path: Path, english: Path, relations: Path, french: Path) -> None:
    seen = []
    for number, order in enumerate(itertools.permutations([english, relations, french])):
        store = TaxonomyStore(tmp_path / str(number))
        for path in order:
            import_files([path], store, version="1.1.0")
        esco = store.open("esco:1.1.0")
        concepts = {uri: esco.concept(uri).model_dump() for type_ in ConceptType for uri in esco.uris(type_)}
        seen.append((concepts, set(esco.relations()), store.list()[0].counts))
    assert all(other == seen[0] for other in seen)


def test_labels_of_another_release_are_left_out_and_told(store: TaxonomyStore, english: Path, french: Path) -> None:
    import_files([english], store)
    report = import_files([french], store, version="1.1.0")
    assert report.languages == ("en", "fr")
    esco = store.open("esco:1.1.0")
    assert SKILL + "old" not in esco
    assert esco.label(OCCUPATION + "welder", "fr") == "soudeur/soudeuse"
    assert esco.concept(OCCUPATION + "welder").alternative_labels["fr"] == ("soudeur", "soudeuse")
    assert esco.isco_of(OCCUPATION + "coder") == "2512"
    assert any("1 skills left out" in warning and SKILL + "old" in warning for warning in report.warnings)
    assert any("another type or ISCO group" in warning for warning in report.warnings)
    assert "labels in fr: 1 of 4 skills" in report.missing


def test_relations_wait_for_their_concepts(store: TaxonomyStore, english: Path, relations: Path) -> None:
    first = import_files([relations], store)
    assert (first.counts, first.pending_relations) == ({}, 6)
    assert any("6 relations wait" in warning for warning in first.warnings)
    second = import_files([english], store)
    assert second.pending_relations == 0
    assert store.open("esco:1.1.0").skills_of(OCCUPATION + "welder") == ((SKILL + "weld",), (SKILL + "metal",))


def test_importing_twice_changes_nothing(store: TaxonomyStore, english: Path, relations: Path) -> None:
    first = import_files([english, relations], store)
    second = import_files([english, relations], store)
    assert (first.counts, first.relations, len(store.list()[0].sources)) == (second.counts, second.relations, 2)


def test_a_collection_stands_in_for_a_missing_skills_file(store: TaxonomyStore, zip_of: Zip, sample: Any) -> None:
    collection = sample.csv_text(
        (
            "conceptType",
            "conceptUri",
            "preferredLabel",
            "status",
            "skillType",
            "reuseLevel",
            "altLabels",
            "description",
            "broaderConceptUri",
        ),
        ("KnowledgeSkillCompetence", SKILL + "weld", "weld metal", "released", "skill/competence", "", "welding | weld", "", SKILL + "S"),
    )
    report = import_files(
        [
            zip_of(
                "esco-v1.2.0-en.zip",
                {"greenSkillsCollection_en.csv": collection, "skillGroups_en.csv": sample.ENGLISH["skillGroups_en.csv"]},
            )
        ],
        store,
    )
    assert "the full list of skills (skills_en.csv): 1 are known from other files" in report.missing
    esco = store.open("esco:1.2.0")
    assert esco.broader(SKILL + "weld") == (SKILL + "S",)
    assert esco.concept(SKILL + "weld").alternative_labels == {"en": ("welding", "weld")}


def test_hierarchy_names_groups_and_their_parents(store: TaxonomyStore, zip_of: Zip, sample: Any) -> None:
    columns = [f"Level {level} {what}" for level in range(4) for what in ("URI", "preferred term")] + [f"Level {n} code" for n in range(4)]
    rows = [
        (SKILL + "S", "skills", "", "", "", "", "", "", "S"),
        (SKILL + "S", "skills", SKILL + "S1", "communication", "", "", "", "", "S", "S1"),
    ]
    import_files([zip_of("esco-v1.2.0.zip", {"skillsHierarchy_en.csv": sample.csv_text(columns, *rows)})], store)
    esco = store.open("esco:1.2.0")
    assert esco.by_code("S1") == SKILL + "S1"
    assert esco.broader(SKILL + "S1") == (SKILL + "S",)


@pytest.mark.parametrize("kind", ["folder", "zip", "tar.gz"])
def test_folder_zip_and_tar_give_the_same(tmp_path: Path, store: TaxonomyStore, kind: str, sample: Any) -> None:
    path = tmp_path / (f"esco-v1.1.0-en.{kind}" if kind != "folder" else "esco-v1.1.0-en")
    if kind == "folder":
        path.mkdir()
        for name, text in sample.ENGLISH.items():
            (path / name).write_text(text, encoding="utf-8")
    elif kind == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in sample.ENGLISH.items():
                archive.writestr(f"ESCO dataset/{name}", text)
            archive.writestr("__MACOSX/._skills_en.csv", "x")
    else:
        with tarfile.open(path, "w:gz") as tar:
            for name, text in sample.ENGLISH.items():
                info = tarfile.TarInfo(name)
                info.size = len(text.encode())
                tar.addfile(info, io.BytesIO(text.encode()))
    assert import_files([path], store).counts == {"skill": 4, "skill_group": 2, "occupation": 3, "occupation_group": 5}


def test_files_are_told_by_their_columns_when_names_differ(store: TaxonomyStore, zip_of: Zip, sample: Any) -> None:
    renamed = {
        "competences_v2_en.csv": sample.ENGLISH["skills_en.csv"],
        "links.csv": sample.RELATIONS["occupationSkillRelations.csv"],
        "notes.csv": "a,b\n1,2\n",
    }
    report = import_files([zip_of("esco-v2.0.0.zip", renamed)], store)
    assert [file.role for file in report.recognised] == ["concepts and labels", "occupation-skill relations"]
    assert [file.name for file in report.ignored] == ["esco-v2.0.0.zip: notes.csv"]


def test_progress_names_every_step(store: TaxonomyStore, english: Path) -> None:
    steps: list[ImportProgress] = []
    import_files([english], store, on_progress=steps.append)
    assert steps[0].step == "unpack esco-v1.1.0-en.zip"
    assert steps[-1].step == "compile esco:1.1.0"


def test_option_wins_over_the_version_in_the_name_and_warns(store: TaxonomyStore, zip_of: Zip, sample: Any) -> None:
    report = import_files([zip_of("labels-fr-v1.1.1.zip", sample.FRENCH)], store, version="1.1.0")
    assert str(report.ref) == "esco:1.1.0"
    assert any("says version 1.1.1" in warning for warning in report.warnings)


def test_versions_stand_side_by_side(store: TaxonomyStore, zip_of: Zip, sample: Any) -> None:
    import_files([zip_of("esco-v1.1.0-en.zip", sample.ENGLISH)], store)
    fewer = {"skills_en.csv": sample.skills([("weld", "skill/competence", "weld metal parts", "", "")])}
    import_files([zip_of("esco-v1.1.1-en.zip", fewer)], store)
    assert store.open("esco:1.1.0").label(SKILL + "weld") == "weld metal"
    assert store.open("esco:1.1.1").label(SKILL + "weld") == "weld metal parts"
    assert str(store.open().ref) == "esco:1.1.1"


def _broken(name: str, sample: Any) -> dict[str, str]:
    return {
        "no label column": {"skills_en.csv": sample.csv_text(("conceptType", "conceptUri"), ("KnowledgeSkillCompetence", SKILL + "x"))},
        "no target column": {"occupationSkillRelations.csv": sample.csv_text(("occupationUri", "relationType"), ("a", "essential"))},
        "cut off in a field": {"skills_en.csv": sample.ENGLISH["skills_en.csv"] + 'KnowledgeSkillCompetence,"half a fie'},
        "no language": {"skills.csv": sample.ENGLISH["skills_en.csv"]},
        "nothing known": {"prices.csv": "item,price\nscrew,1\n", "skills.txt": "x"},
        "empty file": {"skills_en.csv": ""},
    }[name]


@pytest.mark.parametrize(
    ("case", "words"),
    [
        ("no label column", ("skills_en.csv", "preferredLabel", "rename the column")),
        ("no target column", ("occupationSkillRelations.csv", "skillUri")),
        ("cut off in a field", ("skills_en.csv", "line", "cut off")),
        ("no language", ("skills.csv", "skills_en.csv")),
        ("nothing known", ("prices.csv", "no ESCO table")),
        ("empty file", ("skills_en.csv", "no header line")),
    ],
)
def test_bad_tables_are_told_and_change_nothing(
    store: TaxonomyStore, english: Path, zip_of: Zip, case: str, words: tuple[str, ...], sample: Any
) -> None:
    import_files([english], store)
    before = store.list()
    with pytest.raises(ImportFailed) as failure:
        import_files([zip_of("more.zip", _broken(case, sample))], store, scheme="esco", version="1.1.0")
    assert all(word in str(failure.value) for word in words), str(failure.value)
    assert store.list() == before
    assert store.open("esco:1.1.0").label(SKILL + "weld") == "weld metal"
    assert len(list((store.root / "esco" / "1.1.0").iterdir())) == 2


def _path(name: str, folder: Path, english: Path) -> Path:
    path = folder / name
    if name == "empty-1.0.0":
        path.mkdir()
    elif name == "truncated-1.0.0.zip":
        path.write_bytes(english.read_bytes()[:-200])
    elif name == "corrupt-1.0.0.zip":
        data = bytearray(english.read_bytes())
        data[100:160] = bytes(60)
        path.write_bytes(bytes(data))
    elif name == "truncated-1.0.0.tar.gz":
        with tarfile.open(path, "w:gz") as tar:
            tar.add(english, "skills_en.csv")
        path.write_bytes(path.read_bytes()[:-40])
    elif name in ("not-1.0.0.zip", "not-1.0.0.tar.gz", "report-1.0.0.pdf"):
        path.write_text("this is no archive", encoding="utf-8")
    elif name == "latin-1.0.0_en.csv":
        path.write_bytes("conceptType,conceptUri,preferredLabel\nOccupation,x,Bäcker\n".encode("latin-1"))
    return path


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("absent-1.0.0.zip", "no such file"),
        ("empty-1.0.0", "empty folder"),
        ("truncated-1.0.0.zip", "not a whole zip"),
        ("corrupt-1.0.0.zip", "not a whole zip"),
        ("truncated-1.0.0.tar.gz", "not a whole tar.gz"),
        ("not-1.0.0.zip", "not a whole zip"),
        ("not-1.0.0.tar.gz", "not a whole tar.gz"),
        ("report-1.0.0.pdf", "not a kind of file"),
        ("latin-1.0.0_en.csv", "UTF-8"),
    ],
)
def test_bad_paths_are_told(store: TaxonomyStore, tmp_path: Path, english: Path, name: str, words: str) -> None:
    with pytest.raises(ImportFailed, match=words) as failure:
        import_files([_path(name, tmp_path, english)], store, scheme="esco")
    assert name in str(failure.value)
    assert store.list() == []


def test_version_missing_names_the_option(store: TaxonomyStore, french: Path) -> None:
    with pytest.raises(VersionMissing, match=r"labels-fr\.zip.*--version"):
        import_files([french], store)


def test_files_of_two_versions_need_a_decision(store: TaxonomyStore, english: Path, zip_of: Zip, sample: Any) -> None:
    with pytest.raises(ImportFailed, match=r"several versions: .*1\.1\.0.*1\.1\.1.*--version"):
        import_files([english, zip_of("labels-fr-v1.1.1.zip", sample.FRENCH)], store)


@pytest.mark.parametrize("option", [{"scheme": "onet"}, {"version": "1/1"}])
def test_options_are_checked(store: TaxonomyStore, english: Path, option: dict[str, str]) -> None:
    with pytest.raises(ImportFailed, match=r"--scheme|--version"):
        import_files([english], store, **option)


def test_deprecated_rows_are_counted(store: TaxonomyStore, zip_of: Zip, sample: Any) -> None:
    text = sample.ENGLISH["skills_en.csv"].replace("released", "obsolete", 1)
    report = import_files(
        [zip_of("esco-v1.1.0-en.zip", {"skills_en.csv": text, "ISCOGroups_en.csv": sample.groups([("7", "7", "Craft")])})], store
    )
    assert report.counts["skill"] == 3
    assert any("1 rows left out (status obsolete)" in warning for warning in report.warnings)
