"""A small world: some authored advertisements on two boards, the starter taxonomy, the embedded engine."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from flows import steps
from flows.context import Home, RunContext, StepResult
from search_api.engines.tantivy_engine import TantivyEngine
from taxonomies.store import TaxonomyStore
from vacancies.lake import Lake
from vacancies.posting import JobLocation, Posting
from vacancies.posting_draft import PostingDraft, draft_to_posting
from vacancies.register import SourceRegister
from vacancies.source import Source

NOW = datetime(2026, 9, 29, 6, tzinfo=UTC)

_JOBS = (
    (
        "Pflegefachkraft (m/w/d)",
        "de",
        "Erfurt",
        "DE",
        "Ihr Profil\n- Examen in der Pflege\n- Teamfähigkeit\n- Führerschein von Vorteil",
    ),
    ("Softwareentwickler Python", "de", "Weimar", "DE", "Das bringen Sie mit\n- Python und SQL\n- Git\n- Englisch ist wünschenswert"),
    ("Registered nurse", "en", "Dublin", "IE", "What you need\n- a nursing degree\n- teamwork\n- a driving licence is a plus"),
    ("Python developer", "en", "Berlin", "DE", "Requirements\n- Python\n- SQL\n- experience with Git would be nice"),
    ("Infirmier diplômé d'État", "fr", "Lyon", "FR", "Profil recherché\n- diplôme d'infirmier\n- travail en équipe\n- permis B souhaité"),
    ("Elektroniker für Betriebstechnik", "de", "Leipzig", "DE", "Anforderungen\n- abgeschlossene Ausbildung\n- Schweißen von Vorteil"),
)
_FIRMS = ("Klinikum Saaletal", "Nordlicht Mobility GmbH", "Stadtwerke Ilmtal GmbH", "Atelier Roux SARL")
_DETAILS = (
    "Unser Haus liegt am Fluss, die Kantine kocht selbst.",
    "We run three sites and a workshop with a view of the harbour.",
    "Nous formons une équipe de quarante personnes au centre-ville.",
    "Wir arbeiten in zwei Schichten und planen den Dienst gemeinsam.",
    "The laboratory was rebuilt last spring with new benches.",
)


def make_posting(number: int, board: str = "board-a", **given: object) -> Posting:
    """Make the numbered posting of a board: the same number, the same advertisement."""
    title, language, city, country, needs = _JOBS[number % len(_JOBS)]
    details = "\n".join(_DETAILS[(number + step) % len(_DETAILS)] for step in (0, 2))
    draft = {
        "native_id": str(number),
        "url": f"https://{board}.example/jobs/{number}",
        "title": title,
        "hiring_organization": f"{_FIRMS[number % len(_FIRMS)]} {number}",
        "description": f"{details}\n\n{needs}\n\nReferenz {number * 7919}",
        "language": language,
        "date_posted": date(2026, 9, 1 + number % 28),
        "job_locations": (JobLocation(locality=city, country=country),),
    }
    return draft_to_posting(PostingDraft.model_validate(draft | given), board=board, parser="test/1")


def make_source(board: str, **given: object) -> Source:
    """Make a row of the source register."""
    row = {
        "board": board,
        "name": board.title(),
        "platform": "feed",
        "address": "feed.jsonl",
        "countries": ("DE",),
        "languages": ("de",),
        "legal_basis": "authored for this test",
        "contact": "test@pes.example",
        "active_from": date(2026, 1, 1),
    }
    return Source.model_validate(row | given)


@dataclass(frozen=True)
class World:
    """One installation and what a test does with it."""

    home: Home

    @property
    def lake(self) -> Lake:
        """The lake, opened anew."""
        return Lake.open(self.home.lake)

    @property
    def engine(self) -> TantivyEngine:
        """The search engine, opened anew."""
        return TantivyEngine(self.home.index)

    def context(self, run_id: str = "run-1", **given: object) -> RunContext:
        """Make a run's context; what is not given is as in every test."""
        context = RunContext(
            home=self.home,
            run_id=run_id,
            register=SourceRegister([make_source("board-a"), make_source("board-b")]),
            taxonomy="starter:1",
            engine=lambda: TantivyEngine(self.home.index),
            version="test",
            clock=NOW,
            workers=1,
        )
        return replace(context, **given)  # type: ignore[arg-type]

    def put(self, postings: Iterable[Posting], *, board: str = "board-a", seen_at: datetime = NOW) -> None:
        """Put a board's postings into the lake, as a complete listing."""
        self.lake.upsert_postings(board, postings, run_id="put", seen_at=seen_at, complete=True)

    def go(self, *names: str, run_id: str = "run-1", **given: object) -> dict[str, StepResult]:
        """Run these steps in order."""
        lake, context = self.lake, self.context(run_id, **given)
        return {name: getattr(steps, name)(context, lake) for name in names}

    def copied(self, folder: Path) -> World:
        """Give a copy of the whole installation, taxonomies shared."""
        shutil.copytree(self.home.root, folder, symlinks=True)
        return World(Home(root=folder))


@pytest.fixture(scope="session")
def taxonomies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The starter taxonomy, compiled once."""
    root = tmp_path_factory.mktemp("taxonomies")
    TaxonomyStore(root).ensure_starter()
    return root


@pytest.fixture(scope="session")
def make_world(taxonomies: Path) -> Callable[[Path], World]:
    """Make an empty installation in a folder."""

    def make(folder: Path) -> World:
        folder.mkdir(parents=True)
        (folder / "taxonomies").symlink_to(taxonomies, target_is_directory=True)
        return World(Home(root=folder))

    return make


@pytest.fixture
def world(make_world: Callable[[Path], World], tmp_path: Path) -> World:
    """An installation with an empty lake."""
    return make_world(tmp_path / "home")


@pytest.fixture(scope="session")
def read_world(make_world: Callable[[Path], World], tmp_path_factory: pytest.TempPathFactory) -> World:
    """Twelve postings on two boards, two of them copies, read and merged; copy it before changing it."""
    world = make_world(tmp_path_factory.mktemp("read") / "home")
    world.put([make_posting(number) for number in range(8)])
    world.put([make_posting(number, "board-b") for number in (0, 1, 8, 9)], board="board-b")
    world.go("enrich", "merge")
    return world


@pytest.fixture
def merged(read_world: World, tmp_path: Path) -> World:
    """A copy of the world that is read and merged."""
    return read_world.copied(tmp_path / "home")
