"""What the crawling process is told, and where it answers."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field

from vacancies.source import Source

END_WITH_STDIN: Final = "--end-with-stdin"
"""Tells the crawling process to end when its stdin is closed, which is when its parent dies."""


class CrawlOptions(BaseModel):
    """How patient a crawl is; times in seconds."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    timeout: Annotated[float, Field(gt=0)] = 60.0  # for one answer, whole
    retries: Annotated[int, Field(ge=0, le=10)] = 2
    retry_wait: Annotated[float, Field(ge=0)] = 2.0  # before the first retry, doubled for each further one
    longest_wait: Annotated[float, Field(ge=0)] = 120.0  # a Retry-After above this is not waited for
    boards_at_once: Annotated[int, Field(ge=1)] = 16
    afresh: bool = False  # ask for everything, whatever is remembered
    failures_before_rest: Annotated[int, Field(ge=1)] = 8  # in a row; then the board is left alone for an hour or longer
    crawls_before_rest: Annotated[int, Field(ge=1)] = 3  # in a row that brought no page at all; then likewise


class CrawlJob(BaseModel):
    """One crawl, as handed to `python -m crawlers.process`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    run_id: str
    sources: tuple[Source, ...]
    lake: Path
    crawls: Path  # folder of jobs, logs and memories
    result: Path
    clock: datetime | None
    force: bool
    options: CrawlOptions
