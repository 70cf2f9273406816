"""Errors of this package."""

from __future__ import annotations

from nlp.error import NlpError


class GoldInvalid(NlpError):
    """Raised for a labelled file that is missing, of another form, or holds nothing to measure; names line and field."""


class NothingToLearn(NlpError):
    """Raised when folds are asked for that the labelled file is too small for."""
