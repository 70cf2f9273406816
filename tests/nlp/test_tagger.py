"""The tagger: tags and their best sequence, words as units, the kept model, and what the shipped model reads."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.advertisement import Advertisement
from nlp.error import ModelUnreadable
from nlp.tagger.decoding import best_tags, decode
from nlp.tagger.network import Network
from nlp.tagger.storage import read_card, read_network
from nlp.tagger.tagger import HEADS, KNOWLEDGE_LAYER, SHIPPED, SKILL_LAYER, STATUSES, SpanTagger, shipped_tagger
from nlp.tagger.tags import NEVER, clear, cut_forbidden, first_forbidden, forbidden, last_forbidden
from nlp.tagger.words import MOST_UNITS, UNITS, going_on, shape, split, units
from vacancies.enriched import SkillStatus

AD = """Your tasks:
- You maintain our Linux servers
- You write reports

Your profile:
- Very good knowledge of Python
- SQL is an advantage
- You are reliable and work in a team
"""


@given(st.lists(st.tuples(st.integers(0, 19), st.integers(1, 6), st.sampled_from(["skill", "attitude"])), max_size=8))
def test_written_spans_are_read_again_and_never_half(spans: list[tuple[int, int, str]]) -> None:
    tags = np.zeros(20, dtype=np.int32)
    for first, length, kind in spans:
        SKILL_LAYER.write(tags, first, min(first + length, 20), kind)
    follows = forbidden(SKILL_LAYER.size)
    assert all(follows[before, after] == 0 for before, after in pairwise(tags))
    assert first_forbidden(9)[tags[0]] == 0
    assert last_forbidden(9)[tags[-1]] == 0
    if spans:
        first, length, kind = spans[-1]
        assert (first, min(first + length, 20), kind) in SKILL_LAYER.spans(tags)


def test_a_span_that_is_touched_is_cleared_whole() -> None:
    tags = np.zeros(6, dtype=np.int32)
    KNOWLEDGE_LAYER.write(tags, 1, 5, "knowledge")
    clear(tags, 3, 4)
    assert not tags.any()


@given(st.integers(1, 4), st.integers(0, 2**31))
def test_the_best_sequence_is_the_best_of_all(length: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    logits = random.standard_normal((length, 5)).astype(np.float32) * 3
    following = forbidden(5) + random.standard_normal((5, 5)).astype(np.float32)

    def worth(tags: tuple[int, ...]) -> float:
        ends = first_forbidden(5)[tags[0]] + last_forbidden(5)[tags[-1]]
        return float(ends + sum(logits[at, tag] for at, tag in enumerate(tags)) + sum(following[a, b] for a, b in pairwise(tags)))

    best = max(worth(tags) for tags in product(range(5), repeat=length))
    (found,) = best_tags([logits], following)
    assert worth(tuple(found.tolist())) == pytest.approx(best, abs=1e-3)
    assert best > NEVER / 2


def test_texts_of_all_lengths_are_decoded_in_their_order() -> None:
    logits = [np.zeros((size, 5), dtype=np.float32) for size in (3, 0, 40, 1)]
    logits[2][7, 4] = 9
    found = decode([KNOWLEDGE_LAYER], [logits], [forbidden(5)], outside=0.0)
    assert [len(spans) for spans in found] == [0, 0, 1, 0]
    assert found[2][0][:3] == (7, 8, "knowledge")


@pytest.mark.parametrize(("higher", "fewest"), [(-2.0, 0), (0.0, 0), (6.0, 1)], ids=["less", "as it is", "more"])
def test_outside_moves_how_much_is_found(higher: float, fewest: int) -> None:
    logits = np.zeros((5, 5), dtype=np.float32)
    logits[:, 0] = 3
    assert len(decode([KNOWLEDGE_LAYER], [[logits]], [forbidden(5)], outside=higher)[0]) >= fewest


@given(st.text(min_size=1, max_size=80).filter(lambda text: not text.isspace()))
def test_any_word_has_units_and_a_shape(word: str) -> None:
    found = units(word)
    assert 1 <= len(found) <= MOST_UNITS
    assert all(0 <= unit < UNITS for unit in found)
    assert 0 <= shape(word) < 24


def test_words_keep_their_places_and_segments() -> None:
    words = split(Advertisement(AD, (), "en"))
    assert [AD[start:end] for start, end in zip(words.starts, words.ends, strict=True)] == words.words
    assert (np.diff(words.segments) >= 0).all()
    assert words.segments[0] == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Java/Node.js and C++", ["Java", "+/", "+Node", "+.", "+js", "and", "C", "++", "++"]),
        ("(AWS)\nGit", ["(", "+AWS", "+)", "\n", "Git"]),
        ("Git\n", ["Git", "\n"]),
        ("", []),
    ],
)
def test_words_go_on_a_token_up_to_white_space(text: str, expected: list[str]) -> None:
    words = split(Advertisement(text, (), "en"))
    assert ["+" * bool(goes_on) + word for goes_on, word in zip(going_on(words), words.words, strict=True)] == expected


@given(st.integers(1, 30), st.integers(0, 2**31))
def test_no_span_begins_or_ends_within_a_token(length: int, seed: int) -> None:
    random = np.random.default_rng(seed)
    goes_on = random.random(length) < 0.5
    goes_on[0] = False
    logits = random.standard_normal((length, 5)).astype(np.float32) * 3 + cut_forbidden(goes_on, 5)
    begins = [*np.flatnonzero(~goes_on).tolist(), length]
    for span in decode([KNOWLEDGE_LAYER], [[logits]], [forbidden(5)], outside=1.0)[0]:
        assert {span.first, span.last} <= set(begins)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "x", "🙂🙂", "مطلوب مهندس", "ソフトウェア", "a" * 3000], ids=repr)
def test_odd_texts_are_read_without_fault(text: str) -> None:
    (tagged,) = shipped_tagger().read([Advertisement(text, (), None)])
    assert all(0 <= span.start < span.end <= len(text) for span in tagged.spans)
    assert np.isfinite(tagged.log_statuses_and_zones([(0, len(text)), (0, 0)])).all()


def test_texts_are_read_alike_alone_and_together() -> None:
    ads = [Advertisement(text, (), "en") for text in (AD, "Java", AD[::2])]
    together = shipped_tagger().read(ads)
    for ad, tagged in zip(ads, together, strict=True):
        (alone,) = shipped_tagger().read([ad])
        assert [span[:3] for span in alone.spans] == [span[:3] for span in tagged.spans]


def test_the_shipped_model_reads_a_plain_advertisement() -> None:
    (tagged,) = shipped_tagger().read([Advertisement(AD, (), "en")])
    kinds = {AD[span.start : span.end]: span.kind for span in tagged.spans}
    assert kinds["Python"] == kinds["SQL"] == "knowledge"
    assert kinds["maintain our Linux servers"] == "skill"
    assert any(kind == "attitude" and "reliable" in words for words, kind in kinds.items())
    places = [(AD.index(word), AD.index(word) + len(word)) for word in ("Python", "reports")]
    likeliest = tagged.log_statuses_and_zones(places)[:, : len(STATUSES)].argmax(axis=1)
    assert [STATUSES[best] for best in likeliest] == [SkillStatus.REQUIRED, SkillStatus.DUTY]


def test_the_shipped_model_is_small_plain_and_described() -> None:
    files = [path for path in SHIPPED.iterdir() if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 12_000_000
    with np.load(SHIPPED / "weights.npz", allow_pickle=False) as stored:
        assert all(stored[name].dtype.kind in "fiu" for name in stored.files)  # numbers only: no text, no objects
    card = read_card(SHIPPED)
    assert card.trained_on
    assert card.left_out
    assert card.licences
    assert "uk_adzuna_kaggle_2500" in card.left_out


@pytest.mark.parametrize("harm", ["no card", "no weights", "broken weights", "broken stack", "newer"])
def test_a_damaged_model_is_refused_with_the_way_out(harm: str, tmp_path: Path) -> None:
    for path in SHIPPED.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    if harm == "newer":
        card = tmp_path / "model-card.json"
        card.write_text(card.read_text().replace('"format_version": 2', '"format_version": 99'))
    elif harm == "broken stack":
        with np.load(SHIPPED / "weights.npz") as stored:
            np.savez(tmp_path / "weights.npz", **{**stored, "stack_after": stored["stack_after"][:1000]})
    elif harm == "broken weights":
        (tmp_path / "weights.npz").write_bytes(b"PK\x03\x04 no zip")
    else:
        (tmp_path / ("model-card.json" if harm == "no card" else "weights.npz")).unlink()
    with pytest.raises(ModelUnreadable, match="labourscope train spans"):
        SpanTagger.load(tmp_path)


def test_a_network_reads_nothing_as_nothing() -> None:
    network, _ = read_network(SHIPPED)
    assert isinstance(network, Network)
    assert network.read([]) == []
    assert set(network.heads.columns) == set(HEADS)


_READ = """
from nlp.advertisement import Advertisement
from nlp.tagger.tagger import shipped_tagger
from nlp.tagger.words import units
words = "Lagerverwaltungserfahrung zespołowej přívětivý communication Java C# obchodní samodzielność Teamfähigkeit".split()
tagged = shipped_tagger().read([Advertisement(" ".join(words) + ". You must have: Python, SQL, teamwork.", (), None)])[0]
print([units(word) for word in words], tagged.spans, tagged.log_statuses_and_zones([(0, 200)]).tobytes().hex())
"""


@pytest.mark.long
def test_a_text_is_read_alike_whatever_order_sets_have() -> None:
    said = {
        subprocess.run(
            [sys.executable, "-c", _READ], env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(said) == 1
