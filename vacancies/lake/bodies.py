"""Raw answers on disk, each stored once under its sha256, compressed with zstd."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyarrow as pa

from vacancies.error import UnknownBody
from vacancies.lake.writing import writing


class BodyStore:
    """A folder of compressed bodies: `ab/abcdef....zst`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, body: bytes) -> str:
        """Store a body and return its sha256 (hex); a body that is there already is not written again."""
        digest = hashlib.sha256(body).hexdigest()
        path = self._path(digest)
        if path.exists():
            return digest
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent, suffix=".part")
            try:
                with os.fdopen(handle, "wb") as file, pa.CompressedOutputStream(file, "zstd") as stream:
                    stream.write(body)
                Path(temporary).replace(path)
            finally:
                Path(temporary).unlink(missing_ok=True)
        return digest

    def __contains__(self, digest: str) -> bool:
        return self._path(digest).exists()

    def get(self, digest: str) -> bytes:
        """Read a body; raises UnknownBody when it is not (or no longer) kept."""
        path = self._path(digest)
        if not path.exists():
            raise UnknownBody(f"no captured body {digest} is kept in {self._folder}")
        with pa.OSFile(str(path)) as file, pa.CompressedInputStream(file, "zstd") as stream:
            return bytes(stream.read())

    def digests(self) -> Iterator[str]:
        """Name every body that is kept, in order."""
        for path in sorted(self._folder.glob("??/*.zst")):
            yield path.stem

    def delete(self, digests: Iterable[str]) -> int:
        """Delete bodies; returns how many were there."""
        deleted = 0
        for digest in digests:
            path = self._path(digest)
            deleted += path.exists()
            path.unlink(missing_ok=True)
        return deleted

    def tidy(self) -> None:
        """Remove what killed writes left; the caller holds the lake's lock."""
        for path in self._folder.glob("??/*.part"):
            path.unlink(missing_ok=True)

    def _path(self, digest: str) -> Path:
        return self._folder / digest[:2] / f"{digest}.zst"
