"""ReleaseInfo: a published, immutable, versioned set of datasets, as pages and the API list it."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class ReleaseFile(_Frozen):
    """One file of a release; `name` is a plain file name inside the release's folder, `rows` is None for files that are no tables."""

    name: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    title: str
    media_type: str
    size: int  # bytes
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    rows: int | None = None


class ReleaseInfo(_Frozen):
    """One release; its folder is `<releases>/<version>`. Lists of releases are newest first."""

    version: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
    title: str
    published_at: datetime
    run_id: str
    taxonomy: str
    pipeline: str
    nuts_version: str | None
    cube: str  # generation of the demand cube it was made of
    licence: str
    month_from: str | None
    month_to: str | None
    postings: int
    vacancies: int
    files: tuple[ReleaseFile, ...]
