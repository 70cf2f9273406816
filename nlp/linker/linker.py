"""The linker: trained on a taxonomy's texts, ranks its skills for names and sentences, says how sure it is."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Final, NamedTuple, Self

import numpy as np
import numpy.typing as npt

from nlp.error import ModelUnreadable
from nlp.kept_models import kept_or_trained
from nlp.linker.bags import Floats, Ints
from nlp.linker.calibration import Calibration, calibration_error, fit_curve
from nlp.linker.fillers import fillers
from nlp.linker.kept_label_arrays import keep_label_arrays, kept_label_arrays
from nlp.linker.label_arrays import LabelArrays
from nlp.linker.label_index import LabelIndex
from nlp.linker.storage import FORMAT_VERSION, LinkerParts, ModelCard, read_parts, write_parts
from nlp.linker.taxonomy_texts import TaxonomyTexts, Words, read_texts, words
from nlp.linker.training import TrainingPlan, learn_vectors, plan_for
from nlp.linker.units import Units
from nlp.linker.vector_ranking import VectorRanking
from taxonomies.taxonomy import Taxonomy

_log = logging.getLogger(__name__)

THRESHOLD: Final = 0.5  # `link` abstains from skills less likely than this
_HELD_OUT: Final = 1500  # labels kept from training for calibration, at most
_HELD_OUT_SHARE: Final = 0.05
_FEWEST_LABELS: Final = 4  # of a concept that can spare one


OnProgress = Callable[[str, int, int], None]  # what is being done, steps done, steps in all


class LinkedSkill(NamedTuple):
    """A skill that a text speaks of; `score` is the calibrated probability (0..1) that it is the right one."""

    uri: str
    score: float


class Linker:
    """Ranks the skills of one taxonomy version. Make it with `train`, `load` or `kept_linker`."""

    def __init__(self, parts: LinkerParts, arrays: LabelArrays | None = None) -> None:
        """Make it of what was learnt, and of what was derived from that before, where there is such."""
        self._parts = parts
        self.index = LabelIndex(parts.texts, parts.units, parts.vectors, arrays)

    @classmethod
    def train(
        cls,
        taxonomy: Taxonomy,
        *,
        seed: int = 1,
        languages: Sequence[str] | None = None,
        plan: TrainingPlan | None = None,
        on_progress: OnProgress | None = None,
    ) -> Self:
        """Learn from the taxonomy's texts in some languages (None: all); the same seed gives the same linker on the same machine.

        `on_progress` hears what is done and how many of how many steps. Raises NothingToLink for a taxonomy with fewer than two
        labelled skills.
        """
        report = on_progress or _silent
        report("read the taxonomy's texts", 0, 1)
        wanted = tuple(languages or taxonomy.languages)
        texts = read_texts(taxonomy, wanted)
        plan = plan or plan_for(len(texts.uris))
        held_out = held_out_labels(texts, seed=seed)
        learnt = texts.without(held_out)
        noise = [words(phrase) for phrase in fillers(wanted)]
        units = Units.learn([*learnt.labels, *learnt.sentences])
        vectors = learn_vectors(learnt, units, noise, plan=plan, seed=seed, on_step=partial(report, "learn vectors"))
        report("calibrate", 0, 1)
        vectors = vectors.astype(np.float16).astype(np.float32)  # as stored: a loaded linker gives the very same scores
        calibration, error = _calibrated(LabelIndex(learnt, units, vectors), texts, held_out, noise, seed)
        card = ModelCard(
            taxonomy=str(taxonomy.ref), languages=wanted, seed=seed, skills=len(texts.uris), labels=len(texts.labels), units=len(units),
            dimensions=plan.dimensions, steps=plan.steps, calibrated_on=len(held_out), expected_calibration_error=round(error, 4),
        )  # fmt: skip
        return cls(LinkerParts(texts, units, vectors, calibration, card))

    @classmethod
    def load(cls, folder: Path) -> Self:
        """Read a linker that `save` wrote; raises ModelUnreadable for a missing, damaged or older one."""
        parts = read_parts(folder)
        return cls(parts, kept_label_arrays(parts, folder))

    def save(self, folder: Path) -> None:
        """Write the linker (.npz, no pickle), its model card, and what is derived of it into a folder; raises OSError.

        What is derived may be missing: it is made anew when the linker is loaded.
        """
        write_parts(self._parts, folder)
        try:
            keep_label_arrays(self.index.arrays, self._parts, folder)
        except OSError as error:
            _log.warning("%s: what is derived of the linker cannot be kept (%s)", folder, error)

    @property
    def uris(self) -> Sequence[str]:
        """The skills by number, as `rank` gives them."""
        return self._parts.texts.uris

    @property
    def texts(self) -> TaxonomyTexts:
        """Labels and sentences of the skills."""
        return self._parts.texts

    @property
    def card(self) -> ModelCard:
        """What was learnt from what."""
        return self._parts.card

    def vector_ranking(self) -> VectorRanking:
        """A ranking by the vectors alone, to compare with."""
        return VectorRanking(self._parts.texts, self.index.vectors)

    def rank(self, texts: Sequence[str], k: int = 10) -> tuple[Ints, Floats]:
        """The k best skills of each text (numbers of `uris`, -1 behind the last) and calibrated probabilities (0..1), best first.

        Only candidates are ranked: at most 200 a text. A text without a known word has none.
        """
        concepts = np.full((len(texts), k), -1, dtype=np.int64)
        scores = np.zeros((len(texts), k), dtype=np.float32)
        for at, ranking in enumerate(self.index.rank([words(text) for text in texts])):
            count = min(k, len(ranking.concepts))
            concepts[at, :count] = ranking.concepts[:count]
            scores[at, :count] = self._parts.calibration.probabilities(ranking.scores[:count])
        return concepts, scores

    def without_labels(self, rows: Ints) -> Linker:
        """The same linker over fewer labels (rows of `texts` left out): to calibrate on those that it has not learnt."""
        return Linker(replace(self._parts, texts=self._parts.texts.without(rows)))

    def link(self, text: str, *, threshold: float = THRESHOLD) -> LinkedSkill | None:
        """The skill that a text names, or None where none is likely enough."""
        concepts, scores = self.rank([text], k=1)
        if concepts[0, 0] < 0 or scores[0, 0] < threshold:
            return None
        return LinkedSkill(self.uris[int(concepts[0, 0])], float(scores[0, 0]))


def _folder(taxonomy: Taxonomy, seed: int) -> Path:
    return taxonomy.folder / "linker" / f"v{FORMAT_VERSION}-{seed}"


def kept_linker(taxonomy: Taxonomy, *, seed: int = 1, on_progress: OnProgress | None = None) -> Linker:
    """The linker kept beside the compiled taxonomy, else train it (about a minute) and keep it; raises as `Linker.train`."""
    return kept_or_trained(
        _folder(taxonomy, seed),
        Linker.load,
        lambda: Linker.train(taxonomy, seed=seed, on_progress=on_progress),
        name=f"the linker of {taxonomy.ref}",
    )


def trained_linker(taxonomy: Taxonomy, *, seed: int = 1) -> Linker | None:
    """The linker kept beside the compiled taxonomy; None where it was imported without training."""
    try:
        return Linker.load(_folder(taxonomy, seed))
    except ModelUnreadable as error:
        _log.info("%s: skills that no label names stay without a concept", error)
        return None


def _silent(what: str, done: int, total: int) -> None:
    """Nobody wants to hear of progress."""


def held_out_labels(texts: TaxonomyTexts, *, seed: int) -> Ints:
    """Rows of the labels that a linker trained with this seed has not learnt: alternative ones, at most one a concept, of concepts that
    have enough others.
    """
    random = np.random.default_rng(seed)
    counts = np.bincount(texts.label_owners, minlength=len(texts.uris))
    rows = np.flatnonzero(~texts.is_preferred & (counts[texts.label_owners] >= _FEWEST_LABELS))
    rows = random.permutation(rows)
    _, first = np.unique(texts.label_owners[rows], return_index=True)
    rows = random.permutation(rows[first])
    return rows[: min(_HELD_OUT, int(len(texts.labels) * _HELD_OUT_SHARE))]


def _calibrated(index: LabelIndex, texts: TaxonomyTexts, rows: Ints, noise: list[Words], seed: int) -> tuple[Calibration, float]:
    """Fit on the best answers for held-out labels, half of them in fillers; for a third the right concept is taken away.

    The second value is the calibration error on a fifth of the labels, that a curve fitted to the others has.
    """
    random = np.random.default_rng(seed + 1)
    owners = texts.label_owners[rows]
    asked = [_phrased(texts.labels[row], noise, random) for row in rows.tolist()]
    hidden = np.where(random.random(len(rows)) < 1 / 3, owners, -1)
    scores, is_right = _best_answers(index, asked, owners, hidden)
    fitted = np.arange(len(scores)) % 5 != 0
    error = calibration_error(fit_curve(scores[fitted], is_right[fitted]).probabilities(scores[~fitted]), is_right[~fitted])
    return fit_curve(scores, is_right), error


def _best_answers(index: LabelIndex, asked: list[Words], owners: Ints, hidden: Ints) -> tuple[Floats, npt.NDArray[np.bool_]]:
    found = [
        (ranking.scores[0], ranking.concepts[0] == owner)
        for ranking, owner in zip(index.rank(asked, hidden), owners, strict=True)
        if len(ranking.concepts)
    ]
    return np.array([score for score, _ in found], dtype=np.float32), np.array([right for _, right in found], dtype=np.bool_)


def _phrased(label: Words, noise: list[Words], random: np.random.Generator) -> Words:
    """A label as it is or with a filler before or behind it."""
    if random.random() < 0.5:
        return label
    filler = noise[int(random.integers(len(noise)))]
    return [*filler, *label] if random.random() < 0.7 else [*label, *filler]
