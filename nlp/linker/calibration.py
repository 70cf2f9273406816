"""Turns scores into probabilities of being right (Platt 1999, with his targets against overconfidence)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from nlp.linker.bags import Floats


class Calibration(NamedTuple):
    """The logistic curve over a score: probability = 1 / (1 + exp(-(slope * score + offset)))."""

    slope: float
    offset: float

    def probabilities(self, scores: Floats) -> Floats:
        """Probabilities of scores; they rise with the score."""
        return np.asarray(1 / (1 + np.exp(-np.clip(self.slope * scores + self.offset, -30, 30))), dtype=np.float32)


def fit_curve(scores: Floats, is_right: npt.NDArray[np.bool_]) -> Calibration:
    """Fit the curve by Newton's method; with nothing to fit it is flat at one half, and it never falls."""
    right, wrong = int(is_right.sum()), int((~is_right).sum())
    if not right or not wrong:
        return Calibration(0.0, 0.0)
    centre, spread = float(scores.mean()), float(scores.std()) or 1.0
    rows = np.stack([(scores.astype(np.float64) - centre) / spread, np.ones(len(scores))], axis=1)
    targets = np.where(is_right, (right + 1) / (right + 2), 1 / (wrong + 2))
    found = np.zeros(2)
    for _ in range(50):
        shares = 1 / (1 + np.exp(-np.clip(rows @ found, -30, 30)))
        bend = (rows * (shares * (1 - shares))[:, None]).T @ rows + 1e-6 * np.eye(2)
        found = found - np.clip(np.linalg.solve(bend, rows.T @ (shares - targets)), -2, 2)
    slope = max(float(found[0]), 1e-3) / spread
    return Calibration(slope, float(found[1]) - slope * centre)


def calibration_error(probabilities: Floats, is_right: npt.NDArray[np.bool_], bins: int = 10) -> float:
    """Expected calibration error (0..1): the mean gap between probability and share of right ones, over equal bins."""
    if not len(probabilities):
        return 0.0
    at = np.minimum((probabilities * bins).astype(np.int64), bins - 1)
    gaps = np.bincount(at, probabilities - is_right, minlength=bins)
    return float(np.abs(gaps).sum() / len(probabilities))
