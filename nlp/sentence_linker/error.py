"""Errors of the sentence linker."""

from __future__ import annotations

from nlp.error import NlpError


class SentenceModelUnusable(NlpError):
    """Raised when the folder of a sentence model lacks a file, holds a damaged one, or when the extra that reads it is not installed."""
