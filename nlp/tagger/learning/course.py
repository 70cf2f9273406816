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

from nlp.evaluation.span_matching import Span, match_spans
from nlp.label_matcher import LabelMatcher
from nlp.tagger.decoding import decode
from nlp.tagger.learning.compiling import compiled_stacks, ranges
from nlp.tagger.learning.fitting import POLISHING, Report, fine_tune
from nlp.tagger.learning.material import Material, MaterialFiles
from nlp.tagger.learning.recipe import Recipe, fold_weights, folds_of, pretrained, taught
from nlp.tagger.learning.sentence_thresholds import sentence_thresholds
from nlp.tagger.learning.status_fitting import Read, fit_statuses
from nlp.tagger.learning.zone_fitting import fit_zones
from nlp.tagger.network import Floats, Network
from nlp.tagger.status import STATUS_WEIGHTS
from nlp.tagger.storage import FORMAT_VERSION, TaggerCard, write_tagger
from nlp.tagger.tagger import HEADS, KNOWLEDGE_LAYER, SKILL_LAYER

_log = logging.getLogger(__name__)

_NEWTON_STEPS: Final = 20
_ONLY_FOR_LEARNING: Final = ("mask", "lm_w", "lm_b")
_CHOICES: Final = tuple(step / 10 for step in range(-5, 11))  # of "outside", to choose from on the held-out texts


def learn(
    material: Material,
    files: MaterialFiles,
    *,
    recipe: Recipe,
    work: Path,
    out: Path,
    licences: Sequence[str],
    report: Report,
    matcher: LabelMatcher | None = None,
) -> TaggerCard:
    """Learn a tagger and write it to `out`; stages are kept in `work`, and those that are there already are not repeated.

    `matcher` finds the labels in `files.held_out_sentences`, as it did in the material.
    """
    work.mkdir(parents=True, exist_ok=True)
    start = _kept(work / "pretrained.npz", partial(pretrained, material.lesson, recipe, report))
    networks, read = _folds(material, start, recipe=recipe, work=work, report=report)
    outside, figures = _chosen(material, read)
    slope, offset = _calibrated(material, read, outside)
    zones = fit_zones(material, read)
    statuses, status_figures = fit_statuses(material, zones.crossed)
    figures |= {**status_figures, "held_out_zone_accuracy": zones.accuracy}
    _log.info("outside %.2f; on held-out texts: %s", outside, figures)
    mean = _mean_of_last(material, start, networks, recipe=recipe, work=work, report=report)
    thresholds: dict[str, float] = {}
    if files.held_out_sentences is not None:
        thresholds, own_figures = sentence_thresholds(Network(mean, HEADS), files.held_out_sentences, matcher)
        figures |= own_figures
    reading = {"outside": outside, **thresholds, "score_slope": slope, "score_offset": offset}
    card = _card(files, recipe, licences, reading=reading, figures=figures)
    kept = {name: value for name, value in mean.items() if name not in _ONLY_FOR_LEARNING}
    stacks = compiled_stacks(mean, ranges(mean, [words for words in material.labelled_words if words.words]))
    write_tagger(out, {**kept, **zones.weights.named(), STATUS_WEIGHTS: statuses}, stacks, card)
    return card


def _folds(
    material: Material, start: Mapping[str, Floats], *, recipe: Recipe, work: Path, report: Report
) -> tuple[list[Network], list[tuple[Network, dict[int, Floats]]]]:
    """The folds' networks, and each with its answers to the texts it has not seen, by their positions."""
    folds = folds_of(material.lesson, recipe)
    networks = []
    for number, fold in enumerate(folds):
        make = partial(fold_weights, material.lesson, start, fold=fold, number=number, recipe=recipe, report=report)
        networks.append(Network(_kept(work / f"fold-{number}.npz", make), HEADS))
    read = [
        (network, {at: network.read([material.labelled_words[at]])[0] for at in fold})
        for fold, network in zip(folds, networks, strict=True)
    ]
    return networks, read


def _mean_of_last(
    material: Material, start: Mapping[str, Floats], networks: Sequence[Network], *, recipe: Recipe, work: Path, report: Report
) -> dict[str, Floats]:
    """The mean weights of the last generation's polished networks; the folds' networks teach the first generation."""
    polished: list[dict[str, Floats]] = []
    for generation in range(recipe.generations):
        folder = work if generation == 0 else work / f"generation-{generation}"
        folder.mkdir(exist_ok=True)
        teachers = networks if generation == 0 else [Network(weights, HEADS) for weights in polished]
        polished = _generation(material, start, teachers, recipe=recipe, work=folder, report=report)
    return {name: np.stack([weights[name] for weights in polished]).mean(axis=0) for name in polished[0]}


