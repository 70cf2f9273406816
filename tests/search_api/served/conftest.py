"""A small Labourscope, real from the lake to the releases: 180 postings on three boards over 14 months, served as users meet it."""

from __future__ import annotations

import random
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from observatory.cube import build_cube, open_cube
from observatory.release import make_release
from search_api.app import create_app
from search_api.documents import documents_from_lake
from search_api.engines.tantivy_engine import TantivyEngine
from search_api.reference import ReferenceOpener
from search_api.settings import ApiSettings
from taxonomies.draft import TaxonomyDraft
from taxonomies.model import ConceptType, RelationType, TaxonomyRef
from taxonomies.regions import Regions
from taxonomies.store import TaxonomyStore
from taxonomies.taxonomy import Taxonomy
from vacancies.enriched import EnrichedPosting, Evidence, OccupationReading, RegionReading, SkillMention, SkillStatus, TextValue, Zone
from vacancies.health.record import Decision, SourceHealth
from vacancies.lake import Lake
from vacancies.merging import merge
from vacancies.posting import JobLocation, Posting
from vacancies.posting_draft import PostingDraft, draft_to_posting
from vacancies.run import Run, RunStatus
from vacancies.source import Source

with warnings.catch_warnings():  # starlette 1 announces a successor of httpx, which is not ours to change
    warnings.simplefilter("ignore")
    from fastapi.testclient import TestClient

PIPELINE = "test-1"
WEEK = datetime.now(UTC).replace(hour=3, minute=0, second=0, microsecond=0)  # of the last collection: alerts are about today
SHARES = {"title": 1.0, "hiring_organization": 0.9, "base_salary": 0.4, "employment_type": 0.8}
EMAIL = "anna.muster@werk.example"
JOBS = {  # title and occupation: ISCO group, required, preferred, duty, not needed
    "Nurse": ("2221", ("wound care", "medication administration"), ("dementia care",), ("first aid",), ()),
    "Software developer": ("2512", ("Python", "SQL"), ("Docker",), ("software testing",), ("Java",)),
    "Database administrator": ("2521", ("SQL", "PostgreSQL"), ("Linux",), ("data modelling",), ()),
    "Childcare worker": ("5311", ("first aid",), ("wound care",), ("child care",), ()),
}
PLACES = {
    "Berlin": ("DE", "DE300"),
    "Leipzig": ("DE", "DED51"),
    "München": ("DE", "DE212"),
    "Wien": ("AT", "AT130"),
    "Gent": ("BE", "BE234"),
}
BOARDS = {"pes-north": "PES North", "jobs-south": "Jobs South", "careers-west": "Careers West"}
SKILLS = {  # English label: what advertisements write, German label, group
    "Python programming": ("Python", "Python-Programmierung", "programming"),
    "Java programming": ("Java", "Java-Programmierung", "programming"),
    "SQL": ("SQL", "SQL", "databases"),
    "PostgreSQL": ("PostgreSQL", "PostgreSQL", "databases"),
    "model data": ("data modelling", "Daten modellieren", "databases"),
    "Docker": ("Docker", "Docker", "operations"),
    "administer Linux": ("Linux", "Linux-Systeme verwalten", "operations"),
    "test software": ("software testing", "Software testen", "programming"),
    "ABAP": ("ABAP", "ABAP", "programming"),
    "treat wounds": ("wound care", "Wunden versorgen", "nursing"),
    "administer medication": ("medication administration", "Medikamente verabreichen", "nursing"),
    "care for people with dementia": ("dementia care", "Menschen mit Demenz betreuen", "nursing"),
    "give first aid": ("first aid", "Erste Hilfe leisten", "nursing"),
    "look after children": ("child care", "Kinder betreuen", "children"),
}
GROUPS = {
    "2": "Professionals",
    "22": "Health professionals",
    "2221": "Nursing professionals",
    "25": "Information and communications technology professionals",
    "251": "Software and applications developers and analysts",
    "2512": "Software developers",
    "2521": "Database designers and administrators",
    "5": "Service and sales workers",
    "5311": "Child care workers",
    "9": "Elementary occupations",
}
PHRASES = {
    SkillStatus.REQUIRED: "You need {}.",
    SkillStatus.PREFERRED: "Nice to have: {}.",
    SkillStatus.DUTY: "Your work includes {}.",
    SkillStatus.NEGATED: "No {} needed.",
}
CUES = {SkillStatus.REQUIRED: "need", SkillStatus.PREFERRED: "nice to have", SkillStatus.NEGATED: "no"}


