"""Generations of the tantivy index on disk: one folder each, and a pointer file that names the live one.

FOLDER/current                     name of the live generation; replaced atomically
FOLDER/generations/NAME/info.json  IndexInfo
FOLDER/generations/NAME/index/     tantivy's files
FOLDER/generations/NAME.building   a build under way, or left behind by one that was killed
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Final

from filelock import FileLock
from pydantic import ValidationError

from search_api.engines.protocol import IndexInfo
from search_api.error import IndexMissing, IndexUnavailable

_BUILDING: Final = ".building"


class Generations:
    """The folder of an embedded index; nothing is read or made before a method is called."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._pointer = folder / "current"
        self._generations = folder / "generations"

    @property
    def pointer(self) -> Path:
        """The file that names the live generation."""
        return self._pointer

    def live(self) -> str:
        """Name the live generation; raises IndexMissing."""
        try:
            return self._pointer.read_text(encoding="utf-8").strip()
        except FileNotFoundError as error:
            raise IndexMissing(f"no index in {self._folder}; build one with: labourscope index") from error
        except OSError as error:
            raise IndexUnavailable(f"cannot read {self._pointer}: {error}") from error

    def exists(self, generation: str) -> bool:
        """Tell whether a generation is still kept."""
        return (self._generations / generation / "info.json").exists()

    def index(self, generation: str) -> Path:
        """Folder of a generation's tantivy files."""
        return self._generations / generation / "index"

    def info(self, generation: str) -> IndexInfo:
        """Read what a generation was built from; raises IndexUnavailable when it is not readable."""
        path = self._generations / generation / "info.json"
        try:
            return IndexInfo.model_validate_json(path.read_bytes())
        except (OSError, ValidationError) as error:
            raise IndexUnavailable(f"the index {path.parent} is damaged ({error}); rebuild it: labourscope index --force") from error

    def lock(self) -> FileLock:
        """The lock that a builder holds; taking it never waits. Raises IndexUnavailable when the folder cannot be made."""
        try:
            self._generations.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise IndexUnavailable(f"the index folder {self._generations} cannot be made: {error}") from error
        return FileLock(self._folder / "build.lock", timeout=0)

    def begin(self, generation: str) -> Path:
        """Make the folder a generation is built in, after removing what killed builds left behind."""
        for left in self._generations.glob(f"*{_BUILDING}"):
            shutil.rmtree(left)
        building = self._generations / f"{generation}{_BUILDING}"
        (building / "index").mkdir(parents=True)
        return building

    def publish(self, building: Path, info: IndexInfo) -> None:
        """Make a built generation live, keep the one before it and remove older ones."""
        previous = self.live() if self._pointer.exists() else None
        (building / "info.json").write_text(info.model_dump_json(indent=1), encoding="utf-8")
        building.rename(self._generations / info.generation)
        _replace(self._pointer, info.generation)
        for folder in self._generations.iterdir():
            if folder.name not in {info.generation, previous} and not folder.name.endswith(_BUILDING):
                shutil.rmtree(folder, ignore_errors=True)  # what stays is tried again by the next build

    def drop_former(self) -> int:
        """Remove all generations and builds but the live one; the caller holds the lock. Returns how many there were."""
        live = self.live() if self._pointer.exists() else None
        former = [folder for folder in self._generations.iterdir() if folder.name != live]
        for folder in former:
            shutil.rmtree(folder)
        return len(former)

    def discard(self, building: Path) -> None:
        """Remove a build that is not to go live."""
        shutil.rmtree(building, ignore_errors=True)


def _replace(path: Path, text: str) -> None:
    beside = path.with_name(f"{path.name}.new")
    with beside.open("w", encoding="utf-8") as file:
        file.write(f"{text}\n")
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
