"""The network for people's names: tokens and what is known of them, decoding, the kept model, and what it adds to the rules."""

from __future__ import annotations

from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.advertisement import Advertisement
from nlp.components.contacts import find_contacts
from nlp.contact_data.by_rules import contacts_by_rules
from nlp.error import ModelUnreadable
from nlp.folding import fold
from nlp.people.decoding import NEVER, likely_in_names, names_in
from nlp.people.finder import SHIPPED, shipped_people, weighed_people
from nlp.people.network import BEGINS, GOES_ON, OUTSIDE, TAGS
from nlp.people.storage import read_people
from nlp.people.tokens import PlaceSign, WordSign, place_signs, stretches, tokens_of, word_signs
from nlp.people.word_sets import WordSet


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("Frau Dr. Weber", ["Frau", "Dr", ".", "Weber"]),
        ("KontaktFrau Gülsüm YıldırımLeitung", ["Kontakt", "Frau", "Gülsüm", "Yıldırım", "Leitung"]),
        ("McDonald DeWitt O'Brien", ["McDonald", "DeWitt", "O", "'", "Brien"]),
        ("Service088 4451", ["Service", "088", "4451"]),
        ("a\n\nb_c", ["a", "\n\n", "b", "_", "c"]),
        ("ÖPPET 9–17", ["ÖPPET", "9", "–", "17"]),
    ],
)
def test_tokens(text: str, words: list[str]) -> None:
    tokens = tokens_of(text)
    assert tokens.words == words
    assert [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)] == words


@given(st.text())
def test_tokens_leave_out_white_space_alone(text: str) -> None:
    tokens = tokens_of(text)
    joined = "".join(tokens.words)
    assert joined.replace("\n", "") == "".join(letter for letter in text if not letter.isspace())
    assert (tokens.starts[1:] >= tokens.ends[:-1]).all()


@given(st.sets(st.text(min_size=1), max_size=50))
def test_a_set_of_words_holds_its_words(words: set[str]) -> None:
    made = WordSet.of(words)
    assert all(word in WordSet(made.packed) for word in words)


def test_a_set_of_words_holds_few_others() -> None:
    made = WordSet.of(f"word {number}" for number in range(50_000))
    assert sum(f"other {number}" in made for number in range(10_000)) < 300


@pytest.mark.parametrize(
    ("word", "signs"),
    [
        ("Anna", {WordSign.GIVEN}),
        ("Novák", {WordSign.SURNAME}),
        ("van", {WordSign.PARTICLE}),
        ("GmbH", {WordSign.NO_NAME}),
        ("recruiter", {WordSign.POST}),
        ("12", set()),
        ("…", set()),
    ],
)
def test_what_is_known_of_words(word: str, signs: set[WordSign]) -> None:
    empty = {name: WordSet.of(()) for name in ("places", "small", "common")}
    assert signs <= set(word_signs(word, empty))
    everything = {name: WordSet.of([fold(word)]) for name in empty}
    of_sets = {WordSign.PLACES, WordSign.SMALL, WordSign.COMMON} if word[0].isalpha() else set()
    assert bool(word_signs(word, everything)) == word[0].isalpha()
    assert set(word_signs(word, everything)) == set(word_signs(word, empty)) | of_sets


def test_places_of_words_are_told_apart() -> None:
    text = "Kontakt: Frau Weber\nweber@acme.example"
    tokens, ruled = tokens_of(text), contacts_by_rules(Advertisement(text, (), "de"))
    signs = place_signs(tokens, ruled.words, ruled.addresses, ruled.people)
    known = {word: {PlaceSign(sign) for sign in np.flatnonzero(own)} for word, own in zip(tokens.words, signs, strict=True)}
    assert PlaceSign.HONORIFIC in known["Frau"]
    assert {PlaceSign.RULED, PlaceSign.RULED_FIRST} <= known["Weber"]
    assert {PlaceSign.EMAIL, PlaceSign.OPENS_LINE} <= known["weber"]
    assert PlaceSign.JOINED in known["@"]
    assert place_signs(tokens, ruled.words, ruled.addresses, None)[:, PlaceSign.UNRULED].all()


