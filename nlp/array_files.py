"""Files of plain arrays (.npz, no pickle) that several processes may read while one writes them."""

from __future__ import annotations

import logging
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Final, cast

import numpy as np
import numpy.typing as npt

_log = logging.getLogger(__name__)

_ORIGIN: Final = "origin"  # the name under which a file keeps what it was made of

# What reading a file raises whose bytes are not those that were written; RuntimeError: a flipped bit calls a member encrypted.
DAMAGED: Final = (OSError, EOFError, ValueError, TypeError, RuntimeError, zipfile.BadZipFile)

Arrays = dict[str, npt.NDArray[np.generic]]


def write_arrays(path: Path, arrays: Mapping[str, npt.NDArray[np.generic]]) -> None:
    """Write arrays into a file (its folder is made); readers see the old ones or the new ones. Raises OSError."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.stem}-", suffix=path.suffix, dir=path.parent)
    building = Path(name)
    try:
        with os.fdopen(handle, "wb") as sink:
            np.savez(sink, allow_pickle=False, **cast("dict[str, npt.ArrayLike]", dict(arrays)))
        building.chmod(0o644)
        building.replace(path)
    except BaseException:
        building.unlink(missing_ok=True)
        raise


def read_arrays(path: Path) -> Arrays:
    """Read what `write_arrays` wrote; raises FileNotFoundError, and one of DAMAGED for another file."""
    with path.open("rb") as source, np.load(source, allow_pickle=False) as stored:
        return {name: stored[name] for name in stored.files}


def kept_arrays(path: Path, origin: bytes, make: Callable[[], Arrays]) -> Arrays:
    """The arrays kept in a file, if they are of the same origin, else make and keep them.

    `origin` tells all that the arrays depend on: what they are made of, and by which version of the code. A file that is damaged, or of
    another origin, is written anew; one that cannot be written only costs time.
    """
    try:
        arrays = read_arrays(path)
        if arrays.get(_ORIGIN, np.zeros(0)).tobytes() == origin:
            return arrays
        _log.info("%s was made of something else and is made anew", path)
    except FileNotFoundError:
        pass
    except DAMAGED as error:
        _log.warning("%s is damaged (%s) and is made anew", path, error)
    made = make()
    try:
        keep_arrays(path, origin, made)
    except OSError as error:
        _log.warning("%s cannot be kept (%s) and is made anew each time", path, error)
    return made


def keep_arrays(path: Path, origin: bytes, arrays: Arrays) -> None:
    """Write arrays for `kept_arrays`. Raises OSError."""
    write_arrays(path, arrays | {_ORIGIN: np.frombuffer(origin, dtype=np.uint8)})


def digest(*parts: bytes) -> bytes:
    """A digest of several things, one of which ends where the next begins."""
    found = blake2b()
    for part in parts:
        found.update(len(part).to_bytes(8, "little"))
        found.update(part)
    return found.digest()


def packed_words(words: Iterable[str]) -> npt.NDArray[np.uint8]:
    """Words without line breaks as an array of bytes."""
    return np.frombuffer("\n".join(words).encode(), dtype=np.uint8)


def unpacked_words(packed: npt.NDArray[np.generic]) -> list[str]:
    """The words that `packed_words` packed, at least one."""
    return packed.tobytes().decode().split("\n")
