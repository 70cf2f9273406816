"""Errors of this package."""

from __future__ import annotations


class ObservatoryError(Exception):
    """Base of every error raised by `observatory`; its text says what to do."""


class CubeMissing(ObservatoryError):
    """Raised when demand figures are asked for and no cube has been built yet; the mend is `labourscope release`."""
