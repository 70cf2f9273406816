from __future__ import annotations

import threading
from pathlib import Path

import pytest

from taxonomies.draft import TaxonomyDraft
from taxonomies.error import TaxonomyError, UnknownConcept, UnknownTaxonomy
from taxonomies.importers import import_files
from taxonomies.model import ConceptType, TaxonomyRef
from taxonomies.starter_lists import LANGUAGES
from taxonomies.store import TaxonomyStore


@pytest.fixture(scope="module")
def starter(tmp_path_factory: pytest.TempPathFactory) -> TaxonomyStore:
    store = TaxonomyStore(tmp_path_factory.mktemp("home"))
    assert str(store.ensure_starter()) == "starter:1"
    return store


def test_without_imports_the_starter_opens(starter: TaxonomyStore) -> None:
    assert str(starter.open().ref) == "starter:1"
    assert [str(info.ref) for info in starter.list()] == ["isced:2011", "nace:2-starter", "starter:1"]


def test_starter_speaks_five_languages(starter: TaxonomyStore) -> None:
    taxonomy = starter.open("starter:1")
    assert set(taxonomy.languages) == set(LANGUAGES)
    for type_ in (ConceptType.SKILL, ConceptType.OCCUPATION, ConceptType.OCCUPATION_GROUP):
        for uri in taxonomy.uris(type_):
            assert set(taxonomy.concept(uri).labels) == set(LANGUAGES), uri


def test_starter_occupations_have_skills_and_an_isco_group(starter: TaxonomyStore) -> None:
    taxonomy = starter.open("starter:1")
    for uri in taxonomy.uris(ConceptType.OCCUPATION):
        code = taxonomy.isco_of(uri)
        assert code is not None
        assert taxonomy.broader(uri) == (taxonomy.by_code(code),), uri
        assert taxonomy.skills_of(uri).essential, uri


def test_bundled_code_lists_are_whole(starter: TaxonomyStore) -> None:
    nace, isced = starter.open("nace:2-starter"), starter.open("isced:2011")
    assert len(nace.uris(ConceptType.INDUSTRY)) == 21 + 88
    assert sum(not nace.broader(uri) for uri in nace.uris(ConceptType.INDUSTRY)) == 21
    assert len(isced.uris(ConceptType.EDUCATION)) == 9


def test_starter_is_compiled_once(starter: TaxonomyStore) -> None:
    before = starter.list()
    starter.ensure_starter()
    assert starter.list() == before


def test_newest_esco_opens_before_the_starter(store: TaxonomyStore, english: Path) -> None:
    import_files([english], store)
    store.ensure_starter()
    assert str(store.open().ref) == "esco:1.1.0"


@pytest.mark.parametrize("name", ["esco:9.9.9", "esco", "ESCO:1", "../etc:1", ""])
def test_unknown_names_are_told(store: TaxonomyStore, name: str) -> None:
    with pytest.raises(UnknownTaxonomy):
        store.open(name)


def test_unknown_taxonomy_lists_what_is_there(store: TaxonomyStore, english: Path) -> None:
    import_files([english], store)
    with pytest.raises(UnknownTaxonomy, match=r"imported: esco:1\.1\.0"):
        store.open("esco:1.2.0")
    with pytest.raises(UnknownTaxonomy, match="no nace taxonomy"):
        store.open(scheme="nace")


def test_an_open_taxonomy_outlives_its_replacement(store: TaxonomyStore, english: Path, relations: Path) -> None:
    import_files([english], store)
    old = store.open("esco:1.1.0")
    import_files([relations], store)
    assert not old.folder.exists()
    assert old.search("weld metal")[0].label == "weld metal"
    assert len(old.uris(ConceptType.SKILL)) == 4
    assert store.open("esco:1.1.0").info.relations["essential"] == 2


def test_a_failed_write_leaves_the_old_build(store: TaxonomyStore, english: Path) -> None:
    import_files([english], store)
    before = store.list()

    def fail(folder: Path) -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        store.write(TaxonomyDraft(TaxonomyRef("esco", "1.1.0")).finish(), (), beside=fail)
    with pytest.raises(OSError, match="disk full"):
        store.write(TaxonomyDraft(TaxonomyRef("esco", "2.0.0")).finish(), (), beside=fail)
    assert store.list() == before
    assert [path.name for path in (store.root / "esco").iterdir()] == ["1.1.0"]


@pytest.mark.parametrize(
    ("damage", "words"),
    [("{", "damaged manifest"), (None, "missing or incomplete"), ("newer", "format 99")],
)
def test_damage_on_disk_is_told(store: TaxonomyStore, english: Path, damage: str | None, words: str) -> None:
    import_files([english], store)
    folder = store.root / "esco" / "1.1.0"
    manifest = folder / "manifest.json"
    if damage is None:
        (store.open("esco:1.1.0").folder / "labels.arrow").unlink()
    elif damage == "newer":
        manifest.write_text(manifest.read_text().replace('"format_version": 1', '"format_version": 99'))
    else:
        manifest.write_text(damage)
    with pytest.raises(TaxonomyError, match=words):
        store.open("esco:1.1.0")


def test_imports_wait_for_one_another(store: TaxonomyStore, english: Path, relations: Path) -> None:
    imports = [threading.Thread(target=import_files, args=([path], store), kwargs={"version": "1.1.0"}) for path in (english, relations)]
    for thread in imports:
        thread.start()
    for thread in imports:
        thread.join()
    assert store.open("esco:1.1.0").info.relations["essential"] == 2


def test_unknown_concepts_are_told(store: TaxonomyStore, english: Path) -> None:
    import_files([english], store)
    esco = store.open("esco:1.1.0")
    assert esco.get("urn:nothing") is None
    assert "urn:nothing" not in esco
    for ask in (esco.concept, esco.label, esco.broader, esco.type_of, esco.skills_of):
        with pytest.raises(UnknownConcept, match="urn:nothing"):
            ask("urn:nothing")
    assert esco.by_code("9999") is None
