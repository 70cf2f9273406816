"""A linker trained on a small written taxonomy: what it finds, what it abstains from, and that it is the same each time."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp import array_files
from nlp.error import ModelUnreadable
from nlp.linker import kept_label_arrays
from nlp.linker.error import NothingToLink
from nlp.linker.linker import Linker, kept_linker
from nlp.linker.storage import FORMAT_VERSION
from nlp.linker.training import TrainingPlan
from taxonomies.draft import TaxonomyDraft
from taxonomies.model import ConceptType, TaxonomyRef
from taxonomies.store import TaxonomyStore
from taxonomies.taxonomy import Taxonomy

PLAN = TrainingPlan(dimensions=48, steps=80)

# name -> labels, the first preferred, and a description
SKILLS = {
    "forklift": (
        ("operate forklift", "forklift driving", "drive fork-lift trucks", "forklift handling"),
        "Move goods in a warehouse with a forklift.",
    ),
    "budgets": (
        ("manage budgets", "budget management", "control of budgets", "budget planning"),
        "Plan, monitor and report on the budget.",
    ),
    "python": (("Python (computer programming)", "Python"), "Techniques and principles of software development in Python."),
    "cpp": (("C++", "C++ programming"), "Software development in the language C++: analysis, algorithms, coding, testing."),
    "wounds": (("wound care", "treat wounds", "dressing of wounds", "caring for wounds"), "Clean and dress the wounds of patients."),
    "customers": (
        ("customer service", "serve customers", "client service", "assist customers"),
        "Answer questions and complaints of customers.",
    ),
    "welding": (("welding", "weld metal", "metal welding", "joining metal by welding"), "Join pieces of metal with a welding torch."),
    "learning": (("machine learning", "statistical learning"), "Algorithms that learn from data and predict."),
    "sewing": (("sew textile pieces", "sewing garments", "stitch fabrics", "operate sewing machines"), "Sew pieces of fabric or leather."),
    "audits": (
        ("perform audits", "financial auditing", "auditing accounts", "conduct audits"),
        "Examine accounts and statements for errors.",
    ),
}


def _taxonomy(root: Path, *, skills: bool = True, german: Mapping[str, tuple[str, str]] = MappingProxyType({})) -> Taxonomy:
    draft = TaxonomyDraft(TaxonomyRef("test", "linker"))
    for name, (labels, description) in SKILLS.items():
        concept = draft.concept(f"test:{name}", ConceptType.SKILL if skills else ConceptType.OCCUPATION)
        concept.set_preferred("en", labels[0])
        concept.add_alternatives("en", labels[1:])
        concept.descriptions["en"] = description
        if name in german:
            concept.set_preferred("de", german[name][0])
            concept.add_alternatives("de", german[name][1:])
    store = TaxonomyStore(root)
    with store.writing():
        store.write(draft.finish(), ())
    return store.open("test:linker")


@pytest.fixture(scope="module")
def skills(tmp_path_factory: pytest.TempPathFactory) -> Taxonomy:
    return _taxonomy(tmp_path_factory.mktemp("linker"))


@pytest.fixture(scope="module")
def linker(skills: Taxonomy) -> Linker:
    return Linker.train(skills, seed=3, plan=PLAN)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Python", "python"),
        ("C++", "cpp"),
        ("We are looking for someone with experience in welding of metal parts", "welding"),
        ("dressing wounds of patients", "wounds"),
        ("driving a forklift in our warehouse", "forklift"),
        ("custumer service", "customers"),  # misspelt
        ("machine lerning", "learning"),
        ("you examine accounts and statements of our company", "audits"),  # words of the description
        ("SEWING GARMENTS!", "sewing"),
    ],
)
def test_the_right_skill_comes_first(linker: Linker, text: str, expected: str) -> None:
    numbers, _ = linker.rank([text], k=3)
    assert linker.uris[numbers[0, 0]] == f"test:{expected}"


def test_a_sentence_with_two_skills_has_both_in_front(linker: Linker) -> None:
    numbers, _ = linker.rank(["Nice to have: budget planning as well as statistical learning"], k=2)
    assert {linker.uris[number] for number in numbers[0]} == {"test:budgets", "test:learning"}


@pytest.mark.parametrize("text", ["", "   ", "\n", "•••", "日本語", "مهندس", "🙂"])
def test_a_text_without_known_words_has_no_skill(linker: Linker, text: str) -> None:
    numbers, scores = linker.rank([text], k=4)
    assert numbers.tolist() == [[-1] * 4]
    assert scores.tolist() == [[0.0] * 4]
    assert linker.link(text) is None


def test_scores_fall_and_are_probabilities(linker: Linker) -> None:
    _, scores = linker.rank(["wound care and welding", "audits"], k=10)
    assert scores.shape == (2, 10)
    assert (np.diff(scores, axis=1) <= 0).all()
    assert ((scores >= 0) & (scores <= 1)).all()


def test_asking_for_more_skills_than_there_are_pads(linker: Linker) -> None:
    numbers, scores = linker.rank(["welding"], k=len(SKILLS) + 2)
    assert sorted(numbers[0, : len(SKILLS)].tolist()) == list(range(len(SKILLS)))
    assert numbers[0, -2:].tolist() == [-1, -1]
    assert scores[0, -2:].tolist() == [0.0, 0.0]


def test_no_texts_give_no_rows(linker: Linker) -> None:
    numbers, scores = linker.rank([], k=5)
    assert numbers.shape == scores.shape == (0, 5)


def test_texts_are_ranked_alike_alone_and_together(linker: Linker) -> None:
    texts = [f"{labels[-1]} number {at}" for at, (labels, _) in enumerate(SKILLS.values())] * 5
    together, _ = linker.rank(texts, k=1)
    alone = [int(linker.rank([text], k=1)[0][0, 0]) for text in texts[: len(SKILLS)]]
    assert together[:, 0].tolist() == alone * 5


def test_a_link_is_given_from_the_threshold_on(linker: Linker) -> None:
    numbers, scores = linker.rank(["welding"], k=1)
    probability = float(scores[0, 0])
    found = linker.link("welding", threshold=probability)
    assert found is not None
    assert found == (linker.uris[numbers[0, 0]], probability)
    assert linker.link("welding", threshold=min(probability + 0.01, 1.01)) is None


def test_the_same_seed_gives_the_same_linker(skills: Taxonomy, linker: Linker) -> None:
    again = Linker.train(skills, seed=3, plan=PLAN)
    texts = [description for _, description in SKILLS.values()]
    np.testing.assert_array_equal(again.rank(texts)[1], linker.rank(texts)[1])


def test_a_linker_comes_back_from_disk_as_it_was(linker: Linker, tmp_path: Path) -> None:
    linker.save(tmp_path / "kept")
    back = Linker.load(tmp_path / "kept")
    texts = ["forklift driving", "client service by telephone", "nothing of the kind"]
    for one, other in zip(back.rank(texts), linker.rank(texts), strict=True):
        np.testing.assert_array_equal(one, other)
    assert back.card == linker.card
    assert back.card.taxonomy == "test:linker"
    assert back.card.skills == len(SKILLS)


def test_what_is_stored_needs_no_pickle(linker: Linker, tmp_path: Path) -> None:
    linker.save(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["label-arrays.npz", "linker.npz", "model-card.json"]
    for name in ("label-arrays.npz", "linker.npz"):
        with np.load(tmp_path / name, allow_pickle=False) as stored:
            assert all(stored[array].dtype != object for array in stored.files)


@pytest.mark.parametrize("name", ["linker.npz", "model-card.json"])
@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 half a file", b"{}"])
def test_a_missing_or_damaged_file_is_told(linker: Linker, tmp_path: Path, name: str, content: bytes | None) -> None:
    linker.save(tmp_path)
    if content is None:
        (tmp_path / name).unlink()
    else:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(ModelUnreadable, match="train"):
        Linker.load(tmp_path)


def _ranked(linker: Linker) -> tuple[list[list[int]], list[list[float]]]:
    numbers, scores = linker.rank(["forklift driving", "client service by telephone", "custumer budgets", "nothing of the kind"])
    return numbers.tolist(), scores.tolist()


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 half a file", b"{}"])
def test_missing_and_damaged_label_arrays_are_derived_anew(linker: Linker, tmp_path: Path, content: bytes | None) -> None:
    linker.save(tmp_path)
    arrays = tmp_path / "label-arrays.npz"
    whole = arrays.read_bytes()
    if content is None:
        arrays.unlink()
    else:
        arrays.write_bytes(content)
    assert _ranked(Linker.load(tmp_path)) == _ranked(linker)
    assert arrays.read_bytes() == whole


def test_label_arrays_of_another_linker_are_not_used(skills: Taxonomy, linker: Linker, tmp_path: Path) -> None:
    Linker.train(skills, seed=4, plan=PLAN).save(tmp_path / "other")
    linker.save(tmp_path / "own")
    shutil.copy(tmp_path / "other" / "label-arrays.npz", tmp_path / "own")
    assert _ranked(Linker.load(tmp_path / "own")) == _ranked(linker)


def test_label_arrays_of_an_older_release_are_not_used(linker: Linker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as older:
        older.setattr(kept_label_arrays, "_FORMAT_VERSION", 0)
        linker.save(tmp_path)
    before = (tmp_path / "label-arrays.npz").read_bytes()
    assert _ranked(Linker.load(tmp_path)) == _ranked(linker)
    assert (tmp_path / "label-arrays.npz").read_bytes() != before


def test_label_arrays_that_cannot_be_kept_only_cost_time(linker: Linker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError("read-only file system")

    linker.save(tmp_path)
    (tmp_path / "label-arrays.npz").unlink()
    monkeypatch.setattr(array_files, "write_arrays", refused)
    assert _ranked(Linker.load(tmp_path)) == _ranked(linker)


def test_another_format_is_told(linker: Linker, tmp_path: Path) -> None:
    linker.save(tmp_path)
    card = tmp_path / "model-card.json"
    card.write_text(card.read_text().replace(f'"format_version": {FORMAT_VERSION}', '"format_version": 99'))
    with pytest.raises(ModelUnreadable, match="format 99"):
        Linker.load(tmp_path)


def test_labels_of_another_language_lead_to_the_same_skill(tmp_path: Path) -> None:
    taxonomy = _taxonomy(tmp_path, german={"welding": ("Schweißen", "Metall schweißen"), "wounds": ("Wundversorgung", "Wunden behandeln")})
    both = Linker.train(taxonomy, seed=3, plan=PLAN)
    assert [both.uris[row[0]] for row in both.rank(["Wunden versorgen", "weld metal", "Schweißen von Metall"])[0]] == [
        "test:wounds",
        "test:welding",
        "test:welding",
    ]
    assert sorted(Linker.train(taxonomy, plan=PLAN, languages=["de"]).uris) == ["test:welding", "test:wounds"]


def test_a_taxonomy_without_skills_cannot_be_learnt(tmp_path: Path) -> None:
    with pytest.raises(NothingToLink, match="0 skills"):
        Linker.train(_taxonomy(tmp_path, skills=False))


def test_a_kept_linker_is_trained_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taxonomy = _taxonomy(tmp_path)
    first = kept_linker(taxonomy)
    folder = next((taxonomy.folder / "linker").iterdir())
    assert (folder / "linker.npz").is_file()
    monkeypatch.setattr(Linker, "train", None)
    assert kept_linker(taxonomy).card == first.card


@settings(max_examples=40, deadline=None)
@given(texts=st.lists(st.text(max_size=120), max_size=4))
def test_any_text_is_ranked(linker: Linker, texts: list[str]) -> None:
    numbers, scores = linker.rank(texts, k=3)
    assert numbers.shape == (len(texts), 3)
    assert np.isfinite(scores).all()


def test_a_text_of_megabytes_is_read_in_its_beginning(linker: Linker) -> None:
    numbers, _ = linker.rank(["welding " + "lorem ipsum " * 200_000], k=1)
    assert numbers.shape == (1, 1)
