"""Models kept beside the taxonomy that they were trained on, and trained anew where none can be read."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from nlp.error import ModelUnreadable

_log = logging.getLogger(__name__)


class Storable(Protocol):
    """A model that can be written into a folder."""

    def save(self, folder: Path) -> None:
        """Write it; raises OSError."""


Model = TypeVar("Model", bound=Storable)


def kept_or_trained(folder: Path, load: Callable[[Path], Model], train: Callable[[], Model], *, name: str) -> Model:
    """The model kept in a folder, else train it and keep it there; raises what `train` raises. `name` tells what it is in messages."""
    try:
        return load(folder)
    except ModelUnreadable as error:
        _log.info("%s", error)
    model = train()
    try:
        model.save(folder)
    except OSError as error:
        _log.warning("%s cannot be kept (%s) and will be trained anew each time", name, error)
    return model