@dataclass(frozen=True)
class World:
    """Where everything lies."""

    home: Path
    taxonomy: Taxonomy
    regions: Regions
    engine: TantivyEngine
    lake: Lake
    sources: tuple[Source, ...]

    def app(self, *, home: Path | None = None, **changed: Any) -> FastAPI:
        """An application over this world, or over what lies in another home; parts and settings may be changed."""
        home = home or self.home
        reference = ReferenceOpener(lambda name: self.taxonomy, lambda: self.regions, lambda: self.sources)
        parts = {
            "engine": self.engine,
            "lake_root": home / "lake",
            "reference": reference,
            "releases": home / "releases",
            "cube": home / "cube",
        }
        settings = {name: value for name, value in changed.items() if name not in parts}
        return create_app(ApiSettings(**settings), **{**parts, **{name: changed[name] for name in parts if name in changed}})

    def skill(self, label: str) -> str:
        """The URI of a skill."""
        return self.taxonomy.search(label, types=(ConceptType.SKILL,), limit=1)[0].uri


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    home = tmp_path_factory.mktemp("labourscope")
    store = TaxonomyStore(home / "taxonomies")
    store.write(_taxonomy().finish(), ())
    taxonomy, regions = store.open("test:1"), Regions.open(store)
    lake = Lake.open(home / "lake")
    sources = tuple(_source(board, name) for board, name in BOARDS.items())
    postings = _fill(lake, taxonomy)
    version = lake.content_version()
    engine = TantivyEngine(home / "index")
    documents = documents_from_lake(lake, taxonomy, regions, pipeline=PIPELINE)
    engine.build(documents, run_id="run-1", taxonomy=str(taxonomy.ref), pipeline=PIPELINE, lake_version=version)
    build_cube(lake, taxonomy, regions, home / "cube", run_id="run-1", pipeline=PIPELINE, built_at=datetime(2026, 3, 1, tzinfo=UTC))
    cube = open_cube(home / "cube", taxonomy, regions)
    published = datetime(2026, 3, 2, tzinfo=UTC)
    make_release(cube, taxonomy, regions, home / "releases", sources=sources, run_id="run-1", published_at=published)
    assert len(postings) == 180
    return World(home, taxonomy, regions, engine, lake, sources)


@pytest.fixture(scope="session")
def app(world: World) -> FastAPI:
    return world.app()


@pytest.fixture(scope="session")
def client(app: FastAPI) -> Iterator[TestClient]:
    with TestClient(app) as made:
        yield made


@pytest.fixture
def empty_client(world: World, tmp_path: Path) -> TestClient:
    """A Labourscope that has collected nothing yet."""
    return TestClient(world.app(home=tmp_path, engine=TantivyEngine(tmp_path / "index")))


@pytest.fixture(scope="session")
def get(client: TestClient) -> Callable[..., dict[str, Any]]:
    """GET that expects 200 and gives the body."""

    def ask(path: str, **parameters: object) -> dict[str, Any]:
        answer = client.get(path, params=parameters)
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        return body

    return ask


def _taxonomy() -> TaxonomyDraft:
    draft = TaxonomyDraft(TaxonomyRef("test", "1"))
    for label, (alternative, german, group) in SKILLS.items():
        skill = draft.concept(_skill_uri(label), ConceptType.SKILL)
        skill.set_preferred("en", label)
        skill.add_alternatives("en", [alternative])
        skill.set_preferred("de", german)
        draft.concept(f"urn:test:group:{group}", ConceptType.SKILL_GROUP).set_preferred("en", group)
        draft.relate(_skill_uri(label), RelationType.BROADER, f"urn:test:group:{group}")
    for code, label in GROUPS.items():
        found = draft.concept(f"urn:test:isco:{code}", ConceptType.OCCUPATION_GROUP)
        found.code = found.isco = code
        found.set_preferred("en", label)
    for title, (isco, *_) in JOBS.items():
        occupation = draft.concept(occupation_uri(title), ConceptType.OCCUPATION)
        occupation.isco = isco
        occupation.set_preferred("en", title.lower())
    return draft


