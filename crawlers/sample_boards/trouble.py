"""Answers of boards that misbehave, for tests: `/trouble/<kind>`, or any path by `SampleServer(faults=...)`."""

from __future__ import annotations

import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler
from typing import Final

HUGE: Final = 200 * 1024 * 1024  # bytes
_CHUNK: Final = 256 * 1024


def status(code: int, *, retry_after: int | None = None) -> Callable[[BaseHTTPRequestHandler, threading.Event], None]:
    """Answer with a status and a short page."""

    def answer(handler: BaseHTTPRequestHandler, _: threading.Event) -> None:
        body = f"<!doctype html><title>{code}</title><p>{code}</p>".encode()
        handler.send_response(code)
        if retry_after is not None:
            handler.send_header("Retry-After", str(retry_after))
        handler.send_header("Content-Type", "text/html; charset=utf-8")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def garbage(handler: BaseHTTPRequestHandler, _: threading.Event) -> None:
    """Answer 200 with bytes that are nothing."""
    body = bytes((index * 73 + 41) % 256 for index in range(4096)).replace(b"<", b"~")
    handler.send_response(200)
    handler.send_header("Content-Type", "application/octet-stream")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def spoken(handler: BaseHTTPRequestHandler, _: threading.Event) -> None:
    """Answer 200 with a person's name where the advertisements should be."""
    body = b'{"jobs": "Frau Weber, 0171 2345678"}'
    handler.send_response(200)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def no_status(handler: BaseHTTPRequestHandler, _: threading.Event) -> None:
    """Answer with words where the status should be."""
    handler.wfile.write(b"HTTP/1.1 Weber Frau\r\n\r\n")
    handler.close_connection = True


def huge(handler: BaseHTTPRequestHandler, stopping: threading.Event) -> None:
    """Answer with 200 MB, without saying so before."""
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html; charset=utf-8")
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    chunk = b"<p>" + b"x" * (_CHUNK - 3)
    for _ in range(HUGE // _CHUNK):
        if stopping.is_set():
            return
        handler.wfile.write(f"{_CHUNK:x}\r\n".encode() + chunk + b"\r\n")
    handler.wfile.write(b"0\r\n\r\n")


def never(handler: BaseHTTPRequestHandler, stopping: threading.Event) -> None:
    """Take the request and say nothing until the server stops."""
    stopping.wait()
    handler.close_connection = True


def redirect(target: str) -> Callable[[BaseHTTPRequestHandler, threading.Event], None]:
    """Send elsewhere; "{n}" in the target counts up, so that the loop never meets itself."""

    def answer(handler: BaseHTTPRequestHandler, _: threading.Event) -> None:
        number = int(handler.path.rpartition("=")[2]) + 1 if handler.path.rpartition("=")[2].isdigit() else 1
        handler.send_response(302)
        handler.send_header("Location", target.replace("{n}", str(number)))
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    return answer


TROUBLES: Final[dict[str, Callable[[BaseHTTPRequestHandler, threading.Event], None]]] = {
    "404": status(404),
    "410": status(410),
    "403": status(403),
    "429": status(429, retry_after=1),
    "429-for-hours": status(429, retry_after=36_000),
    "500": status(500),
    "503": status(503),
    "garbage": garbage,
    "spoken": spoken,
    "no-status": no_status,
    "huge": huge,
    "never": never,
    "loop": redirect("/trouble/loop?n={n}"),
    "offsite": redirect("http://localhost:9/elsewhere"),
    "private": redirect("http://10.255.255.1/inside"),
    "file": redirect("file:///etc/hostname"),
}
"""The kinds of trouble. With `-once` behind it, a kind happens to the first request of its path only."""