def test_only_what_stands_around_signs_of_people_is_read() -> None:
    signs = np.zeros((200, len(PlaceSign)), dtype=np.bool_)
    assert stretches(signs, []) == []
    signs[100, PlaceSign.HONORIFIC] = True
    parts = stretches(signs, [110, 190])
    assert [(part.start, part.stop) for part in parts] == [(86, 125), (176, 200)]
    assert stretches(signs[:0], []) == []


def random_logits(seed: int, tokens: int) -> tuple[np.ndarray, np.ndarray]:
    chance = np.random.default_rng(seed)
    return chance.normal(size=(tokens, TAGS)).astype(np.float32) * 2, chance.normal(size=(TAGS, TAGS)).astype(np.float32)


@pytest.mark.parametrize("seed", range(20))
def test_names_are_those_of_the_best_of_all_sequences(seed: int) -> None:
    tokens = 1 + seed % 6
    logits, moves = random_logits(seed, tokens)

    def worth(tags: tuple[int, ...]) -> float:
        own = sum(float(logits[at, tag]) for at, tag in enumerate(tags)) + (NEVER if tags[0] == GOES_ON else 0)
        steps = list(pairwise(tags))
        return own + sum(NEVER if (old, new) == (OUTSIDE, GOES_ON) else float(moves[old, new]) for old, new in steps)

    worths = {tags: worth(tags) for tags in product(range(TAGS), repeat=tokens)}
    best = max(worths, key=worths.__getitem__)
    names, likely = names_in(logits, moves), likely_in_names(logits, moves)
    assert sorted(at for start, end in names for at in range(start, end)) == [at for at, tag in enumerate(best) if tag != OUTSIDE]
    assert [start for start, _ in names] == [at for at, tag in enumerate(best) if tag == BEGINS]
    odds = {tags: np.exp(own) for tags, own in worths.items()}
    for at in range(tokens):
        inside = sum(own for tags, own in odds.items() if tags[at] != OUTSIDE) / sum(odds.values())
        assert likely[at] == pytest.approx(inside, abs=1e-6)


def test_stretches_are_read_alike_alone_and_together() -> None:
    network = shipped_people()
    text = "Ask for Anna Nowak in the kitchen. " * 3
    tokens = tokens_of(text)
    signs = place_signs(tokens, [], [], [])
    first, second = slice(0, 9), slice(9, 20)
    together = network.logits(tokens.words, signs, [first, second], "en")
    alone = [logits for part in (first, second) for logits in network.logits(tokens.words, signs, [part], "en")]
    for one, other in zip(together, alone, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-4)


def test_the_shipped_model_is_small_plain_and_described() -> None:
    network, card = read_people(SHIPPED)
    assert sum(path.stat().st_size for path in SHIPPED.iterdir()) <= 5_000_000
    with np.load(SHIPPED / "weights.npz", allow_pickle=False) as stored:
        assert all(stored[name].dtype.kind in "fiu" for name in stored.files)  # numbers only: no text, no objects
    assert network.moves.shape == (TAGS, TAGS)
    assert {"reading_dev.jsonl.gz", "uk_adzuna_kaggle_2500"} <= set(card.left_out)
    assert not any("kept_apart" in name or name == "contacts.jsonl" for name in card.trained_on)
    assert card.licences
    assert card.counts["lines"] > 4_000


@pytest.mark.parametrize("harm", ["no card", "no weights", "broken weights", "no set", "no convolution", "few units", "newer"])
def test_a_damaged_model_is_refused_with_the_way_out(harm: str, tmp_path: Path) -> None:
    for path in SHIPPED.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    if harm == "newer":
        card = tmp_path / "model-card.json"
        card.write_text(card.read_text().replace('"format_version": 1', '"format_version": 99'))
    elif harm in ("no set", "no convolution", "few units"):
        left_out = {"no set": "set_places", "no convolution": "w2"}.get(harm)
        with np.load(SHIPPED / "weights.npz") as stored:
            arrays = {name: stored[name] for name in stored.files if name != left_out}
        if harm == "few units":
            arrays |= {name: arrays[name][:100] for name in ("units", "unit_scales")}
        np.savez(tmp_path / "weights.npz", **arrays)
    elif harm == "broken weights":
        (tmp_path / "weights.npz").write_bytes(b"PK\x03\x04 no zip")
    else:
        (tmp_path / ("model-card.json" if harm == "no card" else "weights.npz")).unlink()
    with pytest.raises(ModelUnreadable, match="labourscope train people"):
        read_people(tmp_path)


