"""Boards whose answers are well formed and wrong: loops, repetitions, bombs, wrong letters and dates, drift, and secrets that come back."""

from __future__ import annotations

import gzip
import html
import json
import sqlite3
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from crawlers.collect import crawl
from crawlers.job import CrawlOptions
from crawlers.page_parsers.html_page import decoded
from crawlers.report import BoardReport
from vacancies.lake import Lake
from vacancies.lake.lake import table_schemas
from vacancies.posting import Posting
from vacancies.register import SourceRegister
from vacancies.run import RunStatus
from vacancies.source import Source

SECRETS = {"LABOURSCOPE_TEST_APP": "app-4711-id", "LABOURSCOPE_TEST_KEY": "k3y/with+signs=", "LABOURSCOPE_TEST_REED": "reed-0815-key"}
PATIENCE = CrawlOptions(timeout=20.0, retries=0, boards_at_once=30)
BOMB = gzip.compress(bytes(40 << 20))  # 40 MB of nothing in 40 kB
SITEMAP_BOMB = gzip.compress(b"<urlset>" + bytes(66 << 20))
CLOCK = datetime(2026, 10, 1, 12, tzinfo=UTC)
STYLED = "<p>Brot &amp; Salz</p><ul><li>backen</li></ul>"
EPOCH = 1_790_000_000  # 2026-09-21
FUTURE = 4_000_000_000

Answer = tuple[int, dict[str, str], bytes]


def as_json(value: object, encoding: str = "utf-8") -> Answer:
    return 200, {"Content-Type": "application/json"}, json.dumps(value, ensure_ascii=False).encode(encoding)


def as_html(text: str, encoding: str = "utf-8") -> Answer:
    return 200, {"Content-Type": "text/html"}, text.encode(encoding)


def job(number: int, **more: object) -> dict[str, object]:
    fields = {"slug": f"job-{number}", "title": f"Bäcker {number}", "company_name": "Ofen", "description": "<p>Brot backen.</p>"}
    return {**fields, "url": f"https://board.example/job/{number}", "created_at": EPOCH, "location": "Ulm", **more}


def jobs_page(server: Server, board: str, jobs: list[dict[str, object]], following: int | None) -> Answer:
    link = f"{server.address}/{board}?page={following}" if following else None
    return as_json({"data": jobs, "links": {"next": link}})


def greenhouse(jobs: list[dict[str, object]]) -> Answer:
    return as_json({"jobs": jobs, "meta": {"total": len(jobs)}})


def greenhouse_job(number: int, place: str = "Ulm", content: str = "&lt;p&gt;Brot backen.&lt;/p&gt;") -> dict[str, object]:
    return {
        "id": number,
        "title": f"Bäcker {number}",
        "content": content,
        "location": {"name": place},
        "absolute_url": f"https://b.example/{number}",
    }


def detail(title: str) -> str:
    posting = {"@type": "JobPosting", "title": title, "description": "Brot backen, jeden Tag.", "identifier": title}
    return f'<meta charset="utf-8"><script type="application/ld+json">{json.dumps(posting, ensure_ascii=False)}</script>'


def adzuna(server: Server, query: dict[str, list[str]], number: int) -> Answer:
    if number == 2:
        return 302, {"Location": f"/v1/search/3?{'&'.join(f'{key}={value[0]}' for key, value in query.items())}"}, b""
    if number == 3:
        return 500, {}, f"no: {query}".encode()
    result = {"id": "1", "title": "Baker", "description": "Bread.", "redirect_url": f"{server.address}/go?app_key={query['app_key'][0]}"}
    return as_json({"count": 120, "results": [result], "asked": query, "again": query["app_key"][0].replace("/", r"\/")})