def _card(
    files: MaterialFiles, recipe: Recipe, licences: Sequence[str], *, reading: dict[str, float], figures: dict[str, float]
) -> TaggerCard:
    """What was learnt from what, and how to read with it."""
    return TaggerCard(
        format_version=FORMAT_VERSION,
        heads=dict(HEADS),
        trained_on=tuple(path.name for path in (*files.advertisements, *files.sentences)),
        unlabelled=(
            *(path.name for path in files.unlabelled if path.name.split(".")[0] not in files.without),
            f"labels of {files.taxonomy or 'no taxonomy'}",
        ),
        left_out=(*(path.name for path in files.left_out), *files.without, *files.held_out_names),
        licences=tuple(licences),
        seed=recipe.seed,
        settings={name: float(value) for name, value in asdict(recipe).items()},
        reading=reading,
        figures=figures,
    )


def _generation(
    material: Material, start: Mapping[str, Floats], teachers: Sequence[Network], *, recipe: Recipe, work: Path, report: Report
) -> list[dict[str, Floats]]:
    """Weights of the polished networks, after every round, that learn from what the teachers label."""
    final = _kept(work / "final.npz", partial(_final, material, start, teachers, recipe=recipe, report=report))
    polished = []
    for number in range(recipe.polished):
        weights = final
        for turn in range(recipe.polishing_rounds):
            make = partial(_polished, material, weights, 10 * turn + number, recipe=recipe, report=report)
            weights = _kept(work / f"polished-{number}-{turn}.npz", make)
            polished.append(weights)
    return polished


def _kept(path: Path, make: Callable[[], dict[str, Floats]]) -> dict[str, Floats]:
    """The weights in a file; made, and written there, when it is absent or broken."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
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


def _polished(material: Material, start: Mapping[str, Floats], number: int, *, recipe: Recipe, report: Report) -> dict[str, Floats]:
    """Go on with the labelled texts alone; the mean of several such weights is better than each (Wortsman et al. 2022, "Model soups")."""
    lesson = material.lesson
    return fine_tune(
        start, [*lesson.labelled, *lesson.sentences], lesson.table, epochs=recipe.polishing_epochs, seed=recipe.seed + 100 + number,
        report=report, plan=POLISHING, with_fresh_heads=False,
    )  # fmt: skip


def _chosen(material: Material, read: Read) -> tuple[float, dict[str, float]]:
    """The "outside" with the best F1 (by half-overlap and strictly, added) on texts that each network has not seen; the figures there."""
    best = max(_CHOICES, key=lambda outside: sum(_f1(material, read, outside)))
    half, strict = _f1(material, read, best)
    return best, {"held_out_f1": round(half, 4), "held_out_strict_f1": round(strict, 4)}


def _calibrated(material: Material, read: Read, outside: float) -> tuple[float, float]:
    """Slope and offset of a logistic curve from a span's score to the probability that half of it is a labelled skill."""
    scores: list[float] = []
    is_right: list[bool] = []
    for at, spans in _decoded(material, read, outside).items():
        found = sorted(spans)
        matched = {other for _, other in match_spans([skill.span for skill in material.records[at].gold.skills], found)}
        scores += [spans[span] for span in found]
        is_right += [number in matched for number in range(len(found))]
    x, y = np.array(scores), np.array(is_right, dtype=np.float64)
    weights = np.zeros(2)
    signs = np.stack([np.log((x + 1e-4) / (1 - x + 1e-4)), np.ones_like(x)], axis=1)
    for _ in range(_NEWTON_STEPS):
        likely = 1 / (1 + np.exp(-signs @ weights))
        bend = signs.T @ (signs * (likely * (1 - likely))[:, None]) + 1e-3 * np.eye(2)
        weights -= np.linalg.solve(bend, signs.T @ (likely - y))
    return round(float(weights[0]), 4), round(float(weights[1]), 4)


def _f1(material: Material, read: Read, outside: float) -> tuple[float, float]:
    """F1 by half-overlap, and strictly."""
    found = _decoded(material, read, outside)
    right, strictly, spans_read, labelled = 0, 0, 0, 0
    for at, own in found.items():
        gold = [skill.span for skill in material.records[at].gold.skills]
        right += len(match_spans(gold, sorted(own)))
        strictly += len(match_spans(gold, sorted(own), least=1.0))
        spans_read, labelled = spans_read + len(own), labelled + len(gold)
    return 2 * right / max(spans_read + labelled, 1), 2 * strictly / max(spans_read + labelled, 1)


def _decoded(material: Material, read: Read, outside: float) -> dict[int, dict[Span, float]]:
    """Spans with their scores, for each text by its position."""
    layers = (SKILL_LAYER, KNOWLEDGE_LAYER)
    found: dict[int, dict[Span, float]] = {}
    for network, answers in read:
        logits = [[answer[:, network.heads.columns[layer.head]] for answer in answers.values()] for layer in layers]
        following = [network.following[layer.head] for layer in layers]
        for at, spans in zip(answers, decode(layers, logits, following, outside=outside), strict=True):
            words = material.labelled_words[at]
            found[at] = {(int(words.starts[span.first]), int(words.ends[span.last - 1])): span.score for span in spans}
    return found
