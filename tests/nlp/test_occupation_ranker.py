from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from nlp.error import ModelUnreadable
from nlp.occupations.curriculum import NamedExamples, Plan, train_all
from nlp.occupations.examples import TITLE_LANGUAGES, Example, job_titles, taxonomy_examples
from nlp.occupations.features import BUCKETS, text_parts, title_buckets, word_buckets
from nlp.occupations.ranker import OccupationRanker, uri_hash
from nlp.occupations.storage import ModelCard, Source, read_ranker, write_ranker
from nlp.occupations.training import Lesson, new_ranker, taught
from taxonomies.model import ConceptType
from taxonomies.taxonomy import Taxonomy

COOK, NURSE, DRIVER = "5120", "2221", "8332"
EXAMPLES = [
    Example("cook", None, COOK, "test:cook"),
    Example("Koch", None, COOK, "test:cook"),
    Example("kitchen cook", "You prepare meals and dishes", COOK, "test:cook"),
    Example("nurse", None, NURSE, "test:nurse"),
    Example("Krankenpflegerin", None, NURSE, "test:nurse"),
    Example(None, "Patients are cared for by you on the ward", NURSE, "test:nurse"),
    Example("truck driver", None, DRIVER),
    Example("LKW-Fahrer", "Du fährst schwere Lastwagen", DRIVER),
]
QUICK = Plan(Lesson(rounds=1, step=0.15), Lesson(rounds=1, step=0.15))
LESSON = Lesson(rounds=40, step=0.15)
CARD = ModelCard(
    learnt_from=(Source(name="written for this test", examples=8, licence="Apache-2.0"),),
    left_out="nothing",
    seed=1,
    dimensions=8,
    groups=3,
    occupations=2,
    calibrated_on=0,
    held_out_accuracy=0.0,
    expected_calibration_error=0.0,
)


@pytest.fixture(scope="module")
def ranker() -> OccupationRanker:
    return taught(new_ranker([NURSE, COOK, DRIVER], ["test:cook", "test:nurse"], dimensions=8), EXAMPLES, LESSON)


@pytest.mark.parametrize(
    ("title", "text", "isco"),
    [
        ("Cook (m/f/d)", None, COOK),
        ("Oberkoch", None, COOK),
        ("night nurse", None, NURSE),
        ("Fahrer LKW", None, DRIVER),
        (None, "patients on the ward", NURSE),
        ("", "Du fährst schwere Lastwagen", DRIVER),
    ],
)
def test_ranks_what_it_learnt(ranker: OccupationRanker, title: str | None, text: str | None, isco: str) -> None:
    ranking = ranker.rank(text_parts(title, text))
    assert ranking is not None
    assert ranker.groups[int(ranking.groups.argmax())] == isco
    assert ranking.groups.sum() == pytest.approx(1, abs=1e-5)
    assert ranking.occupations.sum() == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(("title", "text"), [(None, None), ("", ""), ("12345", None), ("— / —", "...")])
def test_nothing_to_go_by(ranker: OccupationRanker, title: str | None, text: str | None) -> None:
    assert ranker.rank(text_parts(title, text)) is None


def test_learns_the_same_twice_and_leaves_the_first_as_it_was() -> None:
    blank = new_ranker([NURSE, COOK, DRIVER], ["test:cook"], dimensions=8)
    before = blank.weights.pieces.copy()
    first, second = (taught(blank, EXAMPLES, LESSON) for _ in range(2))
    assert all(np.array_equal(one, other) for one, other in zip(first.weights, second.weights, strict=True))
    assert np.array_equal(blank.weights.pieces, before)


def test_unknown_groups_are_not_learnt() -> None:
    blank = new_ranker([COOK], [], dimensions=8)
    assert np.array_equal(taught(blank, [Example("pilot", None, "3153")], LESSON).weights.answers, blank.weights.answers)


def test_buckets_are_the_same_everywhere() -> None:
    assert word_buckets("cook") == (56159, 42954, 39607, 51115, 3834, 50260, 9968, 50001, 876, 49308)
    assert all(0 <= number < BUCKETS for number in title_buckets(("grand", "café", "crème")))


def test_long_texts_are_cut() -> None:
    parts = text_parts("word " * 1000, "x" * 2_000_000)
    assert len(parts.title) == 24
    assert [len(word) for word in parts.body] == [40]


def test_the_table_of_job_titles_is_whole() -> None:
    rows = list(job_titles())
    by_cell = Counter((isco, language) for isco, language, _ in rows)
    assert len({isco for isco, _, _ in rows}) == 436
    assert len(by_cell) == 436 * len(TITLE_LANGUAGES)
    assert all(title == title.strip() and len(title) > 1 for _, _, title in rows)
    assert not [row for row, times in Counter(rows).items() if times > 1]


def test_a_taxonomy_gives_names_and_descriptions(taxonomy: Taxonomy) -> None:
    examples = taxonomy_examples(taxonomy)
    assert {example.uri for example in examples} >= set(taxonomy.uris(ConceptType.OCCUPATION))
    assert len(set(examples)) == len(examples)


@pytest.mark.long
def test_trains_the_whole(taxonomy: Taxonomy) -> None:
    advertisements = [Example("Nurse", f"Care for patients {at}", NURSE) for at in range(10)] + [
        Example("Cook", f"Dishes {at}", COOK) for at in range(10)
    ]
    stored = train_all(
        taxonomy, [NamedExamples("names", "-", EXAMPLES)], [NamedExamples("ads", "-", advertisements)], left_out="nothing", plan=QUICK
    )
    assert stored.card.calibrated_on == 4
    assert [source.examples for source in stored.card.learnt_from][-2:] == [8, 20]
    assert 0 <= stored.card.expected_calibration_error <= 1


def test_stored_and_read(ranker: OccupationRanker, tmp_path: Path) -> None:
    write_ranker(ranker, CARD, tmp_path / "model")
    stored = read_ranker(tmp_path / "model")
    assert stored.card == CARD
    assert stored.ranker.groups == ranker.groups
    asked = text_parts("nurse", "patients")
    kept, first = stored.ranker.rank(asked), ranker.rank(asked)
    assert kept is not None
    assert first is not None
    assert np.allclose(kept.groups, first.groups, atol=0.02)


def test_stored_without_any_text(ranker: OccupationRanker, tmp_path: Path) -> None:
    write_ranker(ranker, CARD, tmp_path)
    with np.load(tmp_path / "ranker.npz", allow_pickle=False) as arrays:
        assert {arrays[name].dtype.kind for name in arrays.files} <= {"i", "u", "f"}
        assert uri_hash("test:cook") in arrays["occupations"].tolist()


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (lambda folder: (folder / "model-card.json").unlink(), "missing"),
        (lambda folder: (folder / "ranker.npz").write_bytes(b"PK nothing"), "damaged"),
        (lambda folder: (folder / "model-card.json").write_text("{}"), "damaged"),
        (
            lambda folder: (folder / "model-card.json").write_text(CARD.model_copy(update={"format_version": 99}).model_dump_json()),
            "format 99",
        ),
    ],
    ids=["no card", "no archive", "empty card", "other format"],
)
def test_unreadable_models_say_what_to_do(ranker: OccupationRanker, tmp_path: Path, damage: object, says: str) -> None:
    write_ranker(ranker, CARD, tmp_path)
    assert callable(damage)
    damage(tmp_path)
    with pytest.raises(ModelUnreadable, match=says):
        read_ranker(tmp_path)