@dataclass
class Server:
    """Answers by the path's first part; `day` tells the first crawl from the second."""

    day: int = 1
    address: str = ""

    def answer(self, path: str, authorization: str | None) -> Answer:
        parts = urlsplit(path)
        query = parse_qs(parts.query)
        page = int(query.get("page", ["1"])[0])
        board = parts.path.strip("/").split("/")[0]
        answers: dict[str, Callable[[], Answer]] = {
            "loop": lambda: jobs_page(self, "loop", [job(page)], 3 - page),
            "stuck": lambda: jobs_page(self, "stuck", [job(1)], page + 1),
            "silent": lambda: jobs_page(self, "silent", [], page + 1),
            "html-stuck": lambda: as_html(f'<a href="/job/1">Bäcker</a><a rel="next" href="/html-stuck?page={page + 1}">more</a>'),
            "job": lambda: as_html(detail("Bäckerin für Übung"), "utf-8" if parts.path.endswith("1") else "latin-1"),
            "sitemap-latin": lambda: as_html(f"<urlset><url><loc>{self.address}/job/2</loc></url></urlset>"),
            "overlap": lambda: jobs_page(self, "overlap", [job(1), job(page)] if page > 1 else [job(1)], page + 1 if page < 3 else None),
            "places": lambda: greenhouse([greenhouse_job(1, "Ulm"), greenhouse_job(1, "Bonn"), greenhouse_job(2)]),
            "escaped": lambda: greenhouse([greenhouse_job(1, content=html.escape(html.escape(STYLED)))]),
            "bomb": lambda: (200, {"Content-Type": "application/json", "Content-Encoding": "gzip"}, BOMB),
            "bomb-twice": lambda: (200, {"Content-Type": "application/json", "Content-Encoding": "gzip, gzip"}, gzip.compress(BOMB)),
            "sitemap-bomb": lambda: (200, {"Content-Type": "application/gzip"}, SITEMAP_BOMB),
            "latin": lambda: as_json({"data": [job(1)], "links": {}}, "latin-1"),
            "dates": lambda: jobs_page(
                self, "dates", [job(1), job(2, created_at=EPOCH * 1000), job(3, created_at=EPOCH * 10**6), job(4, created_at=FUTURE)], None
            ),
            "smart": lambda: as_json({"offset": 0, "limit": 100, "totalFound": 0, "content": []}),
            "emptied": lambda: greenhouse([greenhouse_job(n) for n in range(10)] if self.day == 1 else []),
            "renamed": lambda: greenhouse([self._renamed(n) for n in range(10)]),
            "v1": lambda: adzuna(self, query, int(parts.path.rpartition("/")[2])),
            "reed": lambda: as_json({"totalResults": 0, "results": [], "you": authorization}),
        }  # fmt: skip
        return answers[board]() if board in answers else (404, {}, b"")

    def _renamed(self, number: int) -> dict[str, object]:
        fields = greenhouse_job(number)
        return fields if self.day == 1 else {{"content": "body", "location": "place"}.get(key, key): value for key, value in fields.items()}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    board = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, headers, body = board.answer(self.path, self.headers.get("Authorization"))
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    service = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    board.address = f"http://127.0.0.1:{service.server_address[1]}"
    threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield board
    service.shutdown()
    service.server_close()


def row(server: Server, board: str, platform: str, path: str | None = None, **more: Any) -> Source:
    fields = {"board": board, "name": board, "platform": platform, "address": f"{server.address}/{path or board}", "countries": ["DE"]}
    fields |= {"languages": ["de"], "legal_basis": "test", "contact": "crawler@pes.example", "delay": 0, "concurrency": 8, "loopback": True}
    return Source.model_validate({**fields, "max_answer_bytes": 2 << 20, "active_from": date(2020, 1, 1), **more})


def rows(server: Server) -> list[Source]:
    keys = {"app_id": "LABOURSCOPE_TEST_APP", "app_key": "LABOURSCOPE_TEST_KEY"}
    return [
        row(server, "loop", "arbeitnow", "loop?page=1"),
        *(row(server, board, "arbeitnow") for board in ("stuck", "silent", "overlap", "bomb", "bomb-twice", "latin", "dates")),
        *(row(server, board, "greenhouse") for board in ("places", "escaped", "emptied", "renamed")),
        *(row(server, board, "jsonld") for board in ("html-stuck", "sitemap-bomb", "sitemap-latin")),
        row(server, "smart", "smartrecruiters"),
        row(server, "adzuna", "adzuna", "v1/search/1", credentials=keys),
        row(server, "reed", "reed", credentials={"api_key": "LABOURSCOPE_TEST_REED"}),
    ]


@dataclass
class Crawled:
    home: Path
    first: dict[str, BoardReport]
    second: dict[str, BoardReport]

    def postings(self, board: str) -> list[Posting]:
        return list(Lake.open(self.home / "lake").postings(boards=[board]))


