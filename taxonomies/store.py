"""Compiled taxonomies on disk: several versions side by side, each replaced in one step.

ROOT/esco/1.1.0/manifest.json names the current build, a folder beside it (compiled_form.py); a reader that has it mapped keeps it.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from filelock import FileLock

from taxonomies import compiled_form, starter_lists
from taxonomies.draft import FinishedDraft
from taxonomies.error import TaxonomyError, UnknownTaxonomy
from taxonomies.manifest import MANIFEST_NAME, Manifest, SourceFile, TaxonomyInfo, read_manifest, write_manifest
from taxonomies.model import TaxonomyRef
from taxonomies.taxonomy import Taxonomy

STARTER: Final = TaxonomyRef("starter", "1")


class TaxonomyStore:
    """The taxonomies under one folder (`LABOURSCOPE_HOME/taxonomies`); the folder is made when something is written."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def list(self) -> list[TaxonomyInfo]:
        """All compiled taxonomies, by scheme, the newest import first."""
        found = [m for path in self.root.glob(f"*/*/{MANIFEST_NAME}") if (m := read_manifest(path.parent)) is not None]
        return sorted(found, key=lambda m: (m.ref.scheme, -m.imported_at.timestamp()))

    def open(self, name: str | None = None, *, scheme: str = "esco") -> Taxonomy:
        """Open `scheme:version`; without a name the newest import of the scheme, and for ESCO else the bundled starter.

        Raises UnknownTaxonomy, naming those that are there, and TaxonomyError for a damaged one.
        """
        if name is not None:
            return self._open(_parse(name))
        newest = next((info.ref for info in self.list() if info.ref.scheme == scheme and info.counts), None)
        if newest is not None:
            return self._open(newest)
        if scheme != "esco":
            raise UnknownTaxonomy(f"no {scheme} taxonomy is imported; import one with: labourscope taxonomy import FILE --scheme {scheme}")
        return self._open(self.ensure_starter())

    def ensure_starter(self) -> TaxonomyRef:
        """Compile the bundled starter taxonomy ("starter:1") and code lists where absent or changed since; name the starter."""
        for ref, read in starter_lists.BUNDLED.items():
            sources = starter_lists.sources(ref)
            if not self._has(ref, sources):
                with self.writing():
                    if not self._has(ref, sources):  # another process may have compiled it while this one waited
                        self.write(read().finish(), sources)
        return STARTER

    def manifest(self, ref: TaxonomyRef) -> Manifest | None:
        """The manifest of a version, or None when it is not imported."""
        return read_manifest(self._folder(ref))

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the store for an import; a second one waits up to a minute, then TaxonomyError."""
        self.root.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.root / ".lock", timeout=60)
        try:
            lock.acquire()
        except TimeoutError as error:
            raise TaxonomyError(f"another import is writing to {self.root}; try again when it has ended") from error
        try:
            yield
        finally:
            lock.release()

    def write(
        self, finished: FinishedDraft, sources: Iterable[SourceFile], *, beside: Callable[[Path], None] | None = None
    ) -> TaxonomyInfo:
        """Compile a finished draft and make it the current build of its version; nothing changes when it fails on the way.

        `beside` writes further files (region outlines, places) into the build folder. Hold `writing()` around it.
        """
        draft = finished.draft
        folder = self._folder(draft.ref)
        folder.mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(prefix=".building-", dir=folder))
        try:
            compiled_form.compile_draft(finished, building)
            if beside is not None:
                beside(building)
            building.chmod(0o755)  # mkdtemp's 0700 would hide it from other users of the same home
            built = building.rename(folder / building.name.replace(".building-", "build-"))
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            if not any(folder.iterdir()):
                folder.rmdir()
            raise
        manifest = Manifest(
            ref=draft.ref,
            imported_at=datetime.now(UTC),
            languages=draft.languages(),
            counts=draft.counts(),
            relations=finished.relation_counts(),
            pending_relations=len(finished.pending),
            sources=tuple(sources),
            build=built.name,
            reference=tuple(sorted(type_.value for type_ in draft.reference)),
        )
        write_manifest(folder, manifest)
        for old in folder.glob("*build*"):
            if old != built:
                shutil.rmtree(old, ignore_errors=True)
        return manifest

    def _has(self, ref: TaxonomyRef, sources: tuple[SourceFile, ...]) -> bool:
        present = read_manifest(self._folder(ref))
        return present is not None and present.sources == sources and (self._folder(ref) / present.build).is_dir()

    def _folder(self, ref: TaxonomyRef) -> Path:
        return self.root / ref.scheme / ref.version

    def _open(self, ref: TaxonomyRef) -> Taxonomy:
        folder = self._folder(ref)
        manifest = read_manifest(folder)
        if manifest is None and ref in starter_lists.BUNDLED:
            self.ensure_starter()
            manifest = read_manifest(folder)
        if manifest is None:
            known = ", ".join(str(info.ref) for info in self.list()) or "none"
            raise UnknownTaxonomy(f"no taxonomy {ref} is imported (imported: {known}); import it with: labourscope taxonomy import FILE")
        try:
            return _map(manifest, folder)
        except FileNotFoundError:  # an import may have put another build in its place since the manifest was read
            manifest = read_manifest(folder) or manifest
        try:
            return _map(manifest, folder)
        except FileNotFoundError as error:
            raise TaxonomyError(f"{folder / manifest.build} is missing or incomplete; import {ref} again") from error


def _map(manifest: Manifest, folder: Path) -> Taxonomy:
    build = folder / manifest.build
    return Taxonomy(manifest, build, compiled_form.map_tables(build))


def _parse(name: str) -> TaxonomyRef:
    try:
        return TaxonomyRef.parse(name)
    except ValueError as error:
        raise UnknownTaxonomy(str(error)) from error
