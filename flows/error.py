"""Errors of this package."""

from __future__ import annotations


class FlowError(Exception):
    """Base of every error raised by `flows`; its text says what to do."""


class StepHeld(FlowError):
    """Raised at the end of a scheduled run of which a step failed or was held at its gate; what came before is kept."""


class NothingToDo(FlowError):
    """Raised when a step has no input, naming the command that makes it."""
