"""Why an answer could not be had, in words for everybody."""

from __future__ import annotations

from typing import Final

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
)

from crawlers.politeness.bearer_token import NoToken
from crawlers.politeness.refusal import Refused

_FAILURES: Final[tuple[tuple[type[Exception], str, str], ...]] = (
    (NoToken, "no_token", "the service gives no access token for the credentials that the row names"),
    (DownloadTimeoutError, "timeout", "no whole answer came in time"),
    (DownloadCancelledError, "too_large", "the answer is larger than max_answer_bytes of the board's row"),
    (CannotResolveHostError, "no_such_host", "the host's name is not known, or leads to a private address"),
    (DownloadConnectionRefusedError, "connection", "the host refuses connections"),
    (IgnoreRequest, "redirects", "the board redirects without end"),
)


def describe(error: BaseException | None) -> tuple[str, str]:
    """Give the kind and the words of a failure; an error's own text may quote the answer, and the words are shown to everybody."""
    if isinstance(error, Refused):
        return error.kind, str(error)
    if isinstance(error, IgnoreRequest) and "DOWNLOAD_MAXSIZE" in str(error):  # Scrapy's words for an answer that unpacks to more
        return "too_large", "the answer unpacks to more than max_answer_bytes of the board's row"
    for error_type, kind, message in _FAILURES:
        if isinstance(error, error_type):
            return kind, message
    causes = (error, error.__cause__ if error else None)
    return "connection", "the connection failed: " + ", ".join(type(cause).__name__ for cause in causes if cause is not None)
