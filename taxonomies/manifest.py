"""The manifest of a compiled taxonomy: what it holds, where it came from, which build folder is current."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict, ValidationError

from taxonomies.error import TaxonomyError
from taxonomies.model import TaxonomyRef

FORMAT_VERSION: Final = 1
MANIFEST_NAME: Final = "manifest.json"


class SourceFile(BaseModel):
    """A file that went into a taxonomy: its name (no folder) and the sha256 of its bytes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    sha256: str


class TaxonomyInfo(BaseModel):
    """What `taxonomy list` shows of one compiled version."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    ref: TaxonomyRef
    imported_at: datetime
    languages: tuple[str, ...]
    counts: dict[str, int]  # concepts by type
    relations: dict[str, int] = {}  # relations by type
    pending_relations: int = 0  # relations whose concepts no imported file names yet
    sources: tuple[SourceFile, ...] = ()

    @property
    def name(self) -> str:
        """The name under which the store opens it: `esco:1.1.0`."""
        return str(self.ref)


class Manifest(TaxonomyInfo):
    """A `TaxonomyInfo` with the form it is stored in: format version, build folder and types imported whole in English."""

    format_version: int = FORMAT_VERSION
    build: str
    reference: tuple[str, ...] = ()


def read_manifest(folder: Path) -> Manifest | None:
    """Read the manifest of a version's folder; None when there is none. Raises TaxonomyError for a damaged or newer one."""
    path = folder / MANIFEST_NAME
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    try:
        manifest = Manifest.model_validate_json(text)
    except ValidationError as error:
        raise TaxonomyError(f"{path}: damaged manifest ({error.error_count()} faults); import the taxonomy again") from error
    if manifest.format_version != FORMAT_VERSION:
        raise TaxonomyError(
            f"{path}: format {manifest.format_version}, this Labourscope reads {FORMAT_VERSION}; delete {folder} and import its files again"
        )
    return manifest


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Put the manifest in place at once (written beside, then renamed)."""
    beside = folder / f".{MANIFEST_NAME}.new"
    beside.write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
    beside.replace(folder / MANIFEST_NAME)
