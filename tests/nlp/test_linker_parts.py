"""The linker's parts by themselves: units, bags, spelling, calibration."""

from __future__ import annotations

import numpy as np
import pytest

from nlp.linker.bags import Bags, unit_length
from nlp.linker.calibration import Calibration, calibration_error, fit_curve
from nlp.linker.fillers import fillers
from nlp.linker.packed_texts import PackedTexts
from nlp.linker.spelling import Spelling
from nlp.linker.taxonomy_texts import words
from nlp.linker.units import Units
from nlp.row_sums import sum_by


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C++ and C#, please", ["c++", "and", "c#", "please"]),
        ("Café-Société & Löten", ["cafe", "societe", "löten"]),
        ("e-mail", ["e", "mail"]),
        ("snake_case", ["snake", "case"]),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


def test_units_are_words_used_often_and_pieces() -> None:
    units = Units.learn([["planning", "planner", "planned", "plans"]] * 3)
    assert units.knows("planning")
    shared = set(units.of("planning")) & set(units.of("planners"))
    assert any(units.names[number].startswith("~<pla") for number in shared)
    assert units.of("zzz") == []


def test_units_do_not_depend_on_the_order_of_texts() -> None:
    texts = [["weld", "metal"], ["metal", "welding"], ["welding", "weld", "metals"]] * 4
    assert Units.learn(texts).names == Units.learn(texts[::-1]).names


def test_bags_give_rows_in_the_order_asked() -> None:
    bags = Bags.of([[1, 2], [], [3]])
    numbers, places = bags.take(np.array([2, 1, 0]))
    assert numbers.tolist() == [3, 1, 2]
    assert places.tolist() == [0, 2, 2]


def test_packed_texts_are_the_texts() -> None:
    texts = [["weld", "metal"], [], ["metal", "weld", "metal"]]
    packed = PackedTexts.of(texts)
    assert [*packed] == [packed[0], packed[1], packed[-1]] == packed[:] == texts
    assert packed[1:] == texts[1:]
    assert PackedTexts.of(packed) is packed
    with pytest.raises(IndexError):
        packed[3]


def test_sums_of_places() -> None:
    values, places = np.array([1, 2, 5], dtype=np.float32), np.array([0, 0, 2])
    assert sum_by(values, places, 4).tolist() == [3, 0, 5, 0]
    assert sum_by(values[:0], places[:0], 2).tolist() == [0, 0]


@pytest.mark.parametrize(("rows", "count"), [(300, 1), (300, 31), (300, 32), (300, 33), (300, 64), (9_000, 40), (9_000, 1)])
def test_sums_of_many_places(rows: int, count: int) -> None:
    random = np.random.default_rng(rows + count)
    values = random.integers(0, 9, (rows, 3)).astype(np.float32)
    places = np.sort(random.integers(0, count, rows))
    expected = np.zeros((count, 3), dtype=np.float32)
    np.add.at(expected, places, values)
    assert sum_by(values, places, count).tolist() == expected.tolist()


def test_rows_of_zeros_keep_their_length() -> None:
    assert unit_length(np.array([[3, 4], [0, 0]], dtype=np.float32)).tolist() == [[pytest.approx(0.6), pytest.approx(0.8)], [0, 0]]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("managment", "management"),
        ("lerning", "learning"),  # before "leaning": it is given first
        ("mangaement", "management"),  # swapped neighbours
        ("java", None),  # too short to be sure
        ("abc1234", None),
        ("xylophone", None),
    ],
)
def test_spelling(word: str, expected: str | None) -> None:
    assert Spelling(["learning", "leaning", "management", "jav"]).nearest(word) == expected


def test_a_fitted_curve_gives_the_share_of_right_answers() -> None:
    random = np.random.default_rng(5)
    scores = random.normal(8, 3, 4000).astype(np.float32)
    is_right = random.random(4000) < 1 / (1 + np.exp(-(scores - 9)))
    curve = fit_curve(scores, is_right)
    assert curve.slope == pytest.approx(1, abs=0.15)
    assert calibration_error(curve.probabilities(scores), is_right) < 0.03


@pytest.mark.parametrize("right", [True, False])
def test_one_sided_answers_fit_a_flat_curve(right: bool) -> None:
    assert fit_curve(np.ones(3, dtype=np.float32), np.full(3, right)) == Calibration(0.0, 0.0)


def test_a_curve_never_falls() -> None:
    curve = fit_curve(np.array([1, 2, 3, 4], dtype=np.float32), np.array([True, True, False, False]))
    assert curve.slope > 0


@pytest.mark.parametrize(
    ("languages", "phrase"), [(("de",), "gute kenntnisse in"), (("fi",), "strong knowledge of"), (("en", "pl"), "oraz")]
)
def test_fillers_of_languages(languages: tuple[str, ...], phrase: str) -> None:
    assert phrase in fillers(languages)