def _skill_uri(label: str) -> str:
    return f"urn:test:skill:{label.lower().replace(' ', '-')}"


def occupation_uri(title: str) -> str:
    return f"urn:test:occupation:{title.lower().replace(' ', '-')}"


def _source(board: str, name: str) -> Source:
    return Source(
        board=board,
        name=name,
        platform="feed",
        address="file",
        countries=("DE", "AT"),
        languages=("en",),
        legal_basis="agreement of 2025-01-15",
        contact="data@pes.example",
        active_from=date(2025, 1, 1),
    )


def _fill(lake: Lake, taxonomy: Taxonomy) -> list[Posting]:
    draw = random.Random(7)
    postings = [_posting(draw, number) for number in range(160)]
    postings += [_copy(posting) for posting in postings[:20]]
    run = {"run_id": "run-1", "step": "ingest", "status": RunStatus.DONE, "version": "0.1.0"}
    for board in BOARDS:
        own = [posting for posting in postings if posting.board == board]
        seen = datetime(2026, 2, 20, tzinfo=UTC)
        lake.upsert_postings(board, own, run_id="run-1", seen_at=seen, complete=True)
        if board == "pes-north":  # ten are taken off the board a week later
            lake.upsert_postings(board, own[:-10], run_id="run-2", seen_at=seen + timedelta(days=7), complete=True)
            own = own[:-10]
        lake.record_run(Run(**run, board=board, started=seen, finished=seen + timedelta(minutes=3), counts={"seen": len(own)}))
    lake.upsert_enriched(_read(posting, taxonomy) for posting in postings)
    lake.replace_vacancies(merge(lake.postings(), lake.lives(), {}))
    _record_health(lake)
    return postings


def _record_health(lake: Lake) -> None:
    """One board lost a field and became slow, one is held, one was accepted by a person, one has no row any more."""
    lost = {name: int(share * 216) for name, share in SHARES.items()} | {"employment_type": 0}
    held = {"status": RunStatus.HELD, "held_because": "the board lists 10 postings, 210 were open"}
    word = {"decision": Decision.ACCEPTED, "decided_by": "Anna <Muster>", "decided_at": WEEK, "decision_note": "moved to a new site"}
    histories = [
        _weeks("pes-north", 12, filled=lost, latency=4.0),
        _weeks("jobs-south", 12, message='=HYPERLINK("x")<script>alert(1)</script>', **held),
        _weeks("careers-west", 12, held_because="the board lists 90 postings, 210 were open", **word),
        _weeks("left-board", 2),
    ]
    for run in (run for history in histories for run in history):
        lake.record_health(run)


def _weeks(board: str, number: int, **last: object) -> Iterator[SourceHealth]:
    """Weekly runs up to today, the last one changed."""
    for at in range(number):
        postings = 200 + (at * 37) % 23
        figures: dict[str, object] = {
            "run_id": f"run-{at:02}",
            "step": "crawl",
            "board": board,
            "status": RunStatus.DONE,
            "at": WEEK - timedelta(days=7 * (number - 1 - at)),
            "complete": True,
            "postings": postings,
            "open_before": 200 if at else 0,
            "new": 30 + (at * 11) % 9 if at else postings,
            "gone": 28,
            "requests": 12,
            "pages": 12,
            "bytes": 480_000,
            "statuses": {"200": 11, "404": 1},
            "seconds": 14.2,
            "latency": 0.4 + (at % 3) * 0.05,
            "dated": 30,
            "age_days": 3.0 + at % 2,
            "filled": {name: int(share * postings) for name, share in SHARES.items()},
        }
        yield SourceHealth.model_validate(figures | (last if at == number - 1 else {}))


