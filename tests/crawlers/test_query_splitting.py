"""A search with a cap, and tokens that expire: a local service with the rules of France Travail's is read to its end."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest

from crawlers.collect import crawl
from crawlers.job import CrawlOptions
from crawlers.report import BoardReport
from crawlers.spiders.query_splitting import DateAxis, Question, ValueAxis
from vacancies.lake import Lake
from vacancies.register import SourceRegister
from vacancies.source import Source

CLOCK = datetime(2026, 9, 15, 12, tzinfo=UTC)
SECRET, CLIENT = "hush-4f0c", "client-77"
PAGE, LAST, CAP = 150, 1149, 1150


class Service:
    """Gives offers by date of creation, 1,150 a question at most, to whom has a token; a token serves `token_life` requests."""

    def __init__(self, created: list[datetime], *, token_life: int) -> None:
        self.created = created
        self.token_life = token_life
        self.tokens: list[str] = []
        self.used: dict[str, int] = {}
        self.refusals = self.searches = 0
        self.questions: list[str] = []
        self.lock = threading.Lock()

    def token(self, body: bytes) -> tuple[int, object]:
        fields = parse_qs(body.decode())
        if fields.get("client_secret") != [SECRET] or fields.get("grant_type") != ["client_credentials"]:
            return 401, {"error": "invalid_client"}
        with self.lock:
            self.tokens.append(f"token-{len(self.tokens)}-{SECRET[::-1]}")
            return 200, {"access_token": self.tokens[-1], "expires_in": 1499, "token_type": "Bearer"}

    def search(self, query: str, token: str) -> tuple[int, object]:
        with self.lock:
            self.used[token] = self.used.get(token, 0) + 1
            if not self.tokens or token != self.tokens[-1] or self.used[token] > self.token_life:
                self.refusals += 1
                return 401, {"error": "expired"}
            self.searches += 1
            self.questions.append(query)
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        first, last = (int(part) for part in asked["range"].split("-"))
        if first > 1000 or last > LAST:
            return 400, {"message": "range"}
        bounds = [
            datetime.strptime(asked[name], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC) for name in ("minCreationDate", "maxCreationDate")
        ]
        found = [at for at, created in enumerate(self.created) if bounds[0] <= created <= bounds[1]]
        if "departement" in asked:
            found = [at for at in found if f"{at % 19 + 1:02d}" == asked["departement"]]
        if not found:
            return 204, None
        offers = [
            {"id": str(at), "intitule": f"Poste {at}", "dateCreation": self.created[at].isoformat()} for at in found[first : last + 1]
        ]
        counts = [{"filtre": "experience", "agregation": [{"valeurPossible": "1", "nbResultats": len(found)}]}]
        return (200 if len(found) <= PAGE else 206), {"resultats": offers, "filtresPossibles": counts}


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        service: Service = self.server.service  # type: ignore[attr-defined]
        parts = urlsplit(self.path)
        token = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        self._answer(*((404, {}) if parts.path == "/robots.txt" else service.search(parts.query, token)))

    def do_POST(self) -> None:
        service: Service = self.server.service  # type: ignore[attr-defined]
        self._answer(*service.token(self.rfile.read(int(self.headers["Content-Length"]))))

    def _answer(self, status: int, answer: object) -> None:
        body = b"" if answer is None else json.dumps(answer).encode()
        self.send_response(status)
        if status != 204:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


class OneDepartment(Service):
    """All offers are in department 34."""

    def search(self, query: str, token: str) -> tuple[int, object]:
        if "departement=" in query and "departement=34" not in query:
            return 204, None
        return super().search(query.replace("&departement=34", ""), token)


def spread(number: int, *, begin: datetime, seconds: float) -> list[datetime]:
    return [begin + timedelta(seconds=int(seconds * at / number)) for at in range(number)]


BEGIN, NOON = datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 9, 5, 12, tzinfo=UTC)
CROWDED = [*spread(1200, begin=BEGIN, seconds=9 * 86400), *spread(2000, begin=NOON, seconds=3600)]


class Crawled(NamedTuple):
    """One crawl of four services."""

    services: dict[str, Service]
    reports: dict[str, BoardReport]
    home: Path


@pytest.fixture(scope="module")
def crawled(tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    services = {
        "crowded": Service(CROWDED, token_life=7),
        "at-once": Service([NOON] * 1400, token_life=10_000),  # one second, in 19 departments
        "in-one-place": OneDepartment([NOON] * 3000, token_life=10_000),
        "locked": Service([], token_life=1),
    }
    home = tmp_path_factory.mktemp("home")
    with ExitStack() as stack, pytest.MonkeyPatch.context() as patch:
        patch.setenv("FT_ID", CLIENT)
        patch.setenv("FT_SECRET", SECRET)
        patch.setenv("FT_WRONG", "wrong-secret")
        register = SourceRegister([row(name, stack.enter_context(serving(service))) for name, service in services.items()])
        options = CrawlOptions(retries=2, retry_wait=0.05, timeout=60)
        reports = crawl(register, register.boards, home=home, run_id="r", clock=CLOCK, options=options).boards
    return Crawled(services, {report.board: report for report in reports}, home)


@contextmanager
def serving(service: Service) -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.service = service  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def row(board: str, port: int) -> Source:
    span = "minCreationDate=2026-09-01T00:00:00Z&maxCreationDate=2026-09-10T23:59:59Z"
    return Source.model_validate(
        {
            "board": board,
            "name": board,
            "platform": "france_travail",
            "address": f"http://127.0.0.1:{port}/partenaire/offresdemploi/v2/offres/search?{span}",
            "countries": ["FR"],
            "languages": ["fr"],
            "legal_basis": "test",
            "contact": "crawler@pes.example",
            "credentials": {"client_id": "FT_ID", "client_secret": "FT_WRONG" if board == "locked" else "FT_SECRET"},
            "delay": 0,
            "concurrency": 4,
            "loopback": True,
            "active_from": "2020-01-01",
        }
    )


@pytest.mark.long
def test_all_offers_are_reached_with_tokens_that_expire(crawled: Crawled) -> None:
    report, service = crawled.reports["crowded"], crawled.services["crowded"]
    assert (report.status.value, report.complete, report.errors, report.message) == ("done", True, {}, None)
    assert service.searches < len(CROWDED) / PAGE * 3  # the splits cost less than twice what the pages do
    assert len(service.tokens) > 3
    assert service.refusals >= len(service.tokens) - 1
    postings = Lake.open(crawled.home / "lake").postings(boards=["crowded"])
    assert sorted(int(posting.native_id or "") for posting in postings) == list(range(len(CROWDED)))


def test_neither_secrets_nor_tokens_are_kept_anywhere(crawled: Crawled) -> None:
    lake = Lake.open(crawled.home / "lake")
    captures = list(lake.captures())
    assert captures
    assert all("oauth2" not in capture.url for capture in captures)
    kept = b"".join(path.read_bytes() for path in crawled.home.rglob("*") if path.is_file())
    kept += b"".join(lake.body(capture.sha256) for capture in captures)
    tokens = [token for service in crawled.services.values() for token in service.tokens]
    for secret in (SECRET, CLIENT, "wrong-secret", *tokens):
        assert secret.encode() not in kept


def test_what_dates_cannot_split_is_split_by_place(crawled: Crawled) -> None:
    report = crawled.reports["at-once"]
    assert (report.status.value, report.parsed) == ("done", 1400)


def test_what_cannot_be_split_further_is_counted(crawled: Crawled) -> None:
    report = crawled.reports["in-one-place"]
    assert (report.status.value, report.parsed) == ("failed", CAP)
    assert "1850 advertisements could not be reached: 1 questions have more results than the 1150" in (report.message or "")


def test_wrong_credentials_fail_the_crawl_with_the_reason(crawled: Crawled) -> None:
    report = crawled.reports["locked"]
    assert (report.status.value, report.errors) == ("failed", {"no_token": 1})
    assert "no access token" in (report.message or "")


DAYS = DateAxis("from", "to", form="%Y-%m-%d", step=timedelta(days=1))


@pytest.mark.parametrize(
    ("question", "number", "spans"),
    [
        ({"from": "2026-09-01", "to": "2026-09-04"}, 2, ["2026-09-01/2026-09-02", "2026-09-03/2026-09-04"]),
        ({"from": "2026-09-01", "to": "2026-09-03"}, 9, ["2026-09-01/2026-09-01", "2026-09-02/2026-09-02", "2026-09-03/2026-09-03"]),
        ({"from": "2026-09-01", "to": "2026-09-01"}, 2, []),
        ({"from": "2026-09-02", "to": "2026-09-01"}, 2, []),
    ],
    ids=["halves", "days", "one-day", "no-day"],
)
def test_a_span_of_time_is_split_without_gaps_or_overlaps(question: Question, number: int, spans: list[str]) -> None:
    assert [f"{part['from']}/{part['to']}" for part in DAYS.parts({**question, "q": "x"}, number=number)] == spans


def test_a_question_without_bounds_is_split_from_the_earliest_to_tomorrow() -> None:
    parts = DAYS.parts({}, number=3)
    assert (len(parts), parts[0]["from"]) == (3, "2020-01-01")
    assert parts[-1]["to"] > datetime.now(UTC).strftime("%Y-%m-%d")


def test_a_parameter_that_the_question_sets_is_not_split() -> None:
    axis = ValueAxis("wo", ("Bremen", "Hamburg"))
    assert axis.parts({"wo": "Berlin"}, number=5) == []
    assert axis.parts({"was": "Koch"}, number=5) == [{"was": "Koch", "wo": "Bremen"}, {"was": "Koch", "wo": "Hamburg"}]
