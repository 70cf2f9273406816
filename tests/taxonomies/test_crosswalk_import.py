"""Labels out of crosswalks: German and Swedish names join the concepts of an English release."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from taxonomies.error import ImportFailed
from taxonomies.importers import import_files
from taxonomies.model import ConceptType
from taxonomies.store import TaxonomyStore

SKILL = "http://data.europa.eu/esco/skill/"
OCCUPATION = "http://data.europa.eu/esco/occupation/"

HEAD = "Mapping project name,ESCO - National,\nClassification 1 Name,ESCO,\nClassification 1 Language,de,\n,,\n"
COLUMNS = "Classification 1 URI,Classification 1 PrefLabel,Classification 2 ID,Classification 2 PrefLabel,Mapping relation,Editorial note\n"
ROWS = (
    f'{SKILL}weld,"Metall schweißen","K 1","Schweißen",skos:exactMatch,\n'
    f'{SKILL}weld,"Metall schweißen","K 2","Fügetechnik",skos:broadMatch,\n'
    f'{SKILL}metal,"Metalle","K 3","Metallkunde (Werkstoffe)"",skos:exactMatch,\n'
    f'{OCCUPATION}welder,"Schweißer/Schweißerin",,"Metallschweißer / Metallschweißerin im Rohrbau",skos:exactMatch,\n'
    f'{OCCUPATION}coder,"Programmierer",,"Softwareentwickler/Softwareentwicklerin",skos:exactMatch,\n'
    "http://example.org/other,Anderes,,Fremdes,skos:exactMatch,\n"
)


def written(folder: Path, text: str) -> Path:
    path = folder / "national_mapping.csv.gz"
    path.write_bytes(gzip.compress(text.encode()))
    return path


def test_names_of_a_crosswalk_become_labels(store: TaxonomyStore, english: Path, tmp_path: Path) -> None:
    report = import_files([english, written(tmp_path, HEAD + COLUMNS + ROWS)], store)
    assert "labels of a crosswalk" in {file.role for file in report.recognised}
    assert report.languages == ("en", "de")
    esco = store.open("esco:1.1.0")
    weld = esco.concept(SKILL + "weld")
    assert weld.labels["de"] == "Metall schweißen"
    assert weld.alternative_labels["de"] == ("Schweißen",)
    assert esco.concept(SKILL + "metal").alternative_labels["de"] == ("Metallkunde (Werkstoffe)",)


@pytest.mark.parametrize(
    ("concept", "names"),
    [
        pytest.param("welder", ("Metallschweißer im Rohrbau", "Metallschweißerin im Rohrbau"), id="both genders with a rest"),
        pytest.param("coder", ("Softwareentwickler", "Softwareentwicklerin"), id="two words"),
    ],
)
def test_a_name_with_a_slash_is_two_names(
    store: TaxonomyStore, english: Path, tmp_path: Path, concept: str, names: tuple[str, str]
) -> None:
    import_files([english, written(tmp_path, HEAD + COLUMNS + ROWS)], store)
    assert store.open("esco:1.1.0").concept(OCCUPATION + concept).alternative_labels["de"] == names


def test_a_crosswalk_adds_to_an_import_made_before(store: TaxonomyStore, english: Path, tmp_path: Path) -> None:
    import_files([english], store)
    before = store.open("esco:1.1.0").uris(ConceptType.SKILL)
    import_files([written(tmp_path, HEAD + COLUMNS + ROWS)], store, version="1.1.0")
    assert set(store.open("esco:1.1.0").uris(ConceptType.SKILL)) == set(before)


def test_a_crosswalk_without_a_language_is_refused(store: TaxonomyStore, tmp_path: Path) -> None:
    head = HEAD.replace("Classification 1 Language,de", "Classification 1 Language,German")
    with pytest.raises(ImportFailed, match="Classification 1 Language"):
        import_files([written(tmp_path, head + COLUMNS + ROWS)], store, version="1.1.0")


def test_a_table_that_names_esco_second_is_no_label_file(store: TaxonomyStore, tmp_path: Path) -> None:
    text = "Mapping project name,O*NET,\n,,\nO*NET Id,O*NET Title,ESCO or ISCO URI\n1,Chief,x\n"
    with pytest.raises(ImportFailed, match=r"scheme|no ESCO table"):
        import_files([written(tmp_path, text)], store, version="1.1.0")
