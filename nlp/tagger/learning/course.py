"""Goes through the recipe stage by stage; each stage is kept in a folder, so that a broken-off course goes on where it was."""

from __future__ import annotations

import logging
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Final

import numpy as np

from nlp.evaluation.span_matching import match_spans
from nlp.tagger.decoding import decode
from nlp.tagger.learning.fitting import Report, fine_tune
from nlp.tagger.learning.material import Material, MaterialFiles
from nlp.tagger.learning.recipe import Recipe, fold_weights, folds_of, pretrained, taught
from nlp.tagger.network import Floats, Heads, Network
from nlp.tagger.storage import FORMAT_VERSION, TaggerCard, write_tagger
from nlp.tagger.tagger import HEADS, KNOWLEDGE_LAYER, SKILL_LAYER

_log = logging.getLogger(__name__)

_ONLY_FOR_LEARNING: Final = ("mask", "lm_w", "lm_b")
_CHOICES: Final = tuple(step / 4 for step in range(-2, 9))  # of "outside", to choose from on the held-out texts


def learn(
    material: Material, files: MaterialFiles, *, recipe: Recipe, work: Path, out: Path, licences: Sequence[str], report: Report
) -> TaggerCard:
    """Learn a tagger and write it to `out`; stages are kept in `work`, and those that are there already are not repeated."""
    work.mkdir(parents=True, exist_ok=True)
    lesson = material.lesson
    start = _kept(work / "pretrained.npz", partial(pretrained, lesson, recipe, report))
    folds = folds_of(lesson, recipe)
    networks = []
    for number, fold in enumerate(folds):
        make = partial(fold_weights, lesson, start, fold=fold, number=number, recipe=recipe, report=report)
        networks.append(Network(_kept(work / f"fold-{number}.npz", make), HEADS))
    outside, figures = _chosen(material, folds, networks)
    _log.info("outside %.2f; on held-out texts: %s", outside, figures)
    final = _kept(work / "final.npz", partial(_final, material, start, networks, recipe=recipe, report=report))
    card = TaggerCard(
        format_version=FORMAT_VERSION,
        heads=dict(HEADS),
        trained_on=tuple(path.name for path in (files.advertisements, files.sentences) if path is not None),
        unlabelled=tuple(path.name for path in files.unlabelled if path.name.split(".")[0] not in files.without),
        left_out=(*(path.name for path in files.left_out), *files.without),
        licences=tuple(licences),
        seed=recipe.seed,
        settings={name: float(value) for name, value in asdict(recipe).items()},
        reading={"outside": outside, "outside_in_sentences": 0.0},
        figures=figures,
    )
    write_tagger(out, {name: value for name, value in final.items() if name not in _ONLY_FOR_LEARNING}, card)
    return card


def _kept(path: Path, make: Callable[[], dict[str, Floats]]) -> dict[str, Floats]:
    """The weights in a file; made, and written there, when it is absent or broken."""
    try:
        with np.load(path, allow_pickle=False) as stored:
            return {name: stored[name] for name in stored.files}
    except (OSError, ValueError, zipfile.BadZipFile):
        weights = make()
    arrays: Mapping[str, np.ndarray] = weights
    part = path.with_suffix(".part.npz")
    np.savez(part, allow_pickle=False, **arrays)
    part.replace(path)
    return weights


def _final(
    material: Material, start: Mapping[str, Floats], networks: Sequence[Network], *, recipe: Recipe, report: Report
) -> dict[str, Floats]:
    lesson = material.lesson
    more = taught(lesson, networks, material.words, recipe)
    labelled = [*lesson.labelled] * recipe.repeats
    return fine_tune(
        start, [*labelled, *lesson.sentences, *more], lesson.table, epochs=recipe.final_epochs, seed=recipe.seed, report=report
    )


def _chosen(material: Material, folds: Sequence[Sequence[int]], networks: Sequence[Network]) -> tuple[float, dict[str, float]]:
    """The "outside" with the best half-overlap F1 on the texts that each network has not seen, and the figures there."""
    answers = {at: network.read([material.labelled_words[at]])[0] for fold, network in zip(folds, networks, strict=True) for at in fold}
    best = max(_CHOICES, key=lambda outside: _f1(material, answers, outside)[0])
    half, strict = _f1(material, answers, best)
    return best, {"held_out_f1": round(half, 4), "held_out_strict_f1": round(strict, 4)}


def _f1(material: Material, answers: Mapping[int, Floats], outside: float) -> tuple[float, float]:
    """F1 by half-overlap, and strictly."""
    order = sorted(answers)
    columns = Heads.of(HEADS).columns
    decoded = [
        decode(layer, [answers[at][:, columns[layer.head]] for at in order], outside=outside) for layer in (SKILL_LAYER, KNOWLEDGE_LAYER)
    ]
    right, strictly, read, labelled = 0, 0, 0, 0
    for at, *layers in zip(order, *decoded, strict=True):
        words, record = material.labelled_words[at], material.records[at]
        found = sorted({(int(words.starts[span.first]), int(words.ends[span.last - 1])) for spans in layers for span in spans})
        gold = [skill.span for skill in record.gold.skills]
        right += len(match_spans(gold, found))
        strictly += len(match_spans(gold, found, least=1.0))
        read, labelled = read + len(found), labelled + len(gold)
    return 2 * right / max(read + labelled, 1), 2 * strictly / max(read + labelled, 1)
