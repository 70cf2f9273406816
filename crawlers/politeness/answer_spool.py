"""Very large answers go to disk while they arrive, compressed, instead of into memory.

Scrapy keeps a whole body in memory. This download handler gives its reader a file to write to, for requests that name one (`SPOOL`);
everything else is Scrapy's own. The time limit of such a request is for silence, not for the whole answer.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, cast

import pyarrow as pa
from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler, _ResponseReader, _ScrapyAgent
from scrapy.http import Response
from scrapy.utils._download_handlers import wrap_twisted_exceptions
from scrapy.utils.defer import maybe_deferred_to_future
from twisted.internet.base import DelayedCall
from twisted.web.client import Response as TwistedResponse

from vacancies.error import RecordInvalid

SPOOL: Final = "labourscope_spool"
"""The request's meta key: path of the file that takes the answer's body, when its status is 200."""
_CHUNK: Final = 1 << 18
_GZIP: Final = b"\x1f\x8b"


class SpoolingHandler(HTTP11DownloadHandler):
    """Scrapy's handler for http and https, with a file for the bodies of requests that name one."""

    async def download_request(self, request: Request) -> Response:
        """Download; the response to a request with a file has an empty body."""
        if SPOOL not in request.meta:
            return await super().download_request(request)
        agent = _SpoolingAgent(
            contextFactory=self._contextFactory,
            bindAddress=self._bind_address,
            pool=self._pool,
            maxsize=self._default_maxsize,
            fail_on_dataloss=True,
            crawler=self._crawler,
        )
        with wrap_twisted_exceptions():
            response: Response = await maybe_deferred_to_future(agent.download_request(request))
        if response.status == 200:
            response.headers.pop("Content-Encoding", None)  # the file is unpacked when it is read
        return response


class _SpoolingAgent(_ScrapyAgent):
    def _cb_bodyready(self, txresponse: TwistedResponse, request: Request) -> object:  # type: ignore[override]
        if txresponse.code == 200:
            deliver = txresponse.deliverBody
            timeout = float(request.meta.get("download_timeout") or self._connectTimeout)

            def deliver_to_file(reader: _ResponseReader) -> None:
                reader._bodybuf = _SpoolFile(Path(request.meta[SPOOL]), lambda: self._be_patient(timeout))  # type: ignore[assignment]
                deliver(reader)  # type: ignore[no-untyped-call]

            txresponse.deliverBody = deliver_to_file  # type: ignore[method-assign]
        return super()._cb_bodyready(txresponse, request)

    def _be_patient(self, timeout: float) -> None:
        call = cast(DelayedCall, self._timeout_cl)
        if call.active():
            call.reset(timeout)


class _SpoolFile:
    """Stands where Scrapy's reader has its buffer."""

    def __init__(self, path: Path, on_data: Callable[[], None]) -> None:
        self._stream = pa.CompressedOutputStream(str(path), "zstd")
        self._on_data = on_data

    def write(self, data: bytes) -> None:
        self._stream.write(data)
        self._on_data()

    def getvalue(self) -> bytes:
        self._stream.close()
        return b""

    def truncate(self, size: int) -> None:
        self._stream.close()


def spooled(path: Path, *, largest: int) -> Iterator[bytes]:
    """Read a spooled body in chunks; a gzip file is unpacked.

    Raises RecordInvalid `too_large` for more than `largest` bytes (of a gzip file: unpacked), `broken_gzip` for a damaged file.
    """
    total = 0
    for chunk in _unpacked(_chunks(path)):
        total += len(chunk)
        if total > largest:
            raise RecordInvalid("too_large", f"the feed has more than {largest} bytes; raise max_answer_bytes of the board's row if it may")
        yield chunk


def _chunks(path: Path) -> Iterator[bytes]:
    with pa.OSFile(str(path)) as file, pa.CompressedInputStream(file, "zstd") as stream:
        while chunk := bytes(stream.read(_CHUNK)):
            yield chunk


def _unpacked(chunks: Iterator[bytes]) -> Iterator[bytes]:
    first = next(chunks, b"")
    if not first.startswith(_GZIP):
        if first:
            yield first
        yield from chunks
        return
    unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        packed = first
        while packed or (packed := next(chunks, b"")):
            yield unpacker.decompress(packed, _CHUNK)  # so much at once, however well it is packed
            packed = unpacker.unconsumed_tail
            if unpacker.eof:
                packed, unpacker = unpacker.unused_data, zlib.decompressobj(zlib.MAX_WBITS | 16)
    except zlib.error as error:
        raise RecordInvalid("broken_gzip", f"the feed is a damaged gzip file ({error})") from error
