from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taxonomies.importers import import_files
from taxonomies.label_key import label_key
from taxonomies.model import ConceptType
from taxonomies.store import TaxonomyStore
from taxonomies.taxonomy import Taxonomy


@pytest.fixture
def esco(store: TaxonomyStore, english: Path, french: Path) -> Taxonomy:
    import_files([english, french], store, version="1.1.0")
    return store.open("esco:1.1.0")


@pytest.mark.parametrize(
    ("text", "label", "score"),
    [
        ("weld metal", "weld metal", 1.0),
        ("WELDING", "weld metal", 1.0),
        ("wel", "welder", None),
        ("pyt", "Python (computer programming)", None),
        ("metal joi", "weld metal", None),
        ("programing", "Python (computer programming)", None),
        ("sofware developer", "software developer", None),
        ("soudeur", "soudeur/soudeuse", 1.0),
        ("developpeuse", "développeur/développeuse", 1.0),
    ],
)
def test_search_finds_by_prefix_words_and_misspelling(esco: Taxonomy, text: str, label: str, score: float | None) -> None:
    hit = esco.search(text)[0]
    assert hit.label == label
    assert 0 < hit.score <= 1
    assert (hit.score == 1) == (score == 1)


def test_search_gives_each_concept_once_best_first(esco: Taxonomy) -> None:
    hits = esco.search("wel", limit=3)
    assert len({hit.uri for hit in hits}) == len(hits) == 3
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_search_keeps_to_language_and_type(esco: Taxonomy) -> None:
    assert {hit.language for hit in esco.search("s", language="fr")} == {"fr"}
    assert {hit.type for hit in esco.search("weld", types=[ConceptType.OCCUPATION])} == {ConceptType.OCCUPATION}
    assert esco.search("weld", language="xx") == []


@given(st.text(max_size=60))
def test_any_text_may_be_searched(searched: Taxonomy, text: str) -> None:
    assert len(searched.search(text, limit=5)) <= 5


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Taxonomy:
    return TaxonomyStore(tmp_path_factory.mktemp("home")).open("nace:2-starter")


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Straße", "strasse"),
        ("  Chargé/e d'études ", "charge e d etudes"),
        ("C++ / C#", "c++ c#"),
        ("Łódź", "lodz"),
        ("Ørsted_x", "orsted x"),
        ("Αθήνα", "αθηνα"),
        ("…", ""),
    ],
)
def test_label_keys_fold_case_accents_and_punctuation(text: str, key: str) -> None:
    assert label_key(text) == key


@given(st.text())
def test_label_keys_are_stable(text: str) -> None:
    assert label_key(label_key(text)) == label_key(text)


def test_iter_labels_gives_preferred_before_alternatives(esco: Taxonomy) -> None:
    rows = list(esco.iter_labels([ConceptType.OCCUPATION], ["fr"]))
    assert {row.language for row in rows} == {"fr"}
    assert [row.preferred for row in rows] == [True, False, False, True, False, False]


def test_codes_shared_by_types_are_told_apart(esco: Taxonomy) -> None:
    assert esco.by_code("7212") == "http://data.europa.eu/esco/isco/C7212"
    assert esco.by_code("7212.3") == "http://data.europa.eu/esco/occupation/welder"
    assert esco.by_code("7212", ConceptType.SKILL_GROUP) is None