def people(text: str, language: str) -> list[str]:
    found = find_contacts(Advertisement(text, (), language))
    return [text[span.start : span.end] for span in found if span.kind == "person"]


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        ("en", "questions about the role? joão teixeira, engineering lead, jp.teixeira@lumen.example", ["joão teixeira"]),
        ("de", "KontaktFrau Gülsüm YıldırımPflegedienstleitung0202 49 11 870Jetzt bewerben", ["Gülsüm Yıldırım"]),
        ("de", "Weil Mareike im Mai in Elternzeit geht, brauchen wir für ein Jahr jemanden.", ["Mareike"]),
        ("sv", "ansök genom att mejla jobb@verkstan.example, frågor besvaras av ahmed", ["ahmed"]),
        ("cs", "Mistrem na lince je J. Kučera, volejte 602 555 120.", ["J. Kučera"]),
        ("nl", "Solliciteren kan via Agnieszka (spreekt ook Pools): app naar +31 6 55501274.", ["Agnieszka"]),
    ],
)
def test_people_whom_the_rules_pass_by(language: str, text: str, names: list[str]) -> None:
    assert people(text, language) == names
    ruled = contacts_by_rules(Advertisement(text, (), language))
    assert [text[start:end] for start, end in ruled.people] != names


def test_what_the_network_finds_unlikely_is_no_person() -> None:
    text = "Care Assistant - Nights\n£12.60 per hour\nThe Willows, Nelson Road, Great Yarmouth"
    ruled = contacts_by_rules(Advertisement(text, (), "en"))
    assert [text[start:end] for start, end in ruled.people] == ["Nelson Road"]
    assert weighed_people(shipped_people(), text, "en", ruled) == []


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "Contact: Rosa Park", "Rosa Park"),
        ("de", "Ansprechpartner: Rosa Park", "Rosa Park"),
        ("de", "Fragen an rosa.park@acme.example\nROSA PARK", "ROSA PARK"),
        ("de", "\x00Frau Weber\x00", "Weber"),
    ],
)
def test_people_whom_a_word_or_a_mailbox_names_stay(language: str, text: str, name: str) -> None:
    assert people(text, language) == [name]


def test_pages_of_people_with_titles_are_found() -> None:
    text = "Fragen an Herrn Dr. Jan Ott, github.com/jott"
    found = find_contacts(Advertisement(text, (), "de"))
    assert [text[span.start : span.end] for span in found if span.kind == "profile"] == ["github.com/jott"]


def test_words_kept_are_few_and_results_do_not_depend_on_them(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "Ask for Anna Nowak in the kitchen, or call Jan Berg on 0113 555 9020."
    ruled = contacts_by_rules(Advertisement(text, (), "en"))
    first = weighed_people(shipped_people(), text, "en", ruled)
    monkeypatch.setattr("nlp.people.network._KEPT_WORDS", 40)
    small, _ = read_people(SHIPPED)
    for other in ("Bei Eva Stein, Frau Kern und Herrn Holz melden.", text, "Pani Ewa Nowak i pan Adam Wilk czekają.", text):
        found = weighed_people(small, other, "en", contacts_by_rules(Advertisement(other, (), "en")))
    assert found == first
    assert len(small._vectors) == 40 >= len(small._numbers)


@pytest.mark.parametrize(
    "text", ["", "\n\n", "12", "…", "▮" * 30, "Anna", "x" * 5000, "A" * 5000, "Anna " * 3000, "Frau Weber \ud83d", "\ud83d"]
)
def test_odd_texts_are_read(text: str) -> None:
    for language in ("en", None, "xx"):
        found = find_contacts(Advertisement(text, (), language))
        assert all(0 <= span.start < span.end <= len(text) for span in found)
