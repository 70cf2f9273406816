"""A local server that gives recorded answers: what a board would say to each request, in order."""

from __future__ import annotations

import json
import threading
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

from pydantic import BaseModel, ConfigDict

SERVER = "{server}"  # stands for the server's address in requests, answers and expectations


_MARKS = {"ETag": "if-none-match", "Last-Modified": "if-modified-since"}


class Request(BaseModel):
    """What is asked: a path with its query, and the JSON body of a POST; headers must be there with these values."""

    model_config = ConfigDict(extra="forbid")

    method: str = "GET"
    path: str
    body: object = None
    headers: dict[str, str] = {}


class Exchange(BaseModel):
    """A request and its answer: a file of the folder, or nothing."""

    model_config = ConfigDict(extra="forbid")

    request: Request
    status: int = 200
    headers: dict[str, str] = {}
    file: str | None = None


class ExchangeServer:
    """Serves one folder's `exchange.json` on 127.0.0.1; answers to one request are given in order, the last again and again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.exchanges = [Exchange.model_validate(entry) for entry in json.loads((folder / "exchange.json").read_text("utf-8"))]
        self.unknown: list[str] = []  # requests that nobody expected
        self.asked: dict[int, int] = defaultdict(int)
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
        self._server.exchange = self  # type: ignore[attr-defined]

    @property
    def address(self) -> str:
        """Where it serves: "http://127.0.0.1:8800"."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.shutdown()
        self._server.server_close()

    def answer(self, method: str, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        """Give status, headers and body for a request; 404 for one that nobody expected."""
        with self._lock:
            fitting = [at for at, entry in enumerate(self.exchanges) if self._fits(entry.request, method, path, body, headers)]
            if not fitting:
                if path != "/robots.txt":
                    self.unknown.append(f"{method} {path} {body.decode('utf-8', 'replace')}".strip())
                return 404, {}, b""
            at = next((at for at in fitting if not self.asked[at]), fitting[-1])
            self.asked[at] += 1
        entry = self.exchanges[at]
        if any(entry.headers.get(mark) and headers.get(asked) == entry.headers[mark] for mark, asked in _MARKS.items()):
            return 304, {}, b""
        content = (self.folder / entry.file).read_bytes().replace(SERVER.encode(), self.address.encode()) if entry.file else b""
        return entry.status, entry.headers, content

    def _fits(self, wanted: Request, method: str, path: str, body: bytes, headers: dict[str, str]) -> bool:
        if (wanted.method, wanted.path) != (method, path):
            return False
        if wanted.body is not None and (not body or json.loads(body) != wanted.body):
            return False
        return all(headers.get(name.lower()) == value for name, value in wanted.headers.items())

    def never_asked(self) -> list[str]:
        """List the recorded requests that nobody made."""
        return [f"{entry.request.method} {entry.request.path}" for at, entry in enumerate(self.exchanges) if not self.asked[at]]


class _Handler(BaseHTTPRequestHandler):
    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        exchange: ExchangeServer = self.server.exchange  # type: ignore[attr-defined]
        headers = {name.lower(): value for name, value in self.headers.items()}
        status, more, content = exchange.answer(self.command, self.path, body, headers)
        self.send_response(status)
        for name, value in more.items():
            self.send_header(name, value.replace(SERVER, exchange.address))
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Connection", "close")  # HTTP/1.0 closes anyway; unsaid, a client's next POST may meet a closing connection
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = _serve  # noqa: N815

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""
