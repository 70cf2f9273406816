"""What an import did: files taken and left, counts, languages, what is missing, warnings."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from taxonomies.model import TaxonomyRef


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class RecognisedFile(_Frozen):
    """A file that was read: what it is, its language where it has one, and its rows."""

    name: str
    role: str
    language: str | None = None
    rows: int


class IgnoredFile(_Frozen):
    """A file that was not read, and why."""

    name: str
    reason: str


class ImportReport(_Frozen):
    """The result of an import; counts are those of the version after it, `coverage` is labels by language and concept type."""

    ref: TaxonomyRef
    recognised: tuple[RecognisedFile, ...]
    ignored: tuple[IgnoredFile, ...] = ()
    counts: dict[str, int]
    relations: dict[str, int] = {}
    pending_relations: int = 0
    languages: tuple[str, ...]
    coverage: dict[str, dict[str, int]] = {}
    missing: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    seconds: float


class ImportProgress(NamedTuple):
    """A step of an import that is about to begin: `done` of `total` files are read."""

    step: str
    done: int
    total: int


OnProgress = Callable[[ImportProgress], None]
