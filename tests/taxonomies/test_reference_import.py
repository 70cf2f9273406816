from __future__ import annotations

import time
from pathlib import Path

import pytest

from taxonomies.importers import import_files
from taxonomies.model import ConceptType
from taxonomies.regions import Regions
from taxonomies.store import TaxonomyStore

pytestmark = pytest.mark.reference


@pytest.fixture(scope="module")
def esco(reference_data: Path, tmp_path_factory: pytest.TempPathFactory) -> TaxonomyStore:
    store = TaxonomyStore(tmp_path_factory.mktemp("home"))
    folder = reference_data / "esco"
    report = import_files([folder / "esco-v1.1.0-en.zip", folder / "esco-v1.1.0-relations.zip"], store)
    assert report.counts == {"skill": 13891, "skill_group": 643, "occupation": 3008, "occupation_group": 619}
    assert report.relations == {"broader": 24388, "essential": 65287, "optional": 64463}
    assert report.seconds < 60
    return store


def test_full_esco_opens_in_a_moment(esco: TaxonomyStore) -> None:
    begun = time.process_time()
    taxonomy = esco.open("esco:1.1.0")
    assert taxonomy.search("weld")
    assert time.process_time() - begun < 1


@pytest.mark.parametrize(
    ("text", "label"),
    [("python", "Python (computer programming)"), ("forklift driver", "forklift operator"), ("mange musical staf", "manage musical staff")],
)
def test_type_ahead_is_quick(esco: TaxonomyStore, text: str, label: str) -> None:
    taxonomy = esco.open("esco:1.1.0")
    taxonomy.search("warm up the cahes")
    begun = time.process_time()
    hits = taxonomy.search(text)
    assert time.process_time() - begun < 0.1  # 30 ms is the aim; of processor time, which other work does not count into
    assert hits[0].label == label


@pytest.mark.parametrize(
    ("name", "version", "told"),
    [
        ("labels-es.tar.gz", "1.0.3", "skills of occupations"),
        ("labels-fr-v1.1.1.tar.gz", None, "full list of skills"),
        ("labels-en-v1.2.0-partial.tar.gz", None, "full list of skills"),
        ("labels-nl-occupations.tar.gz", "1.1.1", "skills (skills_en.csv)"),
    ],
)
def test_partial_releases_import_and_tell_what_lacks(
    reference_data: Path, tmp_path: Path, name: str, version: str | None, told: str
) -> None:
    report = import_files([reference_data / "esco" / name], TaxonomyStore(tmp_path), version=version)
    assert report.counts["occupation"] > 2900
    assert any(told in missing for missing in report.missing)


def test_nuts_places_towns_in_their_regions(reference_data: Path, tmp_path: Path) -> None:
    store = TaxonomyStore(tmp_path)
    report = import_files([reference_data / "nuts" / f"NUTS_{kind}_2021_4326.geojson.gz" for kind in ("LB", "RG_60M")], store)
    assert report.counts == {"region": 2010}
    regions = Regions.open(store)
    assert regions.version == "2021"
    assert len(regions.codes(3)) == 1514
    found = {
        name: regions.places(name, country=country)[0].nuts
        for name, country in [("Düsseldorf", "DE"), ("Lyon", "FR"), ("Αθήνα", "GR"), ("Den Haag", "NL")]
    }
    assert found == {"Düsseldorf": "DEA11", "Lyon": "FRK26", "Αθήνα": "EL303", "Den Haag": "NL332"}
    assert store.open("nuts:2021").uris(ConceptType.REGION)
