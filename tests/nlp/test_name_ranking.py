"""Names of skills ranked by meaning, spelling, languages and kind, on a small written taxonomy."""

from __future__ import annotations

import numpy as np
import pytest

from nlp.evaluation.linker_readers import TrainedLinkerReader
from nlp.linker.kinds_of_names import KindsOfNames
from nlp.linker.linker import Linker
from nlp.linker.name_matching import match_names
from nlp.linker.name_ranking import NameRanking
from nlp.linker.training import TrainingPlan
from taxonomies.draft import TaxonomyDraft
from taxonomies.model import ConceptType, SkillKind, TaxonomyRef
from taxonomies.store import TaxonomyStore
from taxonomies.taxonomy import Taxonomy

PLAN = TrainingPlan(dimensions=48, steps=80)

# name -> kind, English labels, French label
CONCEPTS = {
    "weld": (SkillKind.SKILL, ("weld metal", "join metal by welding"), "souder des métaux"),
    "welding": (SkillKind.KNOWLEDGE, ("welding techniques", "techniques of welding"), "techniques de soudage"),
    "sew": (SkillKind.SKILL, ("sew garments", "stitch fabrics"), "coudre des vêtements"),
    "sewing": (SkillKind.KNOWLEDGE, ("sewing techniques", "techniques of sewing"), "techniques de couture"),
    "budget": (SkillKind.SKILL, ("manage budgets", "control budgets"), "gérer des budgets"),
    "report": (SkillKind.SKILL, ("write reports", "draft reports"), "rédiger des rapports"),
    "accounting": (SkillKind.KNOWLEDGE, ("accounting techniques", "bookkeeping"), "techniques de comptabilité"),
}


@pytest.fixture(scope="module")
def taxonomy(tmp_path_factory: pytest.TempPathFactory) -> Taxonomy:
    draft = TaxonomyDraft(TaxonomyRef("test", "names"))
    for name, (kind, labels, french) in CONCEPTS.items():
        concept = draft.concept(f"test:{name}", ConceptType.SKILL)
        concept.kind = kind
        concept.set_preferred("en", labels[0])
        concept.add_alternatives("en", labels[1:])
        concept.set_preferred("fr", french)
    store = TaxonomyStore(tmp_path_factory.mktemp("names"))
    with store.writing():
        store.write(draft.finish(), ())
    return store.open("test:names")


@pytest.fixture(scope="module")
def linker(taxonomy: Taxonomy) -> Linker:
    return Linker.train(taxonomy, seed=3, plan=PLAN)


@pytest.fixture(scope="module")
def ranking(taxonomy: Taxonomy, linker: Linker) -> NameRanking:
    return NameRanking(taxonomy, linker)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("souder un métal", "weld"),
        ("techniques de soudage", "welding"),
        ("techniques of garment sewing", "sewing"),
        ("couture", "sewing"),
        ("GÉRER LE BUDGET", "budget"),
        ("rédaction de rapports", "report"),
        ("comptabilités", "accounting"),
        ("bookeeping", "accounting"),
    ],
)
def test_the_concept_of_a_name_comes_first(ranking: NameRanking, name: str, expected: str) -> None:
    assert ranking.uris[next(ranking.rank([name]))[0]] == f"test:{expected}"


@pytest.mark.parametrize("name", ["", " \n", "()", "日本語", "🙂"])
def test_a_name_of_unknown_words_has_no_concept(ranking: NameRanking, name: str) -> None:
    assert next(ranking.rank([name])).tolist() == []


def test_each_concept_is_ranked_once_and_no_more_than_asked(ranking: NameRanking) -> None:
    everything, two = next(ranking.rank(["techniques"], k=50)).tolist(), next(ranking.rank(["techniques"], k=2)).tolist()
    assert sorted(everything) == list(range(len(CONCEPTS)))
    assert two == everything[:2]


def test_a_long_text_is_read_in_part(ranking: NameRanking) -> None:
    assert ranking.uris[next(ranking.rank(["souder " * 5000]))[0]] == "test:weld"


def test_names_are_measured_by_their_own_ranking(taxonomy: Taxonomy, linker: Linker, ranking: NameRanking) -> None:
    reader = TrainedLinkerReader(linker, taxonomy).for_names()
    names = ["couture", "draft a report"]
    expected = [[ranking.uris[number] for number in numbers] for numbers in ranking.rank(names, k=100)]
    assert list(reader.rank(names, language="fr")) == expected


@pytest.mark.parametrize(
    ("name", "is_knowledge"),
    [(["techniques", "of", "brewing"], True), (["weld", "steel"], False), (["sew", "buttons"], False), (["sewing", "techniques"], True)],
)
def test_first_and_last_words_tell_the_kind(name: list[str], is_knowledge: bool) -> None:
    labels = [label.split() for _, texts, _ in CONCEPTS.values() for label in texts]
    known = np.array([kind is SkillKind.KNOWLEDGE for kind, texts, _ in CONCEPTS.values() for _ in texts])
    assert (KindsOfNames(labels, known).knowledge(name) > 0.5) is is_knowledge


def test_cosines_by_language_are_those_of_the_best_label(linker: Linker) -> None:
    index, texts = linker.index, linker.texts
    whole = index.vectors.of_texts([["weld", "metal"]])
    whole /= np.linalg.norm(whole)
    found = index.by_language(index.asked(["weld", "metal"], whole), np.array([2, 0]))
    for row, concept in zip(found, (2, 0), strict=True):
        for language in range(len(texts.languages)):
            labels = np.flatnonzero((texts.label_owners == concept) & (texts.label_languages == language))
            sums = index.vectors.of_texts([texts.labels[label] for label in labels.tolist()])
            assert row[language] == pytest.approx((sums @ whole[0] / np.linalg.norm(sums, axis=1)).max(), abs=1e-5)


def test_suggestions_for_a_list_say_which_are_labels_themselves(taxonomy: Taxonomy, ranking: NameRanking) -> None:
    found = list(match_names(taxonomy, ranking, ["Draft Reports", "zzqx", "souder un métal"], count=2, language="fr"))
    best = [(each.name, each.uri, each.label, each.is_label) for each in found if each.rank == 1]
    assert best == [
        ("Draft Reports", "test:report", "rédiger des rapports", True),
        ("souder un métal", "test:weld", "souder des métaux", False),
    ]
    assert max(each.rank for each in found) == 2
