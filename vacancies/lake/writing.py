"""Failed writes become errors that say what to do."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from deltalake.exceptions import DeltaError

from vacancies.error import LakeFull, VacanciesError

_FULL: Final = ("no space left", "os error 28", "disk quota", "storagefull")


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn errors of writing to `path` into LakeFull where the disk is full, else VacanciesError."""
    try:
        yield
    except (OSError, DeltaError) as error:
        if getattr(error, "errno", None) == errno.ENOSPC or any(mark in str(error).lower() for mark in _FULL):
            raise LakeFull(f"the disk is full: writing to {path} failed and nothing of it is visible; free space and run again") from error
        raise VacanciesError(f"writing to {path} failed: {error}") from error
