from __future__ import annotations

import os
import random
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from elasticsearch import Elasticsearch

from search_api.document import NOT_STATED, VacancyDocument
from search_api.engines.elasticsearch_engine import ElasticsearchEngine
from search_api.engines.protocol import SearchEngine
from search_api.engines.tantivy_engine import TantivyEngine

BUILD = {"run_id": "run-1", "taxonomy": "starter:1", "pipeline": "1", "lake_version": 7}
ADDRESS = "LABOURSCOPE_TEST_ELASTICSEARCH"

MakeEngine = Callable[[], SearchEngine]


@pytest.fixture(scope="session")
def make_document() -> Callable[..., VacancyDocument]:
    """Make a document of which only what a test is about needs to be given."""

    def make(vacancy_id: str = "v1", **given: object) -> VacancyDocument:
        seen = datetime(2026, 3, 1, 12, tzinfo=UTC)
        values: dict[str, object] = {
            "vacancy_id": vacancy_id,
            "title": "Nurse",
            "employer": None,
            "text": "",
            "language": "en",
            "url": f"https://board.example/{vacancy_id}",
            "boards": ("one",),
            "posting_ids": (vacancy_id,),
            "place": None,
            "latitude": None,
            "longitude": None,
            "posted": date(2026, 3, 1),
            "first_seen": seen,
            "last_seen": seen,
            "open": True,
            "contract": NOT_STATED,
            "working_time": NOT_STATED,
            "remote": NOT_STATED,
            "salary_year_min": None,
            "salary_year_max": None,
            "salary_currency": None,
            **dict.fromkeys(
                ("skills", "skills_required", "skills_preferred", "skills_duty", "occupations", "isco", "regions", "countries"), ()
            ),
        }
        return VacancyDocument.model_validate({**values, **given})

    return make


@pytest.fixture(scope="session")
def documents(make_document: Callable[..., VacancyDocument]) -> list[VacancyDocument]:
    """1,200 documents with every field drawn at random, many ties, and ids that do not follow the order they are sent in."""
    draw = random.Random(42)
    titles = {
        "en": "Registered nurse",
        "de": "Krankenpfleger (m/w/d)",
        "fr": "Infirmier diplômé",
        "cs": "Zdravotní sestra",
        "pl": "Pielęgniarka",
    }
    places = [(), ("DE", "DE3", "DE30", "DE300"), ("DE", "DE2", "DE21", "DE212"), ("FR", "FR1", "FR10", "FR101"), ("AT",)]

    def one(at: int) -> VacancyDocument:
        language = draw.choice([*titles, NOT_STATED])
        skills = tuple(dict.fromkeys(f"esco:skill/{draw.randint(0, 40)}" for _ in range(draw.randint(0, 9))))
        cut = draw.randint(0, len(skills))
        regions = draw.choice(places)
        isco = draw.choice(["2221", "2512", "5321", ""])
        return make_document(
            f"{draw.getrandbits(128):032x}",
            title=titles.get(language, "Nurse"),
            employer=draw.choice([None, "ACME GmbH", "Klinik Straße", "Łódź SA"]),
            text=f"Advertisement {at}",
            language=language,
            boards=tuple(draw.sample(["one", "two", "three"], draw.randint(1, 2))),
            skills=skills,
            skills_required=skills[:cut],
            skills_preferred=skills[cut : cut + 1],
            skills_duty=skills[cut + 1 :],
            occupations=tuple(f"esco:occupation/{number}" for number in draw.sample(range(12), draw.randint(0, 2))),
            isco=tuple(isco[:length] for length in range(1, len(isco) + 1)),
            regions=regions,
            countries=regions[:1],
            posted=date(2025, 12, 20) + timedelta(days=draw.randint(0, 60)),
            open=draw.random() < 0.9,
            contract=draw.choice(["permanent", "temporary", NOT_STATED]),
            working_time=draw.choice(["full_time", "part_time", "full_or_part_time", NOT_STATED]),
            remote=draw.choice(["onsite", "hybrid", "remote", NOT_STATED]),
            text_quality=("full", "full", "excerpt", "guessed")[at % 4],
        )

    return [one(at) for at in range(1200)]


@pytest.fixture(scope="session")
def elasticsearch_address() -> str:
    address = os.environ.get(ADDRESS)
    if not address:
        pytest.skip(f"no Elasticsearch: {ADDRESS} is not set (make test-all starts one, or python tests/services/elasticsearch.py)")
    return address


@pytest.fixture(scope="module", params=["tantivy", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def make_engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeEngine]:
    """Make engines on an index of their own, one kind after the other; every test that takes it runs on both."""
    if request.param == "tantivy":
        yield lambda: TantivyEngine(tmp_path_factory.mktemp("index"))
        return
    address = request.getfixturevalue("elasticsearch_address")
    engines: list[ElasticsearchEngine] = []
    prefix = f"test-{uuid.uuid4().hex[:8]}"

    def make() -> SearchEngine:
        engines.append(ElasticsearchEngine(address, index=f"{prefix}-{len(engines)}"))
        return engines[-1]

    yield make
    for engine in engines:
        engine.close()
    with Elasticsearch(address) as client:
        for index in client.indices.get(index=f"{prefix}-*"):
            client.indices.delete(index=index)


@pytest.fixture(scope="module")
def engine(make_engine: MakeEngine, documents: list[VacancyDocument]) -> SearchEngine:
    """An engine with all `documents` in it."""
    made = make_engine()
    made.build(documents, **BUILD)
    return made


@pytest.fixture
def tantivy_engine(tmp_path: Path) -> TantivyEngine:
    return TantivyEngine(tmp_path / "index")
