"""Failed reads become errors that say what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pyarrow as pa
from deltalake.exceptions import DeltaError

from vacancies.error import LakeDamaged

_MADE_BY: Final = {"enriched": "labourscope enrich", "vacancies": "labourscope merge"}


@contextmanager
def reading(path: Path) -> Iterator[None]:
    """Turn errors of reading the table in `path` into LakeDamaged, which tells how to get the table back."""
    try:
        yield
    except (OSError, DeltaError, pa.ArrowException) as error:
        made_by = _MADE_BY.get(path.name)
        mend = f"remove that folder and run `{made_by}`, which makes it anew" if made_by else "restore it from a backup"
        reason = (str(error).splitlines() or [type(error).__name__])[0]
        raise LakeDamaged(f"the lake's table {path} cannot be read ({reason}); {mend}") from error
