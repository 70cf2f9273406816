"""A posting with contact data in every field goes the whole way; nothing that is shown to anybody holds any of it."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from nlp.components.contacts import MASK
from nlp.explain import explain_reading
from nlp.pipeline import PIPELINE_VERSION, build_pipeline
from nlp.reading import read_postings
from observatory.cube import build_cube, open_cube
from observatory.release import make_release
from search_api.app import create_app
from search_api.document import VacancyDocument
from search_api.documents import documents_from_lake
from search_api.engines.tantivy_engine import TantivyEngine
from search_api.reference import ReferenceOpener
from search_api.settings import ApiSettings
from taxonomies.regions import Regions
from taxonomies.store import TaxonomyStore
from taxonomies.taxonomy import Taxonomy
from vacancies.lake import Lake
from vacancies.merging import merge
from vacancies.posting import JobLocation, OccupationalCategory
from vacancies.posting_draft import PostingDraft, draft_to_posting
from vacancies.source import Source

with warnings.catch_warnings():  # starlette 1 announces a successor of httpx, which is not ours to change
    warnings.simplefilter("ignore")
    from fastapi.testclient import TestClient

SEEN = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECRETS = ("weber", "lefebvre", "dvořák", "1234567", "7654321", "@", "jana-w", "sonne.example")

DRAFT = PostingDraft(
    native_id="1",
    title="Koch (m/w/d) – Tel. 0171 1234567, Frau WEBER",
    hiring_organization="Bistro Sonne, bewerbung@sonne.example, Tel. 0341 7654321",
    description=(
        "Wir suchen einen Koch mit Kenntnissen in Lebensmittelhygiene.\n\nIhre Ansprechpartnerin: Jana WEBER, Tel. 0171 1234567, "
        "jana.weber@sonne.example, linkedin.com/in/jana-w. Votre contact : Marie LEFEBVRE"
    ),
    language="de",
    date_posted=date(2026, 2, 20),
    job_start_date="sofort, Frau Weber 0171 1234567",
    work_hours="Vollzeit, Fragen an Frau Weber 0171 1234567",
    employment_type=("FULL_TIME", "Frau Weber 0171 1234567"),
    job_locations=(
        JobLocation(locality="Leipzig, Frau Weber, Tel. 0171 1234567", country="DE"),
        JobLocation(text="Leipzig, Kontakt: Petr DVOŘÁK, 0341 7654321", region="Frau Weber", country="DE"),
        JobLocation(locality="Herr Weber 0171 1234567", latitude=52.52, longitude=13.40),
    ),
    industry="Gastronomie, Frau Weber 0171 1234567",
    occupational_categories=(OccupationalCategory(scheme="board", label="Koch, Frau Weber 0171 1234567"),),
    skills=("Excel", "Fragen an Frau Weber, 0171 1234567", "jana.weber@sonne.example"),
)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def known(home: Path) -> tuple[Taxonomy, Regions]:
    store = TaxonomyStore(home / "taxonomies")
    return store.open(), Regions.open(store)


@pytest.fixture(scope="module")
def lake(home: Path, known: tuple[Taxonomy, Regions]) -> Lake:
    lake = Lake.open(home / "lake")
    posting = draft_to_posting(DRAFT, board="board-a", parser="test/1")
    lake.upsert_postings("board-a", [posting], run_id="r", seen_at=SEEN, complete=True)
    lake.upsert_enriched(read_postings(build_pipeline(*known), lake.postings()))
    lake.replace_vacancies(merge(lake.postings(), lake.lives(), {}))
    return lake


@pytest.fixture(scope="module")
def document(lake: Lake, known: tuple[Taxonomy, Regions]) -> VacancyDocument:
    (made,) = documents_from_lake(lake, *known, pipeline=PIPELINE_VERSION)
    return made


@pytest.fixture(scope="module")
def client(home: Path, lake: Lake, known: tuple[Taxonomy, Regions], document: VacancyDocument) -> Iterator[TestClient]:
    taxonomy, regions = known
    engine = TantivyEngine(home / "index")
    version = lake.content_version()
    engine.build([document], run_id="r", taxonomy=str(taxonomy.ref), pipeline=PIPELINE_VERSION, lake_version=version)
    build_cube(lake, taxonomy, regions, home / "cube", run_id="r", pipeline=PIPELINE_VERSION, built_at=SEEN)
    source = Source(
        board="board-a", name="Board A", platform="feed", address="file", countries=("DE",), languages=("de",), legal_basis="agreement",
        contact="https://pes.example/data-office", active_from=date(2025, 1, 1),
    )  # fmt: skip
    cube = open_cube(home / "cube", taxonomy, regions)
    make_release(cube, taxonomy, regions, home / "releases", sources=(source,), run_id="r", published_at=SEEN)
    reference = ReferenceOpener(lambda name: taxonomy, lambda: regions, lambda: (source,))
    folders = {"lake_root": home / "lake", "releases": home / "releases", "cube": home / "cube"}
    app = create_app(ApiSettings(), engine=engine, reference=reference, **folders)
    with TestClient(app) as made:
        yield made


def leaks(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text.casefold()]


def test_index_document(document: VacancyDocument) -> None:
    assert leaks(document.model_dump_json()) == []
    assert document.title.startswith("Koch (m/w/d) – Tel. ▮")
    assert (document.employer or "").startswith("Bistro Sonne, ▮")
    assert document.place is not None


def test_reading(lake: Lake, known: tuple[Taxonomy, Regions]) -> None:
    (reading,) = lake.enriched(PIPELINE_VERSION, str(known[0].ref))
    assert leaks(reading.model_dump_json()) == []
    explanation = explain_reading(reading, taxonomy=known[0], regions=known[1])
    _, _, shown = explanation.to_html().partition("</style>")  # the style sheet has its own @
    assert shown
    assert leaks(explanation.model_dump_json() + shown) == []


@pytest.mark.parametrize(
    "path", ["/v1/vacancies/{id}", "/v1/vacancies", "/v1/vacancies?text=koch", "/dashboard/vacancies/{id}", "/dashboard/vacancies"]
)
def test_answers_and_pages(client: TestClient, document: VacancyDocument, path: str) -> None:
    answer = client.get(path.format(id=document.vacancy_id))
    assert answer.status_code == 200
    assert "Koch (m/w/d)" in answer.text
    assert MASK in answer.text
    assert leaks(answer.text) == []


def test_the_vacancy_still_shows_its_evidence(client: TestClient, document: VacancyDocument) -> None:
    (posting,) = client.get(f"/v1/vacancies/{document.vacancy_id}").json()["postings"]
    listed = [skill["snippet"]["text"] for skill in posting["skills"] if skill["field"] == "skills"]
    assert any(words.startswith("Fragen an Frau ▮") for words in listed)
    assert leaks(json.dumps(posting, ensure_ascii=False)) == []


def test_release_files(client: TestClient, home: Path) -> None:
    files = [path for path in (home / "releases").rglob("*") if path.is_file()]
    assert {path.suffix for path in files} >= {".csv", ".parquet", ".json"}
    for path in files:
        assert leaks(_words(path)) == [], path.name


def test_figures(client: TestClient, home: Path) -> None:
    for path in (home / "cube").rglob("*.parquet"):
        assert leaks(_words(path)) == [], path.name


def _words(path: Path) -> str:
    if path.suffix == ".parquet":
        return json.dumps(pq.read_table(path).to_pylist(), ensure_ascii=False, default=str)
    return path.read_text(encoding="utf-8")
