"""Secrets of boards that want a key: read from the environment when a crawl begins, and kept out of captures, reports and logs."""

from __future__ import annotations

import logging
import os
from base64 import b64encode
from collections.abc import Mapping
from typing import Any, Final, Self
from urllib.parse import quote, quote_plus

from vacancies.source import Source

HIDDEN: Final = "***"
_SHORTEST: Final = 4  # a shorter value would hide innocent words


class Credentials:
    """The secrets of one board by the names that the platform uses."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = dict(values)
        self._spellings: list[str] = []
        for value in values.values():
            self.hide_also(value)

    @classmethod
    def of(cls, source: Source) -> Self:
        """Read what a row names from the environment; a variable that is not set is left out (see `missing`)."""
        return cls({name: os.environ[variable] for name, variable in source.credentials.items() if os.environ.get(variable)})

    def __getitem__(self, name: str) -> str:
        return self._values[name]

    def hide_also(self, secret: str) -> None:
        """Hide one more secret, such as a token that the service gave."""
        if len(secret) >= _SHORTEST:
            basic = b64encode(f"{secret}:".encode()).decode()  # as HTTP's basic authentication sends it
            in_json = secret.replace("/", "\\/")
            spellings = {*self._spellings, secret, quote(secret, safe=""), quote_plus(secret), basic, in_json}
            self._spellings = sorted(spellings, key=len, reverse=True)

    def hidden(self, text: str) -> str:
        """The text with every secret, quoted for addresses or not, replaced by stars."""
        for spelling in self._spellings:
            text = text.replace(spelling, HIDDEN)
        return text

    def hidden_in(self, body: bytes) -> bytes:
        """Likewise a body; boards repeat keys in the links that they give."""
        for spelling in self._spellings:
            body = body.replace(spelling.encode(), HIDDEN.encode())
        return body

    def hide_in_logs(self) -> None:
        """Keep the secrets out of everything that the process logs from now on.

        Where records are made, not at a handler: Scrapy puts a new handler in the place of the former for every board.
        """
        if not self._spellings:
            return
        make = logging.getLogRecordFactory()

        def make_hidden(*arguments: Any, **named: Any) -> logging.LogRecord:
            return self._hidden_record(make(*arguments, **named))

        logging.setLogRecordFactory(make_hidden)

    def _hidden_record(self, record: logging.LogRecord) -> logging.LogRecord:
        try:
            text = record.getMessage()
        except (TypeError, ValueError):  # arguments that do not fit: the handler says so
            return record
        if (hidden := self.hidden(text)) != text:
            record.msg, record.args = hidden, ()
        if record.exc_info:
            record.exc_text = record.exc_text or logging.Formatter().formatException(record.exc_info)
            record.exc_text = self.hidden(record.exc_text)
        return record


def missing(source: Source, needed: tuple[str, ...]) -> str | None:
    """Say which credential is not there and what to do; None when all are."""
    for name in needed:
        variable = source.credentials.get(name)
        if variable is None:
            return f"platform {source.platform} needs the credential {name!r}: name its environment variable in `credentials` of the row"
        if not os.environ.get(variable):
            return f"the environment variable {variable}, named by the row for {name!r}, is not set"
    return None
