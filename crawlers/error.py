"""Errors of this package."""

from __future__ import annotations


class CrawlersError(Exception):
    """Base of every error raised by `crawlers`; its text says what to do."""


class UnknownPlatform(CrawlersError):
    """Raised when a register row names a platform that no file of `crawlers/platforms` serves; lists those that there are."""


class CrawlFailed(CrawlersError):
    """Raised by `crawl` when the crawling process ended without a result; names its log file and its last words."""
