"""Errors of the linker."""

from __future__ import annotations

from nlp.error import NlpError


class LinkerUnreadable(NlpError):
    """Raised by `Linker.load` for a folder without a linker, with one of another format, or with a damaged one; train it anew."""


class NothingToLink(NlpError):
    """Raised in training for a taxonomy with fewer than two labelled concepts (skills, occupations) in the languages asked for."""
