"""A board of any size, for measuring: `python -m crawlers.sample_boards.generated --postings 10000 --kind json`.

It answers as Arbeitnow does (250 advertisements a page), serves one HTML page with JSON-LD for each advertisement, found by sitemap, or
gives all as one feed of JSON Lines, made while it is sent. Its advertisements are three sample advertisements each, with a number. It
prints its address, and ends when its stdin is closed.
"""

from __future__ import annotations

import argparse
import json
import sys
import threading
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from crawlers.sample_boards.advertisement import Advertisement, load_advertisements

PATHS: Final = {"json": "/api/job-board-api", "html": "/sitemap.xml", "feed": "/feed.jsonl"}
"""Where the board begins, by kind."""
PLATFORMS: Final = {"json": "arbeitnow", "html": "jsonld", "feed": "feedfile"}
"""The platform that reads it, by kind."""
_PAGE, _SITEMAP = 250, 10_000
_BOILERPLATE: Final = "".join(f'<li class="nav-item"><a href="/topic/{n}" title="Topic {n}">Topic {n}</a></li>\n' for n in range(120))
_XML: Final = "application/xml; charset=utf-8"


class GeneratedBoard:
    """Makes the answers; the same number always gives the same advertisement."""

    def __init__(self, postings: int, address: str) -> None:
        self._postings = postings
        self._address = address
        self._models = [advertisement for board in load_advertisements(1).values() for advertisement in board]

    def answer(self, path: str) -> tuple[str, str] | None:
        """Give content type and body; None for what the board does not have."""
        parts = urlsplit(path)
        name = parts.path
        if name == PATHS["json"]:
            return "application/json", self._page(int(dict(parse_qsl(parts.query)).get("page", "1")))
        if name == PATHS["html"]:
            return _XML, self._sitemap_index()
        if name.startswith("/sitemap-"):
            return _XML, self._sitemap(int(name.removeprefix("/sitemap-").removesuffix(".xml")))
        number = name.rpartition("/")[2]
        return ("text/html; charset=utf-8", self._html(int(number))) if number.isdigit() and int(number) < self._postings else None

    def feed(self) -> Iterator[bytes]:
        """Give the feed in parts of some hundred kilobytes."""
        for first in range(0, self._postings, _PAGE):
            yield b"".join(self._line(number) for number in range(first, min(first + _PAGE, self._postings)))

    def _line(self, number: int) -> bytes:
        ad = self._models[number % len(self._models)]
        return json.dumps(self._jobposting(ad, number, self._text(number)), ensure_ascii=False).encode() + b"\n"

    def _page(self, page: int) -> str:
        numbers = range((page - 1) * _PAGE, min(page * _PAGE, self._postings))
        following = f"{self._address}{PATHS['json']}?page={page + 1}" if page * _PAGE < self._postings else None
        return json.dumps({"data": [self._job(number) for number in numbers], "links": {"next": following}}, ensure_ascii=False)

    def _job(self, number: int) -> dict[str, object]:
        ad = self._models[number % len(self._models)]
        return {
            "slug": f"job-{number}",
            "company_name": ad.employer,
            "title": f"{ad.title} ({number})",
            "description": self._text(number),
            "remote": ad.remote,
            "url": f"{self._address}/job/{number}",
            "tags": [ad.category] if ad.category else [],
            "job_types": ["Full Time"],
            "location": ad.locality,
            "created_at": int(datetime.combine(ad.posted, time(8), tzinfo=UTC).timestamp()),
        }

    def _text(self, number: int) -> str:
        parts = [self._models[(number + step) % len(self._models)] for step in (0, 7, 31)]
        return "".join(part.html.strip() for part in parts) + f"<p>Reference {number}</p>"

    def _sitemap_index(self) -> str:
        count = -(-self._postings // _SITEMAP)
        entries = "".join(f"<sitemap><loc>{self._address}/sitemap-{n}.xml</loc></sitemap>" for n in range(count))
        return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</sitemapindex>'

    def _sitemap(self, part: int) -> str:
        numbers = range(part * _SITEMAP, min((part + 1) * _SITEMAP, self._postings))
        entries = "".join(f"<url><loc>{self._address}/job/{n}</loc><lastmod>2026-09-01</lastmod></url>" for n in numbers)
        return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'

    def _html(self, number: int) -> str:
        ad, text = self._models[number % len(self._models)], self._text(number)
        data = json.dumps(self._jobposting(ad, number, text), ensure_ascii=False).replace("</", "<\\/")
        title = f"{ad.title} ({number})"
        return (
            f'<!doctype html><html lang="{ad.language}"><head><meta charset="utf-8"><title>{title}</title>'
            f'<script type="application/ld+json">{data}</script></head><body><nav><ul>{_BOILERPLATE}</ul></nav>'
            f"<main><h1>{title}</h1>{text}</main><footer><ul>{_BOILERPLATE}</ul></footer></body></html>"
        )

    def _jobposting(self, ad: Advertisement, number: int, text: str) -> Mapping[str, object]:
        address = {"@type": "PostalAddress", "addressLocality": ad.locality, "postalCode": ad.postcode, "addressCountry": ad.country}
        return {
            "@context": "https://schema.org/",
            "@type": "JobPosting",
            "title": f"{ad.title} ({number})",
            "identifier": {"@type": "PropertyValue", "name": "generated", "value": str(number)},
            "datePosted": ad.posted.isoformat(),
            "employmentType": list(ad.employment_type),
            "hiringOrganization": {"@type": "Organization", "name": ad.employer},
            "jobLocation": {"@type": "Place", "address": address},
            "description": text,
        }


def advertisements_of(gigabytes: float) -> int:
    """Tell how many advertisements a feed of so many (10^9) bytes has, by the first thousand."""
    sample = sum(len(part) for part in GeneratedBoard(1000, "http://127.0.0.1").feed())
    return max(1, round(gigabytes * 1e9 / sample * 1000))


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    board: GeneratedBoard


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        """Answer."""
        if self.path == PATHS["feed"]:
            self._send_feed()
            return
        found = self.server.board.answer(self.path)
        content_type, text = found or ("text/plain", "There is no such page.\n")
        body = text.encode()
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _send_feed(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/jsonl")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for part in self.server.board.feed():
            self.wfile.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, format: str, *args: object) -> None:
        """Keep no log."""


def main() -> None:
    """Serve the board until stdin is closed."""
    parser = argparse.ArgumentParser(description="Serve a generated board on 127.0.0.1.")
    parser.add_argument("--postings", type=int, default=10_000)
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--kind", choices=sorted(PATHS), default="json", help="Which address to print; all are served.")
    arguments = parser.parse_args()
    server = _Server(("127.0.0.1", arguments.port), _Handler)
    address = f"http://127.0.0.1:{server.server_address[1]}"
    server.board = GeneratedBoard(arguments.postings, address)
    sys.stdout.write(f"{address}{PATHS[arguments.kind]}\n")
    sys.stdout.flush()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    main()
