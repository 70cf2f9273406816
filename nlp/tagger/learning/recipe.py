"""The whole recipe: guess hidden words, learn the labels in folds, let the folds' networks label more texts, learn from both."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from nlp.tagger.decoding import best_tags, log_softmax
from nlp.tagger.learning.batches import WordArrays
from nlp.tagger.learning.examples import Example, WordTable
from nlp.tagger.learning.fitting import Report, fine_tune, pretrain
from nlp.tagger.learning.graph import fresh_weights
from nlp.tagger.network import Floats, Network
from nlp.tagger.tagger import KNOWLEDGE_LAYER, SENTENCE_LAYERS, SKILL_LAYER, whole_tokens
from nlp.tagger.tags import TagLayer
from nlp.tagger.words import Words

SIZE: Final = 128  # numbers in a vector
_TAUGHT_LAYERS: Final = (SKILL_LAYER, KNOWLEDGE_LAYER)
_AT_ONCE: Final = 16


@dataclass(frozen=True)
class Recipe:
    """How long each stage takes, and how much of what: `folds` networks label `taught` words per language (by its square root)."""

    pretraining_steps: int = 8600
    folds: int = 4
    epochs: float = 9
    final_epochs: float = 5
    polished: int = 2  # networks that go on with the labelled texts alone; their weights after every round are averaged
    polishing_rounds: int = 2  # each begins with the full rate again
    polishing_epochs: float = 10  # in a round
    generations: int = 2  # of learning from taught texts and polishing; the polished networks of one are the teachers of the next
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
        *,
        concepts: Sequence[Example] = (),
        loose: Sequence[Example] = (),
    ) -> None:
        self.table = WordArrays(*words.arrays())
        self.words = words
        self.labelled = labelled
        self.sentences = sentences
        self.unlabelled = unlabelled
        self.concepts = concepts
        self.loose = loose  # sentences without labels


def pretrained(lesson: Lesson, recipe: Recipe, report: Report) -> dict[str, Floats]:
    """Weights that can guess hidden words of all texts."""
    texts = [*lesson.unlabelled, *lesson.labelled, *lesson.concepts, *lesson.sentences]
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
    """Unlabelled texts labelled by the networks together; languages by the square root of their words."""
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
    labelled = [labelled for some in _groups(found) for labelled in _label(some, networks, words)]
    return labelled + [sentence for some in _groups(lesson.loose) for sentence in _label_sentences(some, networks, words)]


def _groups(examples: Sequence[Example]) -> Iterator[Sequence[Example]]:
    return (examples[first : first + _AT_ONCE] for first in range(0, len(examples), _AT_ONCE))


def _label_sentences(examples: Sequence[Example], networks: Sequence[Network], words: Mapping[str, Words]) -> list[Example]:
    texts = [words[example.name] for example in examples]
    answers = [
        [whole_tokens(answer, own, network.heads) for answer, own in zip(network.read(texts), texts, strict=True)] for network in networks
    ]
    by_layer = [_tags(layer, networks, answers) for layer in SENTENCE_LAYERS]
    return [
        example._replace(labels={layer.head: tags[at] for layer, tags in zip(SENTENCE_LAYERS, by_layer, strict=True)})
        for at, example in enumerate(examples)
    ]


def _tags(layer: TagLayer, networks: Sequence[Network], answers: Sequence[Sequence[Floats]]) -> list[npt.NDArray[np.int32]]:
    """The tags that the networks agree on for each text."""
    column = networks[0].heads.columns[layer.head]
    following: Floats = np.mean([network.following[layer.head] for network in networks], axis=0)
    means = [np.mean([own[:, column] for own in of_text], axis=0) for of_text in zip(*answers, strict=True)]
    return [tags.astype(np.int32) for tags in best_tags(means, following)]


def _label(examples: Sequence[Example], networks: Sequence[Network], words: Mapping[str, Words]) -> list[Example]:
    texts = [words[example.name] for example in examples]
    columns = networks[0].heads.columns
    answers = [network.read(texts) for network in networks]
    taught: list[dict[str, npt.NDArray[np.generic]]] = [{} for _ in examples]
    for layer in _TAUGHT_LAYERS:
        for own, tags in zip(taught, _tags(layer, networks, answers), strict=True):
            own[layer.head] = tags
    for own, of_text in zip(taught, zip(*answers, strict=True), strict=True):
        likely = {head: np.mean([np.exp(log_softmax(each[:, columns[head]])) for each in of_text], axis=0) for head in ("st", "zn")}
        is_skill = ((own["sk"] > 0) | (own["kn"] > 0))[:, None]  # type: ignore[operator]
        own["st"], own["zn"] = likely["st"] * is_skill, likely["zn"]
    return [example._replace(labels=own) for example, own in zip(examples, taught, strict=True)]
