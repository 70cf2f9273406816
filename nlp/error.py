"""Errors of this package."""

from __future__ import annotations


class NlpError(Exception):
    """Base of every error raised by `nlp`; its text says what to do."""


class LexiconInvalid(NlpError):
    """Raised when a lexicon file is missing, is no YAML or has a field that the model does not know; names file and field."""


class PartMissing(NlpError):
    """Raised when a component is called that still lacks what it reads with (label matcher, occupation labels, regions)."""


class ReadingFailed(NlpError):
    """Raised by `read_postings` for a posting that could not be read, unless the caller takes failures with `on_failure`."""


class WorkerLost(NlpError):
    """Raised by `read_parallel` when a reading process ended before its postings were read (killed, out of memory)."""


class ModelUnreadable(NlpError):
    """Raised when a trained model is missing, damaged or of another format; names the file and the command that makes it anew."""


class CrosswalkInvalid(NlpError):
    """Raised for a crosswalk file without any mapping to ESCO occupations or ISCO groups; names the file and the form expected."""
