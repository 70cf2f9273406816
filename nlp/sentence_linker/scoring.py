"""How candidates are scored, learnt from alternative labels of the taxonomy that are held out, and how sure the best one is.

Up to 1,500 alternative labels are asked for as if a text held them, half of them within a filler phrase ("knowledge of ..."), while that
label is hidden from the model; the trained linker has not learnt them and ranks without them. From these the weights of the views are
learnt. For a third of them the right concept is taken away altogether: what the best of the others scores shows how a wrong answer looks.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
from pydantic import BaseModel, ConfigDict, ValidationError

from nlp.linker.bags import Floats, Ints
from nlp.linker.calibration import Calibration, calibration_error, fit_curve
from nlp.sentence_linker.concept_views import VIEWS, Candidates, ConceptViews
from nlp.sentence_linker.weighing import Choice, fit_weights

_FORMAT_VERSION: Final = 1
_HIDDEN: Final = 1 / 3  # of the held-out labels: their concept is taken away


class Scoring(BaseModel):
    """Weights of the views and the curve from score to probability, with what they were learnt from."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    format_version: int = _FORMAT_VERSION
    labels: str  # digest of concepts and labels
    weights: tuple[float, ...]  # best label, preferred label, trained linker
    slope: float
    offset: float
    calibrated_on: int  # held-out labels
    expected_calibration_error: float  # on a fifth of the held-out labels, by a curve fitted to the others; 0..1
    right: float  # share of held-out labels whose concept was ranked first, where it was not taken away

    def scores(self, candidates: Candidates) -> Floats:
        """The score of each candidate."""
        return np.asarray(candidates.views @ np.array(self.weights, dtype=np.float32), dtype=np.float32)

    def probabilities(self, scores: Floats) -> Floats:
        """Probabilities (0..1) of scores."""
        return Calibration(self.slope, self.offset).probabilities(scores)


class Question(NamedTuple):
    """A held-out label as a text may word it, its concept, the rows of labels that say the same, and all rows of the concept."""

    text: str
    concept: int
    same: Ints
    all: Ints


def fit_scoring(views: ConceptViews, questions: Sequence[Question], *, labels: str, seed: int) -> Scoring:
    """Learn from held-out labels; with too few right and wrong answers among them every probability is one half."""
    taken = np.random.default_rng(seed).random(len(questions)) < _HIDDEN
    hidden = [question.all if is_taken else question.same for question, is_taken in zip(questions, taken, strict=True)]
    asked = views.of([question.text for question in questions], hidden)
    found = [_without(own, question.concept) if gone else own for own, question, gone in zip(asked, questions, taken, strict=True)]
    weights = fit_weights(_choices(found, questions), VIEWS)
    best = [(question, own, own.views @ weights) for question, own in zip(questions, found, strict=True) if len(own.concepts)]
    scores = np.array([own.max() for _, _, own in best], dtype=np.float32)
    is_right = np.array([own.concepts[worth.argmax()] == question.concept for question, own, worth in best], dtype=np.bool_)
    curve = fit_curve(scores, is_right)
    return Scoring(
        labels=labels, weights=tuple(weights.tolist()), slope=curve.slope, offset=curve.offset, calibrated_on=len(questions),
        expected_calibration_error=round(_error(scores, is_right), 4), right=round(float(is_right.sum() / max(int((~taken).sum()), 1)), 4),
    )  # fmt: skip


def read_scoring(path: Path, *, labels: str) -> Scoring | None:
    """The scoring kept in a file; None where there is none, a damaged one or one of other labels."""
    try:
        kept = Scoring.model_validate_json(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValidationError, UnicodeDecodeError):
        return None
    return kept if (kept.format_version, kept.labels) == (_FORMAT_VERSION, labels) else None


def _without(candidates: Candidates, concept: int) -> Candidates:
    stay = candidates.concepts != concept
    return Candidates(candidates.concepts[stay], candidates.views[stay])


def _choices(found: Sequence[Candidates], questions: Sequence[Question]) -> list[Choice]:
    places = [np.flatnonzero(own.concepts == question.concept) for own, question in zip(found, questions, strict=True)]
    return [Choice(own.views, int(place[0])) for own, place in zip(found, places, strict=True) if len(place)]


def _error(scores: Floats, is_right: npt.NDArray[np.bool_]) -> float:
    fitted = np.arange(len(scores)) % 5 != 0
    return calibration_error(fit_curve(scores[fitted], is_right[fitted]).probabilities(scores[~fitted]), is_right[~fitted])
