"""Errors of this package."""

from __future__ import annotations


class TaxonomyError(Exception):
    """Base of every error raised by `taxonomies`; its text says what to do."""


class UnknownTaxonomy(TaxonomyError):
    """Raised by the store when a taxonomy name is not imported; the text lists those that are."""


class UnknownConcept(TaxonomyError):
    """Raised by `Taxonomy.concept` when no concept has the URI or code asked for."""


class ImportFailed(TaxonomyError):
    """Raised by importers for a file that is missing, truncated, of another form or lacks a column."""


class VersionMissing(ImportFailed):
    """Raised by importers when neither the option nor the file name tells the version."""