def _posting(draw: random.Random, number: int) -> Posting:
    title = draw.choice(list(JOBS))
    _, required, preferred, duty, negated = JOBS[title]
    asked = [label for label in required if draw.random() < 0.9]
    lines = [PHRASES[SkillStatus.REQUIRED].format(label) for label in asked]
    lines += [PHRASES[SkillStatus.PREFERRED].format(label) for label in preferred if draw.random() < 0.6]
    lines += [PHRASES[SkillStatus.DUTY].format(label) for label in duty]
    lines += [PHRASES[SkillStatus.NEGATED].format(label) for label in negated]
    items = "".join(f"<li>{line}</li>" for line in lines)
    place = draw.choice(list(PLACES))
    text = (
        f"<h2>{title} in {place}</h2><p>We are a team of {number + 3} people and grow.</p><h3>What it takes</h3><ul>{items}</ul>"
        f"<p>Write to {EMAIL} or call us & ask <b>anything</b>.</p>"
    )
    month = number % 14
    draft = PostingDraft(
        native_id=str(number),
        url=f"https://jobs.example/{number}",
        title=title if number != 5 else "<script>alert(1)</script> Nurse",
        hiring_organization=f"Employer {number}",
        description=text,
        description_is_html=True,
        date_posted=date(2025 + month // 12, month % 12 + 1, 1 + number % 28),
        job_locations=(JobLocation(locality=place, country=PLACES[place][0]),),
    )
    board = ("pes-north", "pes-north", "jobs-south", "careers-west")[number % 4]
    return draft_to_posting(draft, board=board, parser="feed/1", capture_sha256=None)


def _copy(posting: Posting) -> Posting:
    """The same advertisement on another board."""
    other = "jobs-south" if posting.board != "jobs-south" else "careers-west"
    return posting.model_copy(update={"posting_id": posting.posting_id[::-1], "board": other, "url": None, "native_id": "c"})


def _read(posting: Posting, taxonomy: Taxonomy) -> EnrichedPosting:
    text = posting.description_text
    title = next(title for title in JOBS if title in (posting.title or ""))
    isco = JOBS[title][0]
    place = posting.job_locations[0].locality or ""
    country, nuts = PLACES[place]
    evidence = Evidence(rule="test")
    return EnrichedPosting(
        posting_id=posting.posting_id,
        content_hash=posting.content_hash,
        language="en",
        language_score=1.0,
        public_text=text.replace(EMAIL, "█" * len(EMAIL)),
        public_title=posting.title,
        public_employer=posting.hiring_organization,
        skills=tuple(_mentions(text, title, taxonomy)),
        occupations=(OccupationReading(uri=occupation_uri(title), isco=isco, score=0.9, evidence=Evidence(field="title", rule="labels")),),
        regions=(RegionReading(nuts=nuts, nuts_version="2021", country=country, place=place, score=1.0, evidence=evidence),),
        working_time=TextValue(value="full_time", evidence=evidence) if len(text) % 2 else None,
        pipeline=PIPELINE,
        taxonomy=str(taxonomy.ref),
        nuts_version="2021",
    )


def _mentions(text: str, title: str, taxonomy: Taxonomy) -> Iterator[SkillMention]:
    _, *lists = JOBS[title]
    statuses = (SkillStatus.REQUIRED, SkillStatus.PREFERRED, SkillStatus.DUTY, SkillStatus.NEGATED)
    for status, labels in zip(statuses, lists, strict=True):
        for label in labels:
            phrase = PHRASES[status].format(label)
            if (at := text.find(phrase)) >= 0:
                start = at + phrase.index(label)
                uri = taxonomy.search(label, types=(ConceptType.SKILL,), limit=1)[0].uri
                zone = Zone.DUTIES if status is SkillStatus.DUTY else Zone.REQUIREMENTS
                yield SkillMention(
                    uri=uri,
                    start=start,
                    end=start + len(label),
                    text=label,
                    score=0.95,
                    status=status,
                    cue=CUES.get(status),
                    zone=zone,
                    rule="labels",
                )
