"""Files of plain arrays (.npz, no pickle) that several processes may read while one writes them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import cast

import numpy as np
import numpy.typing as npt


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


def read_arrays(path: Path) -> dict[str, npt.NDArray[np.generic]]:
    """Read what `write_arrays` wrote; raises FileNotFoundError, and OSError, EOFError, ValueError or BadZipFile for another file."""
    with path.open("rb") as source, np.load(source, allow_pickle=False) as stored:
        return {name: stored[name] for name in stored.files}
