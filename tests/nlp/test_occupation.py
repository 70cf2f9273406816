from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.language import Language

from nlp.occupations.occupation_index import OccupationIndex
from nlp.occupations.title_cleaning import clean_title, title_phrases
from nlp.reading import read_postings
from taxonomies.taxonomy import Taxonomy
from vacancies.enriched import OccupationReading
from vacancies.posting import JobLocation, OccupationalCategory, Posting

Make = Callable[..., Posting]


def occupations(pipeline: Language, posting: Posting) -> tuple[OccupationReading, ...]:
    return next(read_postings(pipeline, [posting])).occupations


@pytest.mark.parametrize(
    ("title", "cleaned"),
    [
        ("Pflegefachkraft (m/w/d)", "Pflegefachkraft"),
        ("Softwareentwickler/in (w/m/x)", "Softwareentwickler"),
        ("Lagerist*in m/w/d", "Lagerist"),
        ("Koch:in (all genders)", "Koch"),
        ("Infirmier (H/F)", "Infirmier"),
        ("Infirmier(ère) F/H", "Infirmier"),
        ("Magazijnmedewerker m/v/x", "Magazijnmedewerker"),
        ("Software Developer (f/m/d)", "Software Developer"),
    ],
)
def test_gender_marks(title: str, cleaned: str) -> None:
    assert clean_title(title) == cleaned


def test_place_employer_and_noise_are_left_out() -> None:
    phrases = title_phrases("Senior Lagerist in Leipzig bei Muster GmbH - ab sofort", employer="Muster GmbH", places=("Leipzig",))
    assert "lagerist" in [phrase.removesuffix(" in bei").strip() for phrase in phrases]


@pytest.mark.parametrize(
    ("title", "name", "rule"),
    [
        ("Nurse", "nurse", "title:exact"),
        ("Registered Nurse - Night Shift", "nurse", "title:exact"),
        ("Pflegefachkraft (m/w/d) in Teilzeit", "nurse", "title:exact"),
        ("Krankenpflegerin", "nurse", "title:exact"),
        ("Senior Java Developer (m/f/d) Berlin", "java-developer", "title:part"),
        ("Fachkraft für Lagerlogistik (m/w/d) Vollzeit", "warehouse", "title:exact"),
        ("Magazijnmedewerker Eindhoven", "warehouse", "title:part"),
    ],
)
def test_title(pipeline: Language, make_posting: Make, title: str, name: str, rule: str) -> None:
    best = occupations(pipeline, make_posting("x", title=title))[0]
    assert (best.uri, best.evidence.rule) == (f"test:{name}", rule)
    assert best.evidence.field == "title"


@pytest.mark.parametrize("title", ["", None])
def test_abstains(pipeline: Language, make_posting: Make, title: str | None) -> None:
    assert occupations(pipeline, make_posting("x", title=title)) == ()


@pytest.mark.parametrize("title", ["Join our amazing family", "Initiativbewerbung"])
def test_is_not_sure_of_what_names_no_occupation(pipeline: Language, make_posting: Make, title: str) -> None:
    assert all(reading.score < 0.4 for reading in occupations(pipeline, make_posting("x", title=title)))


def test_the_threshold_makes_it_abstain(pipeline: Language, make_posting: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline.get_pipe("labourscope_occupation"), "threshold", 0.5)
    assert occupations(pipeline, make_posting("x", title="Join our amazing family")) == ()


def test_at_most_five_and_each_group_once(pipeline: Language, make_posting: Make) -> None:
    found = occupations(pipeline, make_posting("x", title="Kitchen help and cleaner"))
    assert len({reading.isco for reading in found}) == len(found) <= 5
    assert sum(reading.score for reading in found) <= 1.01


def test_a_name_of_two_occupations_keeps_both_with_less_certainty(pipeline: Language, make_posting: Make) -> None:
    found = occupations(pipeline, make_posting("x", title="Cleaner"))
    assert {reading.isco for reading in found[:2]} == {"9111", "9112"}
    assert all(reading.score < 0.9 for reading in found)


@pytest.mark.parametrize(("scheme", "code"), [("ISCO-08", "9112"), ("CZ-ISCO", "CzIsco/91121")])
def test_the_boards_code_decides(pipeline: Language, make_posting: Make, scheme: str, code: str) -> None:
    posting = make_posting("x", title="Cleaner", occupational_categories=(OccupationalCategory(scheme=scheme, code=code),))
    best = occupations(pipeline, posting)[0]
    assert (best.uri, best.isco, best.score) == ("test:cleaner-office", "9112", 1.0)


def test_the_boards_code_stands_alone_without_a_title(pipeline: Language, make_posting: Make) -> None:
    posting = make_posting("x", occupational_categories=(OccupationalCategory(scheme="ISCO-08", code="5120"),))
    (only,) = occupations(pipeline, posting)
    assert (only.uri, only.isco, only.evidence.field) == (None, "5120", "occupational_categories")


def test_index_is_saved_and_loaded(taxonomy: Taxonomy, tmp_path: Path) -> None:
    index = OccupationIndex.build(taxonomy)
    index.to_disk(tmp_path / "index")
    assert OccupationIndex.from_disk(tmp_path / "index").find(["registered nurse"]) == index.find(["registered nurse"])


def test_locality_does_not_hide_the_title(pipeline: Language, make_posting: Make) -> None:
    posting = make_posting("x", title="Koch Leipzig", job_locations=(JobLocation(locality="Leipzig", country="DE"),))
    assert occupations(pipeline, posting)[0].uri == "test:cook"
