from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from taxonomies.code_list import nace_section, normal_code
from taxonomies.error import ImportFailed
from taxonomies.importers import import_files
from taxonomies.importers.file_name import language_told, version_told
from taxonomies.model import ConceptType
from taxonomies.store import TaxonomyStore


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


NACE = (
    "Code,Description\nJ,INFORMATION AND COMMUNICATION\n62,Computer programming\n62.0,Computer programming activities\n62.01,Programming\n"
)


@pytest.mark.parametrize(
    ("name", "text", "ref", "code", "above"),
    [
        ("nace_rev2.csv", NACE, "nace:2", "62.01", ("62.0", "62", "J")),
        (
            "nace_rev2.1.csv",
            "code;label_en;label_de\nA;Farming;Landwirtschaft\nA01.1;Crops;Pflanzen\nA01;Farms;Höfe\n",
            "nace:2.1",
            "01.1",
            ("01", "A"),
        ),
        ("isco-08.csv", "code,label_en,label_fr\n7,Craft,Métiers\n72,Metal,Métal\n7212,Welders,Soudeurs\n", "isco:08", "7212", ("72", "7")),
        ("isced2011.csv", "code,label\n3,Upper secondary\n34,General\n344,With access\n", "isced:2011", "344", ("34", "3")),
    ],
)
def test_parents_follow_from_codes(
    store: TaxonomyStore, tmp_path: Path, name: str, text: str, ref: str, code: str, above: tuple[str, ...]
) -> None:
    import_files([write(tmp_path, name, text)], store)
    taxonomy = store.open(ref)
    uri = taxonomy.by_code(code)
    assert uri is not None
    assert tuple(taxonomy.code_of(parent) for parent in taxonomy.ancestors(uri)) == above


def test_languages_come_from_columns_or_file_names(store: TaxonomyStore, tmp_path: Path) -> None:
    import_files([write(tmp_path, "isced2011_en.csv", "code,label\n1,Primary education\n")], store)
    import_files([write(tmp_path, "isced2011_de.csv", "code,label\n1,Primarbereich\n")], store)
    (concept,) = (store.open("isced:2011").concept(uri) for uri in store.open("isced:2011").uris(ConceptType.EDUCATION))
    assert concept.labels == {"en": "Primary education", "de": "Primarbereich"}


def test_escos_isco_groups_make_an_isco_list_when_asked(store: TaxonomyStore, tmp_path: Path, sample: Any) -> None:
    path = write(tmp_path, "ISCOGroups_en.csv", sample.ENGLISH["ISCOGroups_en.csv"])
    report = import_files([path], store, scheme="isco", version="08")
    assert (str(report.ref), report.counts) == ("isco:08", {"occupation_group": 5})
    assert store.open("isco:08").by_code("7212") == "http://data.europa.eu/esco/isco/C7212"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("number,label\n1,Primary\n", "code column"),
        ("code,amount\n1,2\n", "label column"),
        ("code,label\n,Primary\n", "no row has both"),
    ],
)
def test_lists_without_codes_or_labels_are_refused(store: TaxonomyStore, tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(ImportFailed, match=words) as failure:
        import_files([write(tmp_path, "isced2011.csv", text)], store)
    assert "isced2011.csv" in str(failure.value)
    assert store.list() == []


def test_a_list_of_unknown_scheme_asks_for_the_option(store: TaxonomyStore, tmp_path: Path) -> None:
    with pytest.raises(ImportFailed, match="--scheme"):
        import_files([write(tmp_path, "codes.csv", "code,label\n1,x\n")], store, version="1")


def test_schemes_are_not_mixed(store: TaxonomyStore, tmp_path: Path, english: Path) -> None:
    with pytest.raises(ImportFailed, match="several schemes"):
        import_files([english, write(tmp_path, "nace_rev2.csv", NACE)], store)


@pytest.mark.parametrize(
    ("scheme", "raw", "code"),
    [
        ("nace", "A01.1", "01.1"),
        ("nace", "A 01", "01"),
        ("nace", "0111", "01.11"),
        ("nace", "J", "J"),
        ("nace", "62.01 ", "62.01"),
        ("nace", "Total", ""),
        ("isced", "ED3", "3"),
        ("isced", "level 8", "8"),
        ("isco", "C0110", "0110"),
        ("isco", "ISCO-08 2512", "2512"),
        ("isco", "0110", "0110"),
    ],
)
def test_codes_are_brought_to_one_form(scheme: str, raw: str, code: str) -> None:
    assert normal_code(scheme, raw) == code


@pytest.mark.parametrize(("division", "letter"), [("01", "A"), ("62", "J"), ("99", "U"), ("34", None), ("4", None), ("x", None)])
def test_nace_sections(division: str, letter: str | None) -> None:
    assert nace_section(division) == letter


@pytest.mark.parametrize(
    ("name", "scheme", "version"),
    [
        ("esco-v1.1.0-en.zip", "esco", "1.1.0"),
        ("labels-fr-v1.1.1.tar.gz", "esco", "1.1.1"),
        ("ESCO dataset - v1.2.0 - classification - en - csv.zip", "esco", "1.2.0"),
        ("esco-v1.2-en.zip", "esco", "1.2"),
        ("labels-es.tar.gz", "esco", None),
        ("NUTS_RG_60M_2021_4326.geojson.gz", "nuts", "2021"),
        ("nuts-2024", "nuts", "2024"),
        ("NUTS_RG_60M_4326.geojson", "nuts", None),
        ("NACE_Rev2.1_codes.csv", "nace", "2.1"),
    ],
)
def test_versions_are_read_from_names(name: str, scheme: str, version: str | None) -> None:
    assert version_told(name, scheme) == version


@pytest.mark.parametrize(
    ("name", "container", "language"),
    [
        ("skills_fr.csv", "esco.zip", "fr"),
        ("skills.csv", "ESCO dataset - v1.2.0 - classification - de - csv.zip", "de"),
        ("skills.csv", "labels-fr-v1.1.1.tar.gz", "fr"),
        ("skills.csv", "skills.csv", None),
    ],
)
def test_languages_are_read_from_names(name: str, container: str, language: str | None) -> None:
    assert language_told(name, container) == language
