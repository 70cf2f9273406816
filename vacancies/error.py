"""Errors of this package."""

from __future__ import annotations


class VacanciesError(Exception):
    """Base of every error raised by `vacancies`; its text says what to do."""


class RegisterInvalid(VacanciesError):
    """Raised when the source register is loaded and a row is wrong; names the row, the field and the value."""


class UnknownSource(VacanciesError):
    """Raised when a board has no row in the source register."""


class LakeTooNew(VacanciesError):
    """Raised by `Lake.open` when a newer Labourscope wrote the lake; the mend is to upgrade."""


class LakeDamaged(VacanciesError):
    """Raised when a table or the format of the lake cannot be read; names it, and how to get it back."""


class LakeBusy(VacanciesError):
    """Raised when another run holds the lake's lock; names its process and start."""


class LakeFull(VacanciesError):
    """Raised when a write fails because the disk is full; nothing of the batch is visible."""


class UnknownBody(VacanciesError):
    """Raised when a captured body is asked for that is not, or no longer, kept."""


class UnknownPosting(VacanciesError):
    """Raised when a posting is asked for, to be shown or forgotten, that the lake does not hold, or by a name that fits several."""


class BoardForgotten(VacanciesError):
    """Raised when a board is to be collected that was forgotten; names the day, and the command that allows it again."""


class NothingHeld(VacanciesError):
    """Raised when a crawl is to be accepted of a board of which none is kept apart."""


class FeedInvalid(VacanciesError):
    """Raised by ingest for a file that cannot be read at all (missing, not gzip, not text)."""


class RecordInvalid(VacanciesError):
    """Raised by feed mapping and page parsers for one record; the caller quarantines it under `reason` with this text."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason  # short code, one word per kind of failure: no_text, no_identity, broken_json_ld
