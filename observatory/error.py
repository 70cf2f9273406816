"""Errors of this package."""

from __future__ import annotations


class ObservatoryError(Exception):
    """Base of every error raised by `observatory`; its text says what to do."""


class CubeMissing(ObservatoryError):
    """Raised when demand figures are asked for and no cube has been built yet; the mend is `labourscope index`."""


class ReleaseHeld(ObservatoryError):
    """Raised by the publication gate: totals moved too far from the last release; nothing was published."""


class ReleaseInvalid(ObservatoryError):
    """Raised when a release fails its own checks (Frictionless, checksums) before it is published; nothing was published."""


class UnknownRelease(ObservatoryError):
    """Raised when a release or one of its files is asked for that does not exist."""
