"""Files to import, out of a zip, a tar.gz, a folder or alone."""

from __future__ import annotations

import gzip
import hashlib
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Final, NamedTuple

from taxonomies.error import ImportFailed
from taxonomies.importers.report import IgnoredFile
from taxonomies.manifest import SourceFile

READABLE: Final = (".csv", ".geojson", ".geojson.gz", ".csv.gz")
_MAX_BYTES: Final = 1_000_000_000  # of one file unpacked: ESCO's largest has 21 MB, a guard against archives made to burst
_MEND: Final = "fetch it again, or unpack it and name the folder"


class Member(NamedTuple):
    """A file's bytes, unpacked, with its plain name and the name of what it came in."""

    container: str
    name: str
    data: bytes

    @property
    def title(self) -> str:
        """How messages name it."""
        return self.name if self.name == self.container else f"{self.container}: {self.name}"


class Source(NamedTuple):
    """What one path held: files to read, files left, and their fingerprints for the manifest."""

    path: Path
    members: tuple[Member, ...]
    ignored: tuple[IgnoredFile, ...]
    files: tuple[SourceFile, ...]


def open_source(path: Path) -> Source:
    """Read a path's files into memory. Raises ImportFailed for a wrong path, a damaged archive, or nothing to read."""
    if not path.exists():
        raise ImportFailed(f"{path}: no such file or folder; check the path")
    if path.is_dir():
        found = [(str(p.relative_to(path)), p.read_bytes()) for p in sorted(path.rglob("*")) if p.is_file()]
        files = [_fingerprint(Path(name).name, data) for name, data in found]
    else:
        data = path.read_bytes()
        found = list(_unpack(path, data))
        files = [_fingerprint(path.name, data)]
    if not found:
        raise ImportFailed(f"{path}: empty {'folder' if path.is_dir() else 'archive'}; it has to hold CSV or GeoJSON files")
    members, ignored = _sort_out(path, found)
    if not members:
        raise ImportFailed(f"{path}: no CSV or GeoJSON file in it (found: {', '.join(name for name, _ in found[:5])})")
    kept = {Path(m.name).name for m in members} | {path.name} | {Path(m.name).name + ".gz" for m in members}
    return Source(path, tuple(members), tuple(ignored), tuple(f for f in files if f.name in kept))


def _sort_out(path: Path, found: list[tuple[str, bytes]]) -> tuple[list[Member], list[IgnoredFile]]:
    members: list[Member] = []
    ignored: list[IgnoredFile] = []
    for full_name, data in found:
        parts = PurePosixPath(full_name.replace("\\", "/"))
        name = parts.name
        if name.startswith(".") or "__MACOSX" in parts.parts:
            ignored.append(IgnoredFile(name=full_name, reason="a hidden file of an operating system"))
        elif name.lower().endswith((".zip", ".tar.gz", ".tgz")):
            ignored.append(IgnoredFile(name=full_name, reason="an archive inside: name it itself to import it"))
        elif not name.lower().endswith(READABLE):
            ignored.append(IgnoredFile(name=full_name, reason="neither CSV nor GeoJSON"))
        elif name.lower().endswith(".gz"):
            members.append(Member(path.name, name[:-3], _gunzip(name, data)))
        else:
            members.append(Member(path.name, name, data))
    return members, ignored


def _unpack(path: Path, data: bytes) -> Iterator[tuple[str, bytes]]:
    name = path.name.lower()
    if name.endswith(READABLE):
        yield path.name, data
    elif name.endswith(".zip"):
        yield from _unzip(path)
    elif name.endswith((".tar.gz", ".tgz", ".tar")):
        yield from _untar(path)
    else:
        raise ImportFailed(f"{path}: not a kind of file that can be imported; give a .zip, .tar.gz, folder, .csv or .geojson(.gz)")


def _unzip(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        with zipfile.ZipFile(path) as archive:
            for info in archive.infolist():
                if not info.is_dir():
                    _guard(path, info.filename, info.file_size)
                    yield info.filename, archive.read(info)
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise ImportFailed(f"{path}: not a whole zip file ({error}); {_MEND}") from error
    except (RuntimeError, NotImplementedError) as error:
        raise ImportFailed(f"{path}: cannot be unpacked ({error}); {_MEND}") from error


def _untar(path: Path) -> Iterator[tuple[str, bytes]]:
    try:
        with tarfile.open(path, "r:*") as archive:
            for info in archive:
                handle = archive.extractfile(info) if info.isfile() else None
                if handle is not None:
                    _guard(path, info.name, info.size)
                    yield info.name, handle.read()
    except (tarfile.TarError, zlib.error, EOFError, gzip.BadGzipFile) as error:
        raise ImportFailed(f"{path}: not a whole tar.gz file ({error}); {_MEND}") from error


def _gunzip(name: str, data: bytes) -> bytes:
    try:
        return gzip.decompress(data)
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise ImportFailed(f"{name}: not a whole gzip file ({error}); fetch it again") from error


def _guard(path: Path, name: str, size: int) -> None:
    if size > _MAX_BYTES:
        raise ImportFailed(
            f"{path}: {name} would unpack to {size:,} bytes, more than the {_MAX_BYTES:,} allowed; this is no classification"
        )


def _fingerprint(name: str, data: bytes) -> SourceFile:
    return SourceFile(name=name, sha256=hashlib.sha256(data).hexdigest())
