"""The whole recipe: guess hidden words, learn the labels in folds, let the folds' networks label more texts, learn from both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from nlp.tagger.decoding import log_softmax
from nlp.tagger.learning.batches import WordArrays
from nlp.tagger.learning.examples import Example, WordTable
from nlp.tagger.learning.fitting import Report, fine_tune, pretrain
from nlp.tagger.learning.graph import fresh_weights
from nlp.tagger.network import Floats, Network
from nlp.tagger.words import Words

SIZE: Final = 128  # numbers in a vector
_TAUGHT_HEADS: Final = ("sk", "kn", "st", "zn")
_AT_ONCE: Final = 16


@dataclass(frozen=True)
class Recipe:
    """How long each stage takes, and how much of what: `folds` networks label `taught` words per language (by its square root)."""

    pretraining_steps: int = 2600
    folds: int = 5
    epochs: float = 20
    final_epochs: float = 12
    taught_words: int = 900_000
    repeats: int = 2  # of the labelled texts among the taught ones
    seed: int = 1


class Lesson:
    """Labelled and unlabelled texts over one table of words."""

    def __init__(
        self,
        words: WordTable,
        labelled: Sequence[Example],
        sentences: Sequence[Example],
        unlabelled: Sequence[Example],
        concepts: Sequence[Example] = (),
    ) -> None:
        self.table = WordArrays(*words.arrays())
        self.words = words
        self.labelled = labelled
        self.sentences = sentences
        self.unlabelled = unlabelled
        self.concepts = concepts


def pretrained(lesson: Lesson, recipe: Recipe, report: Report) -> dict[str, Floats]:
    """Weights that can guess hidden words of all texts."""
    texts = [*lesson.unlabelled, *lesson.labelled, *lesson.concepts]
    start = fresh_weights(SIZE, recipe.seed)
    return pretrain(start, texts, lesson.table, steps=recipe.pretraining_steps, seed=recipe.seed, report=report)


def folds_of(lesson: Lesson, recipe: Recipe) -> list[list[int]]:
    """Positions of the labelled texts in each fold, languages spread evenly."""
    random = np.random.default_rng(recipe.seed)
    order = sorted(range(len(lesson.labelled)), key=lambda at: (lesson.labelled[at].language, random.random()))
    return [order[fold :: recipe.folds] for fold in range(recipe.folds)]


def fold_weights(
    lesson: Lesson, start: Mapping[str, Floats], *, fold: Sequence[int], number: int, recipe: Recipe, report: Report
) -> dict[str, Floats]:
    """Weights of a network that has not seen the labelled texts of one fold."""
    left_out = set(fold)
    seen = [example for at, example in enumerate(lesson.labelled) if at not in left_out]
    return fine_tune(start, [*seen, *lesson.sentences], lesson.table, epochs=recipe.epochs, seed=recipe.seed + number, report=report)


def taught(lesson: Lesson, networks: Sequence[Network], words: Mapping[str, Words], recipe: Recipe) -> list[Example]:
    """Unlabelled texts with the mean probabilities of the networks as labels; languages by the square root of their words."""
    random = np.random.default_rng(recipe.seed)
    found: list[Example] = []
    by_language: dict[str, list[Example]] = {}
    for example in lesson.unlabelled:
        by_language.setdefault(example.language, []).append(example)
    sizes = {language: sum(len(example.numbers) for example in own) for language, own in by_language.items()}
    roots = sum(size**0.5 for size in sizes.values())
    for language, own in by_language.items():
        left = recipe.taught_words * sizes[language] ** 0.5 / roots
        for at in random.permutation(len(own)):
            if left <= 0:
                break
            left -= len(own[at].numbers)
            found.append(own[at])
    return [labelled for first in range(0, len(found), _AT_ONCE) for labelled in _label(found[first : first + _AT_ONCE], networks, words)]


def _label(examples: Sequence[Example], networks: Sequence[Network], words: Mapping[str, Words]) -> list[Example]:
    texts = [words[example.name] for example in examples]
    columns = networks[0].heads.columns
    sums: list[dict[str, Floats]] = [{} for _ in examples]
    for network in networks:
        for own, answer in zip(sums, network.read(texts), strict=True):
            for head in _TAUGHT_HEADS:
                likely: Floats = (np.exp(log_softmax(answer[:, columns[head]])) / len(networks)).astype(np.float32)
                own[head] = own[head] + likely if head in own else likely
    return [example._replace(labels=_with_status_of_skills(own)) for example, own in zip(examples, sums, strict=True)]


def _with_status_of_skills(own: dict[str, Floats]) -> dict[str, Floats]:
    """Only words that are likely part of a skill teach a status, by how likely they are."""
    inside: Floats = np.maximum(1 - own["sk"][:, 0], 1 - own["kn"][:, 0])[:, None]
    taught_status: Floats = own["st"] * inside
    return {**own, "st": taught_status}
