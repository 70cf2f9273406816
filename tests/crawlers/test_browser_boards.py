"""Boards whose pages are written by scripts, in a real Chromium: what a page asks for goes through Scrapy, and nothing past it."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from crawlers.collect import crawl
from crawlers.job import CrawlOptions
from crawlers.platforms.browser import Browser
from crawlers.report import BoardReport
from vacancies.lake import Lake
from vacancies.register import SourceRegister
from vacancies.run import RunStatus
from vacancies.source import Source

CHROMIUM = os.environ.get("LABOURSCOPE_TEST_CHROMIUM")
needs_chromium = pytest.mark.skipif(not CHROMIUM, reason="needs Chromium: set LABOURSCOPE_TEST_CHROMIUM to its path")

LISTING = """<!doctype html><div id="app"></div><script>
for (const n of [1, 2, 3, 4, 5]) { const a = document.createElement('a'); a.href = '/job/' + n; a.textContent = n; app.append(a); }
</script>"""
WRITE = """<!doctype html><link rel="stylesheet" href="/style.css"><img src="/logo.png"><div id="app"></div><script>
const write = (job) => { const s = document.createElement('script'); s.type = 'application/ld+json';
  s.textContent = JSON.stringify({'@type': 'JobPosting', title: job.title, description: job.text, identifier: job.title});
  document.head.append(s); };
%s</script>"""
GET = WRITE % "fetch('/api/get').then((answer) => answer.json()).then(write);"
POST = WRITE % "fetch('/api/post', {method: 'POST', body: JSON.stringify({id: 2})}).then((answer) => answer.json()).then(write);"
NOSY = (
    WRITE
    % """
const tries = ['/forbidden/data', 'http://10.255.255.1/inside', 'http://localhost:{port}/elsewhere', 'http://127.0.0.1:{other}/neighbour'];
try {{ new WebSocket('ws://127.0.0.1:{other}/socket');
  navigator.sendBeacon('/beacon'); new Image().src = '/pixel.png'; }} catch (error) {{}}
Promise.allSettled(tries.map((address) => fetch(address))).then((all) => write(
  {{title: 'Baker 5', text: all.map((one) => one.status).join(' ')}}));"""
)


@dataclass
class Site:
    """What was asked of the board, and of a neighbour that must not be asked; with the names of those who asked."""

    address: str = ""
    port: int = 0
    other: int = 0
    asked: list[tuple[str, str]] = field(default_factory=list)
    neighbour: list[str] = field(default_factory=list)

    def answer(self, method: str, path: str, body: bytes) -> tuple[int, str, str]:
        pages = {
            "/jobs": LISTING,
            "/job/1": GET,
            "/job/2": POST,
            "/job/33": GET.replace("/api/get", "/api/moved"),
            "/job/5": NOSY.replace("{{", "{").replace("}}", "}").replace("{port}", str(self.port)).replace("{other}", str(self.other)),
            "/hang/jobs": "<!doctype html><p>one moment</p><script>while (true) {}</script>",
        }
        if path.startswith("/api/"):
            number = {"/api/get": 1, "/api/moved": 3}.get(path) or json.loads(body)["id"]
            return 200, "application/json", json.dumps({"title": f"Baker {number}", "text": f"Bread, {method}."})
        if path == "/robots.txt":
            return 200, "text/plain", "User-agent: *\nDisallow: /forbidden/\n"
        return (200, "text/html", pages[path]) if path in pages else (404, "text/html", "<p>gone</p>")


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    board = Site()

    class Handler(BaseHTTPRequestHandler):
        def _serve(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.server.server_address[1] == board.other:
                board.neighbour.append(self.path)
            else:
                board.asked.append((self.path, self.headers.get("User-Agent") or ""))
            if self.path == "/job/3":
                self.send_response(302)
                self.send_header("Location", "/job/33")
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            status, content_type, text = board.answer(self.command, self.path, body)
            self.send_response(status)
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

        do_GET = do_POST = _serve

        def log_message(self, *arguments: object) -> None:
            """Say nothing."""

    services = [ThreadingHTTPServer(("127.0.0.1", 0), Handler) for _ in range(2)]
    board.port, board.other = (service.server_address[1] for service in services)
    board.address = f"http://127.0.0.1:{board.port}"
    for service in services:
        threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield board
    for service in services:
        service.shutdown()
        service.server_close()


def crawl_it(site: Site, home: Path, path: str, *, timeout: float) -> BoardReport:
    row = Source(
        board="scripted",
        name="Scripted",
        platform="browser",
        address=f"{site.address}{path}",
        countries=("DE",),
        languages=("de",),
        legal_basis="test",
        contact="crawler@pes.example",
        delay=0,
        loopback=True,
        active_from=date(2020, 1, 1),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(Path(CHROMIUM or "").parent), prepend=os.pathsep)
        report = crawl(SourceRegister([row]), ["scripted"], home=home, run_id="r", options=CrawlOptions(timeout=timeout, retries=0))
    return report.boards[0]


@dataclass
class Crawled:
    report: BoardReport
    lake: Lake


@pytest.fixture(scope="module")
def crawled(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    home = tmp_path_factory.mktemp("home")
    return Crawled(crawl_it(site, home, "/jobs", timeout=60.0), Lake.open(home / "lake"))


@pytest.mark.browser
@needs_chromium
def test_what_scripts_write_is_read(crawled: Crawled) -> None:
    assert crawled.report.status is RunStatus.DONE, crawled.report
    found = {posting.title: posting.description_text for posting in crawled.lake.postings()}
    assert found == {
        "Baker 1": "Bread, GET.",
        "Baker 2": "Bread, POST.",
        "Baker 3": "Bread, GET.",
        "Baker 5": "rejected rejected rejected rejected",
    }


@pytest.mark.browser
@needs_chromium
def test_the_rendered_page_is_kept(crawled: Crawled) -> None:
    pages = {capture.url.rpartition("/")[2]: crawled.lake.body(capture.sha256) for capture in crawled.lake.captures()}
    assert b'"title":"Baker 1"' in pages["1"]
    assert b'<a href="/job/5">' in pages["jobs"]
    assert b"Baker 3" in pages["33"]


@pytest.mark.browser
@needs_chromium
def test_the_pages_own_requests_are_ours(crawled: Crawled, site: Site) -> None:
    paths = [path for path, _ in site.asked]
    assert not {"/logo.png", "/pixel.png", "/style.css", "/forbidden/data", "/elsewhere", "/beacon", "/favicon.ico"} & set(paths)
    assert {"/api/get", "/api/post", "/api/moved", "/job/4"} <= set(paths)
    assert site.neighbour == []
    assert all(agent.startswith("Labourscope/") for _, agent in site.asked)
    assert crawled.report.refused["off_site"] == 3
    assert crawled.report.refused["robots"] == 1
    assert crawled.report.statuses["404"] == 1


@pytest.mark.browser
@needs_chromium
def test_a_page_that_never_ends_is_left(site: Site, tmp_path: Path) -> None:
    report = crawl_it(site, tmp_path, "/hang/jobs", timeout=4.0)
    assert (report.status, report.errors) == (RunStatus.FAILED, {"timeout": 1})


def test_a_missing_chromium_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert "apt-get install chromium" in (Browser.why_not() or "")
