"""The learning side of the tagger: its loss against a count of all sequences, its network against the one that reads."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest

from nlp.advertisement import Advertisement
from nlp.evaluation.gold import TaggedRecord, by_posting
from nlp.tagger.learning.batches import WordArrays, batch_of
from nlp.tagger.learning.compiling import compiled_stacks, ranges
from nlp.tagger.learning.examples import Example, WordTable, pieces, posting_example
from nlp.tagger.learning.graph import answers, contextual, fresh_weights, path_losses, word_vectors
from nlp.tagger.learning.sentence_thresholds import sentence_thresholds
from nlp.tagger.network import Network
from nlp.tagger.storage import read_card, read_network, write_tagger
from nlp.tagger.tagger import HEADS, KNOWLEDGE_LAYER, SHIPPED, TAG_LAYERS, SpanTagger
from nlp.tagger.tags import first_forbidden, forbidden, last_forbidden
from nlp.tagger.words import Words, going_on, in_one_segment, split

TEXT = "Your profile:\n- You write Python.\n- SQL is an advantage\n\nWe offer: 30 days off, a desk."


def noisy_weights() -> dict[str, np.ndarray]:
    random = np.random.default_rng(3)
    return {name: (value + 0.1 * random.standard_normal(value.shape)).astype(np.float32) for name, value in fresh_weights(16, 1).items()}


def example(words: Words, table: WordTable, **labels: np.ndarray) -> Example:
    return Example("text", "en", table.numbers(words.words), words.segments, words.hints, going_on(words), labels)


def test_the_network_that_learns_and_the_one_that_reads_say_the_same() -> None:
    words = split(Advertisement(TEXT, (), "en"))
    table, weights = WordTable(), noisy_weights()
    batch = batch_of([example(words, table)], WordArrays(*table.arrays()), length=32, texts=2)
    learnt = np.asarray(answers(weights, contextual(weights, batch, word_vectors(weights, batch.kinds))))
    (read,) = Network(weights, HEADS).read([words])
    np.testing.assert_allclose(read, learnt[0, : len(words.words)], atol=2e-4)


def test_the_compiled_network_says_nearly_the_same_and_is_kept(tmp_path: Path) -> None:
    texts = [split(Advertisement(text, (), "en")) for text in (TEXT, "Java", TEXT[::2])]
    weights = noisy_weights()
    write_tagger(tmp_path, weights, compiled_stacks(weights, ranges(weights, texts)), read_card(SHIPPED))
    kept, _ = read_network(tmp_path)
    full = Network(weights, HEADS)
    for read, expected in zip(kept.read(texts), full.read(texts), strict=True):
        assert np.abs(read - expected).max() < 0.1 * np.abs(expected).max()
        assert np.corrcoef(read.ravel(), expected.ravel())[0, 1] > 0.995


def test_the_compiled_network_reads_a_text_alike_alone_and_with_others() -> None:
    texts = [split(Advertisement(text, (), "en")) for text in (TEXT, "Java", TEXT[::2])]
    network, _ = read_network(SHIPPED)
    for together, text in zip(network.read(texts), texts, strict=True):
        np.testing.assert_allclose(network.read([text])[0], together, atol=0.05)


@pytest.mark.long
def test_the_loss_is_that_of_all_sequences_counted_one_by_one() -> None:
    words = in_one_segment(split(Advertisement("write SQL code", (), "en")))
    table, weights = WordTable(), noisy_weights()
    right = np.array([0, 4, 0], dtype=np.int32)
    batch = batch_of([example(words, table, kn=right)], WordArrays(*table.arrays()), length=32, texts=1)
    logits = answers(weights, contextual(weights, batch, word_vectors(weights, batch.kinds)))
    at = next(number for number, layer in enumerate(TAG_LAYERS) if layer is KNOWLEDGE_LAYER)
    loss = float(path_losses(weights, logits, batch)[0, at])
    (read,) = Network(weights, HEADS).read([words])
    own = read[:, Network(weights, HEADS).heads.columns["kn"]]
    moves = weights["tr_kn"] + forbidden(5)

    def worth(tags: tuple[int, ...]) -> float:
        steps = sum(moves[before, after] for before, after in pairwise(tags))
        padding = (31 - len(tags)) * weights["tr_kn"][0, 0] + moves[tags[-1], 0]
        return float(
            first_forbidden(5)[tags[0]] + sum(own[at, tag] for at, tag in enumerate(tags)) + steps + padding + last_forbidden(5)[0]
        )

    every = np.array([worth(tags) for tags in product(range(5), repeat=3)])
    expected = np.log(np.exp(every - every.max()).sum()) + every.max() - worth((0, 4, 0))
    assert loss == pytest.approx(expected, abs=2e-3)


def test_what_would_cut_a_token_is_never_learnt_by_the_guideline_of_whole_tokens() -> None:
    words = in_one_segment(split(Advertisement("Node.js", (), "en")))
    table, weights = WordTable(), noisy_weights()
    losses = []
    for right in ([0, 0, 0], [1, 2, 3], [4, 0, 0]):  # nothing, the whole token, its first word alone
        batch = batch_of([example(words, table, skn=np.array(right, dtype=np.int32))], WordArrays(*table.arrays()), length=32, texts=1)
        logits = answers(weights, contextual(weights, batch, word_vectors(weights, batch.kinds)))
        losses.append(float(path_losses(weights, logits, batch)[0, 3]))
    assert np.exp(-losses[0]) + np.exp(-losses[1]) == pytest.approx(1, abs=1e-3)
    assert losses[2] > 1e3


def test_a_long_text_is_cut_between_segments() -> None:
    words = split(Advertisement("\n".join(["- one two three"] * 20), (), "en"))
    parts = pieces(example(words, WordTable()), 24)
    assert sum(len(part.numbers) for part in parts) == len(words.words)
    assert all(len(part.numbers) <= 24 for part in parts)
    assert all(part.numbers[0] == parts[0].numbers[0] for part in parts)


def tagged(posting: int | None, tokens: str, skill: str, knowledge: str) -> TaggedRecord:
    return TaggedRecord.model_validate(
        {"tokens": tokens.split(), "tags_skill": list(skill), "tags_knowledge": list(knowledge), "source": "house", "idx": posting}
    )


def test_sentences_of_a_posting_are_learnt_as_one_text_with_their_spans() -> None:
    sentences = [
        tagged(1, "Our team", "OO", "OO"),
        tagged(1, "You write clean Python code .", "OBIIIO", "OOOBOO"),
        tagged(1, "SQL", "O", "B"),
        tagged(2, "Elsewhere", "O", "O"),
        tagged(None, "Alone", "O", "O"),
        tagged(None, "Alone, too", "OO", "OO"),
    ]
    postings = by_posting(sentences)
    assert [len(own) for own in postings] == [3, 1, 1, 1]
    made = posting_example(postings[0], "posting 0", WordTable(), None)
    words = split(Advertisement("Our team\nYou write clean Python code .\nSQL", (), "en"))
    skill, knowledge = TAG_LAYERS[2], TAG_LAYERS[3]
    named = [
        [words.words[first:last] for first, last, _ in layer.spans(np.asarray(made.labels[layer.head]))] for layer in (skill, knowledge)
    ]
    assert named == [[["write", "clean", "Python", "code"]], [["Python"], ["SQL"]]]
    np.testing.assert_array_equal(made.segments, words.segments)


POSTING = (
    "We are looking for a data engineer .",
    "You build pipelines with Python and SQL .",
    "Experience with Apache Kafka , cloud platforms or machine learning is a plus .",
    "You communicate well with customers and work independently .",
)


def test_thresholds_of_sentences_are_those_that_find_what_is_labelled(tmp_path: Path) -> None:
    tagger = SpanTagger.load()
    network, card = read_network(SHIPPED)
    strict = SpanTagger(network, replace(card, reading={**card.reading, "outside_ssk": -1.0, "outside_skn": -1.5}))
    (found,) = strict.read_sentences([Advertisement("\n".join(POSTING), (), "en")])
    (more,) = tagger.read_sentences([Advertisement("\n".join(POSTING), (), "en")])
    assert 0 < len(found) < len(more), "a stricter threshold finds less"
    lines, begin = [], 0
    for sentence in POSTING:
        tokens, places, at = sentence.split(), [], begin
        for token in tokens:
            places.append((at, at + len(token)))
            at += len(token) + 1
        tags = {kind: ["O"] * len(tokens) for kind in ("skill", "knowledge")}
        for span in found:
            own = [number for number, (start, end) in enumerate(places) if span.start <= start and end <= span.end]
            for number in own:
                tags[span.kind][number] = "B" if number == own[0] else "I"
        lines.append({"idx": 1, "tokens": tokens, "tags_skill": tags["skill"], "tags_knowledge": tags["knowledge"], "source": "test"})
        begin = at
    path = tmp_path / "held_out.jsonl"
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    chosen, figures = sentence_thresholds(network, path, None)
    assert figures == {"held_out_ssk_strict_f1": 1.0, "held_out_skn_strict_f1": 1.0}
    again = SpanTagger(network, replace(card, reading={**card.reading, **chosen}))
    assert again.read_sentences([Advertisement("\n".join(POSTING), (), "en")]) == [found]
