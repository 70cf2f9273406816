"""Deterministic ids: the same advertisement has the same id in every run, on every machine."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable
from typing import Final
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from vacancies.posting import JobLocation

_SEPARATOR: Final = "\x1f"
# Names that mean nothing but tracking or a session, whoever writes them; `ref`, `source` or `sid` are some boards' job ids.
_TRACKING: Final = re.compile(r"(?:utm|mc|pk|mtm|hsa)_.*|fbclid|gclid|dclid|msclkid|igshid|jsessionid|phpsessid", re.DOTALL)
_DEFAULT_PORTS: Final = {"http": "80", "https": "443"}
_SPACE: Final = re.compile(r"\s+")


def posting_id(board: str, *, native_id: str | None, url: str | None, content_hash: str) -> str:
    """Make a posting's id: the first 32 hex digits of sha256 over board, 0x1F and its native id.

    Without a native id the canonical address stands in, without an address the content hash.
    """
    key = native_id or (canonical_url(url) if url else None) or content_hash
    return hashlib.sha256(f"{board}{_SEPARATOR}{key}".encode()).hexdigest()[:32]


def canonical_url(url: str) -> str:
    """Write an address one way: lower-case host, no default port, no fragment, no tracking parameters, parameters sorted.

    Percent-encoding is normalised; a trailing slash of the path is dropped. Addresses that cannot be split are returned stripped.
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return url.strip()
    host = (parts.hostname or "").rstrip(".")
    if port is not None and str(port) != _DEFAULT_PORTS.get(parts.scheme.lower()):
        host = f"{host}:{port}"
    path = quote(unquote(parts.path), safe="/:@!$&'()*+,;=~-._") or "/"
    if len(path) > 1:
        path = path.rstrip("/") or "/"
    query = urlencode(
        sorted((name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(name.lower()))
    )
    return urlunsplit((parts.scheme.lower(), host, path, query, ""))


def content_hash(title: str | None, employer: str | None, places: Iterable[JobLocation], text: str) -> str:
    """Hash what an advertisement says (sha256 hex): title, employer, places and text, with white space and case folded."""
    place_words = sorted(_fold(" ".join(filter(None, (p.text, p.locality, p.postal_code, p.country)))) for p in places)
    parts = (_fold(title or ""), _fold(employer or ""), "|".join(place_words), _fold(text))
    return hashlib.sha256(_SEPARATOR.join(parts).encode()).hexdigest()


def record_hash(content: str, fields: str) -> str:
    """Hash all that a board states (sha256 hex): the content hash and the other fields as JSON; it tells whether a posting has changed."""
    return hashlib.sha256(f"{content}{_SEPARATOR}{fields}".encode()).hexdigest()


def _fold(text: str) -> str:
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()
