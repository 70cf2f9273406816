"""Errors of this package."""

from __future__ import annotations


class SearchError(Exception):
    """Base of every error raised by `search_api`; its text says what to do."""


class IndexMissing(SearchError):
    """Raised when no index has been built yet; the mend is `labourscope index`."""


class IndexUnavailable(SearchError):
    """Raised when the engine does not answer (server down, files locked); temporary."""


class IndexRefused(SearchError):
    """Raised by the publication gate: the new index holds far fewer documents than the live one."""


class CursorInvalid(SearchError):
    """Raised for a cursor that is garbled or belongs to another query or an index that is gone."""


class IndexBuildFailed(SearchError):
    """Raised by `build` when the new generation is not what was sent to it (repeated ids, rejected documents); the live index stays."""


class ExposureRefused(SearchError):
    """Raised by `security.check_exposure` when the API would be open to the network without any login."""
