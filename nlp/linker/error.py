"""Errors of the linker."""

from __future__ import annotations

from nlp.error import NlpError


class NothingToLink(NlpError):
    """Raised in training for a taxonomy with fewer than two labelled concepts (skills, occupations) in the languages asked for."""