@pytest.fixture(scope="module")
def crawled(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    home = tmp_path_factory.mktemp("home")
    register = SourceRegister(rows(server))
    with pytest.MonkeyPatch.context() as patch:
        for name, value in SECRETS.items():
            patch.setenv(name, value)
        first = crawl(register, register.boards, home=home, run_id="first", clock=CLOCK, options=PATIENCE)
        server.day = 2
        second = crawl(register, ["emptied", "renamed", "adzuna"], home=home, run_id="second", clock=CLOCK, options=PATIENCE)
    return Crawled(home, {board.board: board for board in first.boards}, {board.board: board for board in second.boards})


@pytest.mark.long
@pytest.mark.parametrize(
    ("board", "requests", "words"),
    [
        ("loop", 2, "leads back to a page that was read already"),
        ("stuck", 2, "names nothing but what former pages named"),
        ("html-stuck", 3, "names nothing but what former pages named"),
        ("silent", 20, "names nothing, like the pages before it"),
    ],
)
def test_listings_without_end_are_left_with_the_reason(crawled: Crawled, board: str, requests: int, words: str) -> None:
    report = crawled.first[board]
    assert (report.status, report.complete, report.requests) == (RunStatus.FAILED, False, requests)
    assert words in (report.message or "")


@pytest.mark.parametrize(
    ("board", "kind", "words"),
    [
        ("bomb", "too_large", "the answer unpacks to more than max_answer_bytes"),
        ("bomb-twice", "too_large", "the answer unpacks to more than max_answer_bytes"),
        ("sitemap-bomb", "broken_sitemap", "cannot be read (broken_sitemap)"),
    ],
)
def test_bombs_are_stopped_at_the_limit(crawled: Crawled, board: str, kind: str, words: str) -> None:
    report = crawled.first[board]
    assert (report.status, report.errors) == (RunStatus.FAILED, {kind: 1})
    assert words in (report.message or "")


def test_one_posting_at_several_places_keeps_them_all(crawled: Crawled) -> None:
    places = {
        posting.native_id: [place.locality or place.text for place in posting.job_locations] for posting in crawled.postings("places")
    }
    assert places == {"1": ["Ulm", "Bonn"], "2": ["Ulm"]}


def test_a_posting_on_two_pages_is_one(crawled: Crawled) -> None:
    report = crawled.first["overlap"]
    assert (report.status, report.parsed, report.repeated) == (RunStatus.DONE, 3, 2)


@pytest.mark.parametrize(
    ("board", "title"), [("latin", "Bäcker 1"), ("sitemap-latin", "Bäckerin für Übung"), ("html-stuck", "Bäckerin für Übung")]
)
def test_letters_in_another_charset_than_declared_are_read(crawled: Crawled, board: str, title: str) -> None:
    assert [posting.title for posting in crawled.postings(board)] == [title]


def test_epochs_are_told_apart_and_days_to_come_are_unread(crawled: Crawled) -> None:
    dates = {posting.native_id: posting.date_posted for posting in crawled.postings("dates")}
    assert dates == {"job-1": date(2026, 9, 21), "job-2": date(2026, 9, 21), "job-3": None, "job-4": None}
    assert crawled.first["dates"].unread == {"date_posted": 2}


def test_html_escaped_twice_is_text(crawled: Crawled) -> None:
    (posting,) = crawled.postings("escaped")
    assert posting.description_text == "Brot & Salz\n\nbacken"


def test_an_empty_board_may_be_a_wrong_name(crawled: Crawled) -> None:
    report = crawled.first["smart"]
    assert (report.status, report.parsed) == (RunStatus.DONE, 0)
    assert "wrong name" in (report.message or "")


def test_an_emptied_board_is_held(crawled: Crawled) -> None:
    report = crawled.second["emptied"]
    assert (report.status, report.gone) == (RunStatus.HELD, 0)
    assert Lake.open(crawled.home / "lake").open_count("emptied") == 10


def test_renamed_fields_are_drift_and_not_empty_postings(crawled: Crawled) -> None:
    report = crawled.second["renamed"]
    assert (report.status, report.changed) == (RunStatus.HELD, 0)
    assert "no longer state" in (report.message or "")
    assert all(posting.description_text and posting.job_locations for posting in crawled.postings("renamed"))


def test_secrets_are_nowhere_in_the_home(crawled: Crawled) -> None:
    lake = Lake.open(crawled.home / "lake")
    bodies = [lake.body(capture.sha256) for capture in lake.captures()]
    assert [body for body in bodies if b"***" in body]  # they came back, and were hidden
    kept = {str(path): path.read_bytes() for path in crawled.home.rglob("*") if path.is_file()}
    kept |= {f"body {number}": body for number, body in enumerate(bodies)}
    for name in table_schemas():
        kept[f"table {name}"] = str(lake.dataset(name).to_table().to_pylist()).encode()
    for path in crawled.home.rglob("*.sqlite"):
        with closing(sqlite3.connect(path)) as memory:
            kept[f"rows of {path}"] = "\n".join(memory.iterdump()).encode()
    spelt = [*SECRETS.values(), "k3y%2Fwith%2Bsigns%3D", r"k3y\/with+signs=", b64encode(b"reed-0815-key:").decode()]
    assert [(name, secret) for name, content in kept.items() for secret in spelt if secret.encode() in content] == []


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<meta charset=utf-8><p>Bäcker".encode("latin-1"), "Bäcker"),
        ("<meta charset=iso-8859-1><p>Bäcker".encode(), "Bäcker"),
        ("<meta charset=iso-8859-1><p>Bäcker".encode("latin-1"), "Bäcker"),
        ("<p>Bäcker".encode("latin-1"), "Bäcker"),
        ("<meta charset=iso-8859-2><p>Řidič".encode("iso-8859-2"), "Řidič"),
        ("<p>Bäcker".encode() + b"\xff", "Bäcker\ufffd"),
    ],
    ids=["utf-8 that is latin-1", "latin-1 that is utf-8", "latin-1", "undeclared latin-1", "latin-2", "utf-8 with a broken byte"],
)
def test_pages_are_decoded_as_what_they_are(body: bytes, text: str) -> None:
    assert decoded(body).rpartition(">")[2] == text
