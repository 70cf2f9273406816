"""Feeds of one file that may have gigabytes: spooled to disk, cut into pieces, each piece kept and read by itself."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import ClassVar

from scrapy import Request
from scrapy.exceptions import CloseSpider
from scrapy.http import Response
from twisted.python.failure import Failure

from crawlers.crawl_memory import Remembered, now
from crawlers.page_parsers.record_pieces import Cutter
from crawlers.politeness.answer_spool import SPOOL, spooled
from crawlers.spiders.board_spider import BoardSpider
from crawlers.spiders.step import Step
from vacancies.error import RecordInvalid, VacanciesError


class LargeFeedSpider(BoardSpider):
    """Reads one file in pieces; memory does not grow with it. `max_answer_bytes` of the row may raise the limit `largest_feed`."""

    cutter: ClassVar[Cutter]
    """Makes pieces of the file, as a `staticmethod`; platforms that need the row for it override `pieces`."""
    largest_feed: ClassVar[int] = 16 << 30
    max_listing_pages = 1_000_000

    def pieces(self, chunks: Iterable[bytes], url: str) -> Iterator[bytes]:
        """Cut the file that came from an address; raises RecordInvalid where it breaks off."""
        return self.cutter(chunks)

    def _request(self, step: Step, known: Remembered | None) -> Request:
        request = super()._request(step, known)
        handle = tempfile.NamedTemporaryFile(prefix="labourscope-", suffix=".zst", delete=False)  # noqa: SIM115 (`_on_answer` deletes it)
        handle.close()
        request.meta.update({SPOOL: handle.name, "download_maxsize": self._limit})
        request.headers["Accept-Encoding"] = "gzip"  # the only packing that `spooled` knows
        return request

    @property
    def _limit(self) -> int:
        return max(self.largest_feed, self.source.max_answer_bytes)

    def _on_answer(self, response: Response, step: Step, known: Remembered | None) -> Iterator[Request]:
        spool = Path(response.meta[SPOOL])
        try:
            if response.status == 200:
                yield from self._on_feed(response, step, spool)
            elif response.status == 304 and known is not None:
                yield from self._on_unchanged(step, known)
            else:
                yield from super()._on_answer(response, step, known)
        finally:
            spool.unlink(missing_ok=True)

    def _on_failure(self, failure: Failure) -> None:
        Path(failure.request.meta[SPOOL]).unlink(missing_ok=True)  # type: ignore[attr-defined]  # Scrapy sets it
        super()._on_failure(failure)

    def _on_feed(self, response: Response, step: Step, spool: Path) -> Iterator[Request]:
        self.intake.requests += 1
        self.intake.statuses["200"] += 1
        self.intake.bytes += spool.stat().st_size  # compressed, as kept
        url = self.credentials.hidden(response.url)
        kept: list[str] = []
        try:
            for piece in self.pieces(spooled(spool, largest=self._limit), url):
                kept.append(self._read_piece(url, self.credentials.hidden_in(piece), len(kept) + 1))
                yield None  # type: ignore[misc]  # Scrapy lets the other boards go on here
            self._remember(url, step, response, kept)
        except RecordInvalid as error:
            self.intake.failed(url, error.reason, f"the feed cannot be read to its end ({error.reason})", is_listing=True)
        except VacanciesError as error:
            self.intake.fatal = error
            raise CloseSpider("lake") from error
        self._after_answer(is_failure=False)

    def _read_piece(self, url: str, piece: bytes, number: int) -> str:
        step = Step(url, is_listing=True, name=f"piece-{number:06d}")
        self._read(f"{url}#{step.name}", piece, step, status=200, content_type=None)
        return hashlib.sha256(piece).hexdigest()

    def _remember(self, url: str, step: Step, response: Response, kept: list[str]) -> None:
        """Keep the list of the pieces, by which the feed can be put together when the board says that it has not changed."""
        contents = json.dumps(kept).encode()
        self.intake.capture(f"{url}#pieces", contents, status=200, content_type="application/json", is_listing=True)
        etag, modified = (value.decode("latin-1") if (value := response.headers.get(name)) else None for name in ("ETag", "Last-Modified"))
        digest = hashlib.sha256(contents).hexdigest()
        answer = Remembered(url, etag, modified, None, None, digest, now().isoformat(), session="")
        self.intake.remember(self._address(step), answer)

    def _on_unchanged(self, step: Step, known: Remembered) -> Iterator[Request]:
        self.intake.requests += 1
        self.intake.statuses["304"] += 1
        self.intake.not_modified += 1
        try:
            for _ in self._pieces_again(step, known):
                yield None  # type: ignore[misc]  # as above
        except VacanciesError as error:
            self.intake.fatal = error
            raise CloseSpider("lake") from error
        self._after_answer(is_failure=False)

    def _read_again(self, step: Step, known: Remembered) -> Iterable[Step]:
        for _ in self._pieces_again(step, known):
            pass
        return ()

    def _pieces_again(self, step: Step, known: Remembered) -> Iterator[str]:
        """Read the kept pieces; gives their digests."""
        self.intake.remember(self._address(step), known)
        for number, digest in enumerate(json.loads(self.intake.body(known)), 1):
            yield self._read_piece(known.url, self.intake.body(known._replace(sha256=digest)), number)
