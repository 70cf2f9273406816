"""Errors of this package and the exit codes they end the program with."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """What the program's exit status means."""

    DONE = 0
    FAILED = 1  # something went wrong; the message says what and how to mend it
    USAGE = 2  # the command was called wrongly
    HELD = 3  # finished, but a gate wants a person's word before anything is published
    BUSY = 4  # another run is writing; try again later


class CommandError(Exception):
    """Base of the errors raised by commands themselves; their text says what to do."""
