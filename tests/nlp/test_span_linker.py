"""Spans as advertisements word them, linked to a small written taxonomy: labels first, then meaning, else nothing."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from nlp.linker.exact_labels import ExactLabels
from nlp.linker.linker import Linker
from nlp.linker.nearest_concepts import NearestConcepts, greatest
from nlp.linker.span_linker import SPAN_THRESHOLD, SpanLinker, SpanSigns, probability
from nlp.linker.taxonomy_texts import words
from nlp.linker.training import TrainingPlan
from taxonomies.draft import TaxonomyDraft
from taxonomies.model import ConceptType, TaxonomyRef
from taxonomies.store import TaxonomyStore

# name -> language -> labels, the first preferred
SKILLS: dict[str, dict[str, tuple[str, ...]]] = {
    "teach-communication": {"en": ("teach communication", "teaching communication to pupils"), "de": ("Kommunikation unterrichten",)},
    "communication": {"en": ("principles of communication", "communication"), "de": ("Kommunikation",)},
    "staff": {"en": ("manage staff", "staff management", "lead a team"), "de": ("Personal führen",)},
    "vehicles": {"en": ("drive vehicles", "driving of vehicles"), "de": ("Fahrzeuge führen",)},
    "forklift": {"en": ("operate forklift", "forklift driving"), "de": ("Gabelstapler fahren",), "sv": ("köra gaffeltruck",)},
    "welding": {"en": ("welding", "weld metal"), "de": ("Schweißen",), "fr": ("souder des métaux",)},
    "java": {"en": ("Java (computer programming)", "Java")},
    "coffee": {"en": ("coffee types", "Java", "data", "C blends"), "fr": ("types de café",)},
    "budgets": {"en": ("manage budgets", "budget management", "control of budgets"), "fr": ("gérer des budgets",)},
}
ABOUT = {"java": "Software development and programming in Java.", "coffee": "Kinds of coffee and how to roast beans."}


@pytest.fixture(scope="module")
def linker(tmp_path_factory: pytest.TempPathFactory) -> Linker:
    draft = TaxonomyDraft(TaxonomyRef("test", "spans"))
    for name, languages in SKILLS.items():
        concept = draft.concept(f"test:{name}", ConceptType.SKILL)
        for language, labels in languages.items():
            concept.set_preferred(language, labels[0])
            concept.add_alternatives(language, labels[1:])
        concept.descriptions["en"] = ABOUT.get(name, labels[0])
    store = TaxonomyStore(tmp_path_factory.mktemp("spans"))
    with store.writing():
        store.write(draft.finish(), ())
    return Linker.train(store.open("test:spans"), seed=2, plan=TrainingPlan(dimensions=32, steps=60))


def names(linker: Linker, texts: Sequence[str], language: str | None, contexts: Sequence[str] | None = None) -> list[str | None]:
    return [found and found.uri.removeprefix("test:") for found in SpanLinker(linker).link_many(texts, language, contexts)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        pytest.param("Communication", "en", "communication", id="label"),
        pytest.param("Kommunikation", "de", "communication", id="label of the language"),
        pytest.param("welding", "de", "welding", id="English label in another language"),
        pytest.param("management of the budget", "en", "budgets", id="order and small words"),
        pytest.param("köra gaffeltruck", "pl", "forklift", id="label of a third language"),
        pytest.param("  Gabelstapler   fahren ", None, "forklift", id="language not known"),
    ],
)
def test_a_label_is_linked_to_its_concept(linker: Linker, text: str, language: str | None, expected: str) -> None:
    assert names(linker, [text], language) == [expected]


@pytest.mark.parametrize("text", ["management", "driving", "team", "teach", "data", "C", "", "日本語", "???", "•", "qqqq zzzz"])
def test_everyday_words_and_unknown_ones_link_to_nothing(linker: Linker, text: str) -> None:
    assert names(linker, [text], "en") == [None]


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        pytest.param("software development and programming", "java", id="programming"),
        pytest.param("roast beans for our guests", "coffee", id="roasting"),
    ],
)
def test_a_context_decides_between_concepts_of_one_name(linker: Linker, context: str, expected: str) -> None:
    assert names(linker, ["Java"], "en", [context]) == [expected]
    assert names(linker, ["Java"], "en")[0] in ("java", "coffee")


def test_links_are_probabilities_from_the_threshold_on(linker: Linker) -> None:
    found = [link for link in SpanLinker(linker).link_many(["welding", "weld metal", "budget control", "coffee"], "en") if link]
    assert found
    assert all(SPAN_THRESHOLD <= link.score < 1 for link in found)
    assert SpanLinker(linker, threshold=0.0).link_many(["日本語"], "en") == [None]


def test_a_higher_threshold_only_takes_links_away(linker: Linker) -> None:
    texts = [f"{label} {more}" for labels in SKILLS.values() for label in labels["en"] for more in ("", "work", "of parts")]
    usual, fewer = SpanLinker(linker).link_many(texts, "en"), SpanLinker(linker, threshold=0.95).link_many(texts, "en")
    assert all(other == own for own, other in zip(fewer, usual, strict=True) if own)
    assert 0 < sum(link is not None for link in fewer) < sum(link is not None for link in usual)


def test_links_are_the_same_alone_together_and_again(linker: Linker) -> None:
    texts = ["welding", "budgets control", "driving", "welding", ""]
    spans = SpanLinker(linker, kept=2)
    together = spans.link_many(texts, "en")
    assert spans.link_many(texts, "en") == together
    assert [SpanLinker(linker).link_many([text], "en")[0] for text in texts] == together
    assert spans.link_many([], "en") == []


def test_a_very_long_span_is_read_in_part(linker: Linker) -> None:
    assert len(SpanLinker(linker).link_many(["welding " * 100_000], "en")) == 1


def test_more_agreement_makes_a_link_likelier() -> None:
    weak = SpanSigns(**dict.fromkeys(SpanSigns._fields, 0.3))
    strong = SpanSigns(**dict.fromkeys(SpanSigns._fields, 1.0))
    assert probability(weak) < 0.3 < 0.8 < probability(strong) < 1


@pytest.mark.parametrize(
    ("text", "language", "preferred", "concepts"),
    [
        pytest.param("java", "en", False, ("java", "coffee"), id="two concepts"),
        pytest.param("weld of the metal", "en", False, ("welding",), id="small words"),
        pytest.param("coffee types", "en", True, ("coffee",), id="preferred"),
    ],
)
def test_exact_labels(linker: Linker, text: str, language: str, preferred: bool, concepts: tuple[str, ...]) -> None:
    found = ExactLabels(linker.texts).of(words(text), language)
    assert found is not None
    assert found.is_preferred is preferred
    assert {linker.uris[concept].removeprefix("test:") for concept in found.concepts} == set(concepts)


def test_vectors_alone_rank_every_concept(linker: Linker) -> None:
    ranked = list(linker.vector_ranking().rank(["drive vehicles", "日本語"], k=50))
    assert linker.uris[ranked[0][0]] == "test:vehicles"
    assert sorted(ranked[0].tolist()) == list(range(len(SKILLS)))
    assert ranked[1].tolist() == []


def test_the_greatest_scores_are_found_among_many() -> None:
    scores = np.random.default_rng(3).random(5_003).astype(np.float32)
    assert set(greatest(scores, 20).tolist()) == set(np.argsort(-scores)[:20].tolist())


def test_the_nearest_concepts_are_found_among_many() -> None:
    random = np.random.default_rng(3)
    rows = random.standard_normal((5_003, 48), dtype=np.float32)
    places, products = NearestConcepts(rows).of(rows[:7] * 2, 5)
    assert places[:, 0].tolist() == list(range(7))
    assert places.tolist() == np.argsort(-(rows[:7] @ rows.T), axis=1)[:, :5].tolist()
    assert products[:, 0] == pytest.approx(2 * np.square(rows[:7]).sum(axis=1), rel=1e-4)
