"""Words that translate each other, learnt from labels of one concept, and names compared with labels by them."""

from __future__ import annotations

import numpy as np
import pytest

from nlp.linker.taxonomy_texts import TaxonomyTexts, words
from nlp.linker.translated_labels import TranslatedLabels, TranslationSigns
from nlp.linker.weighted_bags import WeightedBags
from nlp.linker.word_translation import WordTranslation, word_keys

LANGUAGES = ("en", "fr")
# labels of one concept: English preferred, French preferred, then other English ones
CONCEPTS = [
    ("manage budgets", "gérer des budgets", "budget management"),
    ("manage staff", "gérer du personnel", "staff management"),
    ("write reports", "rédiger des rapports", "report writing"),
    ("staff reports", "rapports du personnel"),
    ("weld metal", "souder des métaux"),
]


def texts_of(concepts: list[tuple[str, ...]]) -> TaxonomyTexts:
    rows = [(number, label, at < 2, int(at == 1)) for number, labels in enumerate(concepts) for at, label in enumerate(labels)]
    return TaxonomyTexts(
        uris=[f"test:{number}" for number in range(len(concepts))],
        labels=[words(label) for _, label, _, _ in rows],
        label_owners=np.array([row[0] for row in rows]),
        is_preferred=np.array([row[2] for row in rows]),
        languages=LANGUAGES,
        label_languages=np.array([row[3] for row in rows]),
        is_wider=np.zeros(len(rows), dtype=np.bool_),
        sentences=[],
        sentence_owners=np.zeros(0, dtype=np.int64),
        reach=np.zeros(len(concepts), dtype=np.float32),
    )


@pytest.fixture(scope="module")
def translation() -> WordTranslation:
    return WordTranslation.learn([texts_of(CONCEPTS)])


@pytest.fixture(scope="module")
def labels(translation: WordTranslation) -> TranslatedLabels:
    return TranslatedLabels(texts_of(CONCEPTS), translation)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("gérer le budget", ["budget", "gerer"]),
        ("manage management", ["manage", "~ement"]),
        ("Kundenberatung", ["kunden", "~atung"]),
        ("of the", ["of", "the"]),
        ("", []),
    ],
)
def test_words_are_known_by_their_edges(text: str, expected: list[str]) -> None:
    assert word_keys(words(text)) == expected


@pytest.mark.parametrize(
    ("meant", "likelier", "than"),
    [("manage", "gerer", "person"), ("staff", "person", "gerer"), ("reports", "rapports", "rediger"), ("write", "rediger", "rapports")],
)
def test_words_of_the_same_concepts_translate_each_other(translation: WordTranslation, meant: str, likelier: str, than: str) -> None:
    own = translation.numbers([meant])
    said, chances, places = translation.sayings_of(own)
    chance = dict(zip(said.tolist(), chances.tolist(), strict=True))
    better, worse = (int(translation.numbers([word])[0]) for word in (likelier, than))
    assert chance[better] > chance.get(worse, 0.0)
    assert chance[int(own[0])] >= 0.5
    assert not places.any()


def test_chances_are_the_same_from_both_sides(translation: WordTranslation) -> None:
    every = np.arange(len(translation))
    meant, chances, said = translation.chances_of(every)
    back, others, of = translation.sayings_of(every)
    assert sorted(zip(meant.tolist(), said.tolist(), chances.tolist(), strict=True)) == sorted(
        zip(of.tolist(), back.tolist(), others.tolist(), strict=True)
    )


def test_labels_that_stand_alone_teach_no_translation() -> None:
    alone = WordTranslation.learn([texts_of([("weld metal",), ("write reports",)])])
    meant, chances, said = alone.chances_of(np.arange(len(alone)))
    assert meant.tolist() == said.tolist() == list(range(4))
    assert set(chances.tolist()) == {0.5}


@pytest.mark.parametrize(
    ("name", "expected"),
    [("gestion des budgets", 0), ("management du personnel", 1), ("writing rapports", 2), ("personnel reports", 3), ("métal", 4)],
)
def test_the_likeliest_concept_is_said_in_other_words(labels: TranslatedLabels, name: str, expected: int) -> None:
    text = words(name)
    mixtures = labels.mixtures(text)
    signs = labels.signs(text, np.arange(len(CONCEPTS)), mixtures)
    assert mixtures.argmax() == expected
    assert signs[:, TranslationSigns._fields.index("likelihood")].argmax() == expected
    assert signs[:, TranslationSigns._fields.index("translated")].argmax() == expected
    assert (signs[:, 0] == mixtures).all()


def test_a_name_of_unknown_words_is_like_no_concept(labels: TranslatedLabels) -> None:
    mixtures = labels.mixtures(["zzqx"])
    assert not mixtures.any()
    assert not labels.signs(["zzqx"], np.array([1, 3]), mixtures[[1, 3]]).any()


def test_signs_do_not_depend_on_the_other_concepts(labels: TranslatedLabels) -> None:
    text = words("gestion du personnel")
    mixtures = labels.mixtures(text)
    every = labels.signs(text, np.arange(len(CONCEPTS)), mixtures)
    some = np.array([3, 1])
    assert labels.signs(text, some, mixtures[some]) == pytest.approx(every[some], abs=1e-5)


def test_weighted_bags_give_rows_with_their_weights() -> None:
    bags = WeightedBags(np.array([2, 0, 2]), np.array([7, 8, 9]), np.array([0.1, 0.2, 0.3], dtype=np.float32), count=4)
    numbers, weights, places = bags.take(np.array([2, 1, 0]))
    assert numbers.tolist() == [7, 9, 8]
    assert weights.tolist() == pytest.approx([0.1, 0.3, 0.2])
    assert places.tolist() == [0, 0, 2]
