"""Errors of this package."""

from __future__ import annotations


class CrawlersError(Exception):
    """Base of every error raised by `crawlers`; its text says what to do."""


class UnknownPlatform(CrawlersError):
    """Raised when a register row names a platform that no file of `crawlers/platforms` serves; lists those that there are."""


class CrawlFailed(CrawlersError):
    """Raised by `crawl` when the crawling process ended without a result; names its log file and its last words."""


class ScaffoldRefused(CrawlersError):
    """Raised when files of a new platform cannot be made: the name is taken or is none, or the folder is not a checkout of the project."""


class ProbeRefused(CrawlersError):
    """Raised by probing when an address cannot be asked at all; says why, and what to give instead."""
