"""The arithmetic of measuring: intervals, spans, rankings, folds, n-grams; every figure here can be computed by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.evaluation.error import NothingToLearn
from nlp.evaluation.folds import fold_numbers, in_folds
from nlp.evaluation.quality import few_words
from nlp.evaluation.rank_figures import hit_at, r_precision_at, reciprocal_rank
from nlp.evaluation.span_matching import match_spans, overlap
from nlp.evaluation.spans import tagged_spans
from nlp.evaluation.tally import Tally, f1, share
from nlp.linker.char_tfidf import CharTfidf


def test_shares_are_of_the_sums_not_means_of_shares() -> None:
    tally = Tally([(1, 1, 4), (1, 3, 0)], 3)
    assert tally.figure(share(0, 1)).value == 0.5
    assert tally.figure(share(0, 2)).value == 0.5
    assert tally.figure(f1(0, 1, 2)).value == 0.5


def test_nothing_read_and_nothing_labelled_are_zero_not_an_error() -> None:
    assert Tally([(0, 0, 5)], 3).figure(share(0, 1)) == (0.0, (0.0, 0.0))
    assert Tally([], 3).figure(f1(0, 1, 2)) == (0.0, (0.0, 0.0))


def test_equal_records_leave_no_doubt() -> None:
    assert Tally([(1, 2)] * 30, 2).figure(share(0, 1)) == (0.5, (0.5, 0.5))


def test_the_interval_is_that_of_a_mean() -> None:
    rows = [(at % 2, 1) for at in range(400)]
    value, (low, high) = Tally(rows, 2).figure(share(0, 1))
    assert value == 0.5
    assert low == pytest.approx(0.5 - 1.96 * 0.025, abs=0.006)  # standard error of 400 fair coins: 0.025
    assert high == pytest.approx(0.5 + 1.96 * 0.025, abs=0.006)
    assert Tally(rows, 2).figure(share(0, 1)) == (value, (low, high)), "the resamples are seeded"


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [((0, 10), (0, 10), 1.0), ((0, 10), (5, 10), 0.5), ((0, 4), (2, 6), 0.5), ((0, 4), (4, 8), 0.0), ((0, 4), (6, 8), 0.0)],
)
def test_overlap_is_the_share_of_the_longer_span(left: tuple[int, int], right: tuple[int, int], expected: float) -> None:
    assert overlap(left, right) == overlap(right, left) == expected


@pytest.mark.parametrize(
    ("gold", "read", "pairs"),
    [
        ([(0, 10)], [(0, 5)], [(0, 0)]),  # exactly half
        ([(0, 10)], [(0, 4)], []),
        ([(0, 10)], [(0, 6), (0, 10)], [(0, 1)]),  # the best one
        ([(0, 10), (0, 6)], [(0, 6)], [(1, 0)]),  # nested labels: one span is read once
        ([(0, 4), (10, 14)], [(10, 14), (0, 4)], [(0, 1), (1, 0)]),
        ([], [(0, 4)], []),
    ],
)
def test_spans_are_paired_once_and_the_best_first(
    gold: list[tuple[int, int]], read: list[tuple[int, int]], pairs: list[tuple[int, int]]
) -> None:
    assert match_spans(gold, read) == pairs


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 12)).map(lambda s: (s[0], s[0] + s[1])), max_size=12, unique=True)


@given(SPANS, SPANS)
def test_pairs_are_one_to_one_and_never_more_when_stricter(gold: list[tuple[int, int]], read: list[tuple[int, int]]) -> None:
    pairs = match_spans(gold, read)
    assert len({at for at, _ in pairs}) == len({other for _, other in pairs}) == len(pairs)
    assert all(overlap(gold[at], read[other]) >= 0.5 for at, other in pairs)
    assert len(match_spans(gold, read, least=1.0)) == len(set(gold) & set(read)) <= len(pairs)


@pytest.mark.parametrize(
    ("tags", "spans"),
    [
        ("OBIO", [(2, 7)]),  # a bb cc d
        ("BBOO", [(0, 1), (2, 4)]),
        ("IIOB", [(0, 4), (8, 9)]),  # an I without B begins a span
        ("OOOO", []),
        ("OOBI", [(5, 9)]),
    ],
)
def test_tags_become_character_spans(tags: str, spans: list[tuple[int, int]]) -> None:
    assert list(tagged_spans(["a", "bb", "cc", "d"], tags)) == spans


@pytest.mark.parametrize(
    ("k", "expected"),
    [(1, 0.0), (2, 0.5), (5, 2 / 3), (10, 2 / 3)],  # min(k, 3 right ones) divides
)
def test_r_precision_divides_by_what_is_attainable(k: int, expected: float) -> None:
    assert r_precision_at(k, ["w", "a", "x", "b"], ("a", "b", "c")) == expected


@pytest.mark.parametrize(("ranking", "rank", "first", "five"), [("abc", 1.0, 1.0, 1.0), ("xya", 1 / 3, 0.0, 1.0), ("xyz", 0.0, 0.0, 0.0)])
def test_reciprocal_rank_and_hits(ranking: str, rank: float, first: float, five: float) -> None:
    assert reciprocal_rank(list(ranking), {"a", "b"}) == rank
    assert (hit_at(1, list(ranking), {"a"}), hit_at(5, list(ranking), {"a"})) == (first, five)


def test_equal_texts_share_a_fold_and_folds_are_even() -> None:
    texts = [f"text {at}" for at in range(10)] + ["Text  3", "TEXT 4"]
    numbers = fold_numbers(texts, 5)
    assert numbers[3] == numbers[10]
    assert numbers[4] == numbers[11]
    assert np.bincount(numbers[:10]).tolist() == [2] * 5
    assert numbers == fold_numbers(texts, 5)


def test_every_record_is_read_once_by_a_reader_that_has_not_seen_it() -> None:
    records = [f"r{at}" for at in range(7)]
    seen: list[int] = []
    for taught, positions in in_folds([], records, folds=3, text_of=str, learn=list):
        assert not {records[at] for at in positions} & set(taught)
        assert len(taught) + len(positions) == len(records)
        seen += positions
    assert sorted(seen) == list(range(7))


def test_without_folds_or_a_lesson_the_reader_stays_as_it_is() -> None:
    assert list(in_folds("as it is", ["a", "b"], folds=0, text_of=str, learn=lambda _: "taught")) == [("as it is", [0, 1])]
    assert list(in_folds("as it is", ["a", "b"], folds=2, text_of=str, learn=None)) == [("as it is", [0, 1])]


def test_more_folds_than_texts_are_refused() -> None:
    with pytest.raises(NothingToLearn, match="3 folds need as many different texts, there are 2"):
        fold_numbers(["a", "b", "A"], 3)


@pytest.mark.parametrize(("text", "shown"), [("one two", "one two"), ("a b c d e", "a b c d e"), ("a b c d e f", "a b c d e …")])
def test_at_most_five_words_are_shown(text: str, shown: str) -> None:
    assert few_words(text) == shown


LABELS = [("java", "Java"), ("weld", "welding"), ("weld", "weld metal"), ("plan", "plan events"), ("empty", "")]


@pytest.mark.parametrize(
    ("text", "best"),
    [("JAVA", "java"), ("welder of metal", "weld"), ("we plan an event", "plan"), ("Jáva", "java")],
)
def test_the_label_with_most_in_common_wins(text: str, best: str) -> None:
    assert CharTfidf.build(LABELS).rank(text)[0][0] == best


def test_the_same_label_scores_one_and_nothing_in_common_is_not_ranked() -> None:
    ranker = CharTfidf.build(LABELS)
    assert ranker.rank("Java")[0] == ("java", pytest.approx(1.0, abs=1e-6))
    assert [key for key, _ in ranker.rank("java")] == ["java"]
    assert ranker.rank("qqq") == ranker.rank("") == []
    assert CharTfidf.build([]).rank("java") == []


def test_scores_are_cosines_of_weights_computed_by_hand() -> None:
    # " a " holds one n-gram; " ab " holds " ab", "ab ", " ab ": one label each, so all weigh the same and rarity cancels
    ranker = CharTfidf.build([("a", "a"), ("ab", "ab")])
    assert ranker.rank("a ab") == [("ab", pytest.approx((3 / 4) ** 0.5, abs=1e-5)), ("a", pytest.approx(0.5, abs=1e-5))]


def test_equal_scores_keep_the_order_given_and_the_limit_cuts() -> None:
    ranker = CharTfidf.build([("one", "metal"), ("two", "metal"), ("three", "metal")])
    assert [key for key, _ in ranker.rank("metal", limit=2)] == ["one", "two"]


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.text(max_size=12)), max_size=8), st.text(max_size=20))
def test_any_text_is_ranked_within_bounds(labels: list[tuple[str, str]], text: str) -> None:
    ranked = CharTfidf.build(labels).rank(text)
    scores = [score for _, score in ranked]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert len({key for key, _ in ranked}) == len(ranked)
