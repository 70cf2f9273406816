"""What every step gets: where things are, the run's id and clock, and whom to tell how it goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, Protocol, runtime_checkable

from pydantic import BaseModel, ConfigDict

from nlp.sentence_linker.model_folder import SentenceModel
from search_api.engines.protocol import SearchEngine
from vacancies.register import SourceRegister


class Home(BaseModel):
    """The folders of one installation, all under LABOURSCOPE_HOME."""

    model_config = ConfigDict(frozen=True)

    root: Path

    @property
    def lake(self) -> Path:
        """The system of record."""
        return self.root / "lake"

    @property
    def taxonomies(self) -> Path:
        """Compiled taxonomies."""
        return self.root / "taxonomies"

    @property
    def index(self) -> Path:
        """The embedded search index."""
        return self.root / "index"

    @property
    def cube(self) -> Path:
        """The demand cube."""
        return self.root / "cube"

    @property
    def releases(self) -> Path:
        """Published releases."""
        return self.root / "releases"


@runtime_checkable  # Prefect makes a schema of a flow's parameters
class Reporter(Protocol):
    """Hears how a step goes; the command line shows it, a scheduled run logs it."""

    def begin(self, step: str, total: int | None) -> None:
        """A step begins; `total` is its number of items where it is known."""
        ...

    def advance(self, step: str, done: int) -> None:
        """So many more items are done."""
        ...

    def end(self, result: StepResult) -> None:
        """A step has ended."""
        ...


class BoardLine(NamedTuple):
    """A crawled board in one line; `problems` counts pages and records not fetched or read, `note` is its report's message."""

    board: str
    status: str
    postings: int
    new: int
    changed: int
    gone: int
    problems: int
    note: str | None


@dataclass(frozen=True)
class StepResult:
    """What a step did; `held` says that a gate wants a person's word, `failed` that a part failed while the rest went on.

    `boards` has a line for each board of a crawl.
    """

    step: str
    counts: dict[str, int]
    seconds: float = 0.0
    held: bool = False
    failed: bool = False
    message: str | None = None
    boards: tuple[BoardLine, ...] = ()


class Silence:
    """A reporter that keeps to itself."""

    def begin(self, step: str, total: int | None) -> None:
        """Say nothing."""

    def advance(self, step: str, done: int) -> None:
        """Say nothing."""

    def end(self, result: StepResult) -> None:
        """Say nothing."""


@dataclass(frozen=True)
class RunContext:
    """One run: its id goes into every record that the run writes.

    `clock` fixes the time (demo, replays); `engine` makes the search engine when a step needs it; `force` lets a held step through;
    `workers` is the number of reading processes; `sentence_model` links skills where it is given.
    """

    home: Home
    run_id: str
    register: SourceRegister
    taxonomy: str | None
    engine: Callable[[], SearchEngine]
    version: str
    clock: datetime | None = None
    workers: int = 2
    sentence_model: SentenceModel | None = None
    force: bool = False
    boards: tuple[str, ...] = ()
    reporter: Reporter = field(default_factory=Silence)

    def now(self) -> datetime:
        """Tell the run's time: the fixed clock, else now (UTC)."""
        return self.clock or datetime.now(UTC)
