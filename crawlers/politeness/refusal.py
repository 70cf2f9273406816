"""Requests that we do not make."""

from __future__ import annotations

from scrapy.exceptions import IgnoreRequest


class Refused(IgnoreRequest):
    """Raised before a request goes out: `robots`, `robots_unreachable`, `off_site`, `private_address` or `bad_scheme`."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
