"""The sample boards' server: `python -m crawlers.sample_boards.server` shows them in a browser."""

from __future__ import annotations

import argparse
import threading
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self
from urllib.parse import parse_qsl, urlsplit

from crawlers.sample_boards.advertisement import Advertisement, load_advertisements, load_spoilt
from crawlers.sample_boards.html_pages import detail_page, front_page, listing_page, notice_page
from crawlers.sample_boards.machine_answers import greenhouse_jobs, jobtech_search, robots_txt, rss_feed, sitemap
from crawlers.sample_boards.site import SITES, Site
from crawlers.sample_boards.trouble import TROUBLES

_HTML, _JSON, _XML, _TEXT = (f"{name}; charset=utf-8" for name in ("text/html", "application/json", "application/xml", "text/plain"))
_MACHINE_PATHS = {
    "sample-stellenportal": "sitemap.xml",
    "sample-emplois": "offres",
    "sample-vacaturebank": "search",
    "sample-nordlicht": "v1/boards/nordlicht/jobs?content=true",
    "sample-eurojobs": "jobs.rss",
}

Answer = tuple[int, str, str]
"""Status, content type, body."""


class SampleServer:
    """Serves all sample boards on 127.0.0.1 as they stand on a day, 1 or 2; `day` may be changed while it serves.

    Use it as a context manager. `faults` maps paths (with their query) to kinds of trouble.
    """

    def __init__(self, day: int = 1, port: int = 0, *, faults: Mapping[str, str] | None = None) -> None:
        self.day = day
        self.faults = dict(faults or {})
        self.requests: list[str] = []  # paths in the order they were asked for
        self.stopping = threading.Event()
        self._port = port
        self._boards: dict[int, dict[str, list[Advertisement]]] = {}
        self._met: set[str] = set()
        self._server: ThreadingHTTPServer | None = None

    @property
    def address(self) -> str:
        """Where the boards are, once the server runs: "http://127.0.0.1:8800"."""
        if self._server is None:
            raise RuntimeError("the sample server does not run yet: use it in a with statement")
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._boards = {day: load_advertisements(day) for day in (1, 2)}
        for boards in self._boards.values():
            boards["sample-stellenportal"] += load_spoilt()
        server = _Server(("127.0.0.1", self._port), _Handler)
        server.sample = self
        self._server = server
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stopping.set()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()

    def trouble_of(self, path: str) -> str | None:
        """Give the kind of trouble that this request meets, if any."""
        kind = self.faults.get(path)
        if kind is None and path.startswith("/trouble/"):
            kind = path.removeprefix("/trouble/").split("?")[0]
        if kind is None or not kind.endswith("-once"):
            return kind
        if path in self._met:
            return None
        self._met.add(path)
        return kind.removesuffix("-once")

    def answer(self, path: str) -> Answer:
        """Answer a path as the boards do."""
        parts = urlsplit(path)
        if parts.path == "/robots.txt":
            return 200, _TEXT, robots_txt(self.address)
        if parts.path == "/":
            boards = self._boards[self.day]
            shown = [(site, len(boards[name]), site.path(_MACHINE_PATHS[name])) for name, site in SITES.items()]
            return 200, _HTML, front_page(self.day, shown)
        board, _, rest = parts.path.lstrip("/").partition("/")
        site = SITES.get(board)
        if site is None:
            return 404, _TEXT, "There is no such board.\n"
        return self._of_board(site, rest, dict(parse_qsl(parts.query)))

    def _of_board(self, site: Site, rest: str, query: dict[str, str]) -> Answer:
        advertisements = self._boards[self.day][site.board]
        machine = self._for_machines(site, rest, query, advertisements)
        if machine is not None:
            return machine
        shown = [advertisement for advertisement in advertisements if advertisement.title]
        if rest in ("", site.listing):
            number = query.get(site.page_parameter, "1")
            page = listing_page(site, shown, int(number) if number.isdigit() else 0)
            return (200, _HTML, page) if page else (404, _HTML, notice_page(site, site.words["gone"]))
        wanted = site.id_of(rest.removeprefix(site.forbidden))
        found = next((advertisement for advertisement in advertisements if advertisement.id == wanted), None)
        if found is None:
            return 404, _HTML, notice_page(site, site.words["gone"])
        return 200, _HTML, detail_page(site, found, self.address)

    def _for_machines(self, site: Site, rest: str, query: dict[str, str], advertisements: list[Advertisement]) -> Answer | None:
        match (site.board, rest):
            case ("sample-stellenportal", "sitemap.xml"):
                return 200, _XML, sitemap(site, advertisements, self.address)
            case ("sample-vacaturebank", "search"):
                return 200, _JSON, jobtech_search(site, advertisements, self.address, query)
            case ("sample-nordlicht", "v1/boards/nordlicht/jobs"):
                return 200, _JSON, greenhouse_jobs(site, advertisements, self.address, query)
            case ("sample-eurojobs", "jobs.rss"):
                return 200, "application/rss+xml; charset=utf-8", rss_feed(site, advertisements, self.address)
            case _:
                return None


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 64
    sample: SampleServer

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that hang up."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        """Answer, or misbehave as told."""
        sample = self.server.sample
        sample.requests.append(self.path)
        kind = sample.trouble_of(self.path)
        if kind is not None:
            TROUBLES[kind](self, sample.stopping)
            return
        status, content_type, text = sample.answer(self.path)
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep no log."""


def main() -> None:
    """Serve the boards until interrupted."""
    parser = argparse.ArgumentParser(description="Show the sample boards in a browser.")
    parser.add_argument("--day", type=int, choices=(1, 2), default=1)
    parser.add_argument("--port", type=int, default=8800)
    arguments = parser.parse_args()
    with SampleServer(arguments.day, arguments.port) as server:
        parser.exit(_wait(server))


def _wait(server: SampleServer) -> int:
    try:
        server.stopping.wait()
    except KeyboardInterrupt:
        return 0
    return 0


if __name__ == "__main__":
    main()
