"""What tells zones beside the network: pieces of a text, their words and signs, and how they are learnt."""

from __future__ import annotations

import numpy as np
import pytest

from nlp.advertisement import Advertisement
from nlp.tagger.tagger import ZONES
from nlp.tagger.words import split
from nlp.tagger.zone_signs import LONGEST, ROWS, SIGNS, ZoneWeights, pieces_of


@pytest.mark.parametrize(
    ("text", "count"),
    [("plan", 1), ("Plan routes. Drive vans.", 2), ("word " * (2 * LONGEST + 1), 3), ("\n\n•", 2)],
    ids=["one word", "two sentences", "running text is cut", "signs alone"],
)
def test_pieces_hold_all_words(text: str, count: int) -> None:
    words = split(Advertisement(text, (), "en"))
    pieces = pieces_of(words)
    assert len(pieces.first) == count
    assert int(pieces.sizes.sum()) == len(words.words)
    assert pieces.signs.shape == (count, SIGNS)


def test_only_the_first_piece_of_running_text_begins_a_segment() -> None:
    pieces = pieces_of(split(Advertisement("word " * (2 * LONGEST), (), "en")))
    assert pieces.begins.tolist() == [True, False]


def test_a_learnt_word_names_the_zone_in_any_spelling_of_case_and_number() -> None:
    learnt = pieces_of(split(Advertisement("Pension 2024", (), "en")))
    words = np.zeros((ROWS, len(ZONES)), dtype=np.float32)
    words[learnt.rows[:, 0], 3] = 5
    weights = ZoneWeights(words, np.zeros((SIGNS, len(ZONES))), np.zeros((len(ZONES), len(ZONES))), np.zeros(len(ZONES)))
    logs = pieces_of(split(Advertisement("PENSION 1999", (), "en"))).log_zones(weights)
    assert logs.argmax(axis=1).tolist() == [3]
    assert np.exp(logs).sum() == pytest.approx(1)


def test_weights_come_back_from_among_others() -> None:
    weights = ZoneWeights(*(np.full((2, 2), number, dtype=np.float32) for number in range(4)))
    found = ZoneWeights.of({**weights.named(), "emb": np.zeros(1, dtype=np.float32)})
    assert found is not None
    assert [float(own.max()) for own in found] == [0, 1, 2, 3]
    assert ZoneWeights.of({"emb": np.zeros(1, dtype=np.float32)}) is None
