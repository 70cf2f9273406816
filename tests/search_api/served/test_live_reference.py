"""What was imported, indexed or written into the register after the start is in use from the next request on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from labourscope.server import make_app
from labourscope.settings import Settings
from search_api.engines.tantivy_engine import TantivyEngine
from search_api.reference import LiveReference, ReferenceOpener
from taxonomies.draft import TaxonomyDraft
from taxonomies.error import UnknownTaxonomy
from taxonomies.model import ConceptType, TaxonomyRef
from taxonomies.regions import Regions
from taxonomies.store import TaxonomyStore
from taxonomies.taxonomy import Taxonomy
from vacancies.error import RegisterInvalid
from vacancies.register import load_register

SKILL = "urn:test:skill:new"
ROW = """- board: pes
  name: {name}
  platform: feed
  address: file
  countries: [DE]
  languages: [de]
  legal_basis: law
  contact: data@pes.example
  active_from: 2025-01-01
"""


@dataclass
class Installation:
    """Taxonomies that can be imported and a register that can be edited, with counts of what was opened."""

    home: Path
    opened: list[str] = field(default_factory=list)
    imports: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self.store = TaxonomyStore(self.home / "taxonomies")
        self.register = self.home / "sources.yaml"
        self.import_taxonomy("1", "old label")
        self.write_register("Old Name")

    def import_taxonomy(self, version: str, label: str) -> None:
        """A taxonomy of one skill."""
        draft = TaxonomyDraft(TaxonomyRef("test", version))
        draft.concept(SKILL, ConceptType.SKILL).set_preferred("en", label)
        self.store.write(draft.finish(), ())
        self.imports += 1

    def write_register(self, name: str) -> None:
        """A register of one board, or of one row with a slip of the pen."""
        self.register.write_text(ROW.format(name=name))

    def index(self, taxonomy: str) -> None:
        """An index built with a taxonomy."""
        engine = TantivyEngine(self.home / "index")
        engine.build([], run_id="r", taxonomy=taxonomy, pipeline="p", lake_version=1)

    def opener(self) -> ReferenceOpener:
        """How these are opened."""
        return ReferenceOpener(
            taxonomy=self._taxonomy,
            regions=lambda: Regions.open(self.store),
            sources=lambda: load_register(self.register),
            imports_mark=lambda: self.imports,
            register_mark=self.register.read_text,
        )

    def _taxonomy(self, name: str | None) -> Taxonomy:
        with self.lock:
            self.opened.append(name or "own choice")
        return self.store.open(name, scheme="test")


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return Installation(tmp_path)


@pytest.fixture
def client(world: Any, installation: Installation) -> Iterator[TestClient]:
    app = world.app(home=installation.home, engine=TantivyEngine(installation.home / "index"), reference=installation.opener())
    with TestClient(app) as made:
        yield made


def test_labels_are_those_of_the_taxonomy_that_the_live_index_names(client: TestClient, installation: Installation) -> None:
    installation.index("test:1")
    assert "old label" in client.get(f"/v1/concepts/{SKILL}").text
    installation.import_taxonomy("2", "new label")
    assert "old label" in client.get(f"/v1/concepts/{SKILL}").text  # imported, but nothing is indexed with it yet
    assert client.get("/v1/health").json()["taxonomy"] == "test:1"
    installation.index("test:2")
    assert "new label" in client.get(f"/v1/concepts/{SKILL}").text
    assert client.get("/v1/health").json()["taxonomy"] == "test:2"


def test_labels_added_to_a_taxonomy_are_there_at_once(client: TestClient, installation: Installation) -> None:
    installation.index("test:1")
    assert "old label" in client.get(f"/v1/concepts/{SKILL}").text
    installation.import_taxonomy("1", "another label")
    assert "another label" in client.get(f"/v1/concepts/{SKILL}").text


def test_nothing_is_opened_twice(client: TestClient, installation: Installation) -> None:
    installation.index("test:1")
    for _ in range(5):
        client.get("/v1/concepts?q=label")
    assert installation.opened == ["test:1"]


def test_an_index_whose_taxonomy_is_gone_is_served_with_another_and_told(client: TestClient, installation: Installation) -> None:
    installation.index("test:0")
    assert client.get("/v1/concepts?q=label").status_code == 200
    health = client.get("/v1/health").json()
    assert (health["status"], health["taxonomy"]) == ("behind", "test:1")
    assert any("test:0" in note for note in health["notes"])


def test_an_edited_register_is_read_and_a_broken_one_told(client: TestClient, installation: Installation) -> None:
    def names() -> list[str]:
        return [source["name"] for source in client.get("/v1/sources").json()["sources"]]

    assert names() == ["Old Name"]
    installation.write_register("New Name")
    assert names() == ["New Name"]
    installation.write_register("[")
    assert names() == ["New Name"]
    assert any("source register" in note for note in client.get("/v1/health").json()["notes"])
    installation.write_register("Newest Name")
    assert names() == ["Newest Name"]
    assert not any("source register" in note for note in client.get("/v1/health").json()["notes"])


def test_many_threads_open_once_and_see_the_same(installation: Installation) -> None:
    live = LiveReference(installation.opener())
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: live.fitting("test:1"), range(40)))
    assert all(reference is found[0] for reference in found)
    assert installation.opened == ["test:1"]


def test_labels_stay_while_the_engine_is_down(world: Any, installation: Installation) -> None:
    installation.index("test:1")
    installation.import_taxonomy("2", "new label")
    client = TestClient(
        world.app(home=installation.home, engine=TantivyEngine(installation.home / "index"), reference=installation.opener())
    )
    assert "old label" in client.get(f"/v1/concepts/{SKILL}").text
    pointer = installation.home / "index" / "current"
    pointer.unlink()
    pointer.mkdir()  # cannot be read: unavailable, not missing
    answer = client.get(f"/v1/concepts/{SKILL}")
    assert "old label" in answer.text
    assert answer.json()["meta"]["index_state"] == "unavailable"


def test_an_installation_tells_imports_and_edits_by_its_files(tmp_path: Path) -> None:
    client = TestClient(make_app(Settings(home=tmp_path)))
    assert client.get("/v1/concepts?q=nurse").json()["meta"]["taxonomy"] == "starter:1"
    draft = TaxonomyDraft(TaxonomyRef("esco", "9"))
    draft.concept(SKILL, ConceptType.SKILL).set_preferred("en", "label")
    TaxonomyStore(tmp_path / "taxonomies").write(draft.finish(), ())
    assert client.get("/v1/concepts?q=nurse").json()["meta"]["taxonomy"] == "esco:9"
    (tmp_path / "sources.yaml").write_text(ROW.format(name="Own Board"))
    assert [source["name"] for source in client.get("/v1/sources").json()["sources"]] == ["Own Board"]


def test_what_cannot_be_served_is_told_at_the_start(tmp_path: Path) -> None:
    with pytest.raises(UnknownTaxonomy):
        make_app(Settings(home=tmp_path), taxonomy="esco:0")
    (tmp_path / "sources.yaml").write_text("[")
    with pytest.raises(RegisterInvalid):
        make_app(Settings(home=tmp_path))
