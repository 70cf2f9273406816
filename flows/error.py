"""Errors of this package."""

from __future__ import annotations


class FlowError(Exception):
    """Base of every error raised by `flows`; its text says what to do."""


class StepHeld(FlowError):
    """Raised after a step whose gate wants a person's word: what came before is kept, nothing new was published."""


class NothingToDo(FlowError):
    """Raised when a step has no input, naming the command that makes it."""
