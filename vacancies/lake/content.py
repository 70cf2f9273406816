"""One number for what a lake holds that can be published, so that index, figures and releases know whether they are up to date."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from vacancies.lake.tables import DeltaStore

_COLUMNS: Final = {
    "lives": ("posting_id", "content_hash", "first_seen", "gone_at"),
    "enriched": ("posting_id", "content_hash", "pipeline", "taxonomy"),
    "vacancies": ("vacancy_id", "posting_ids", "representative_id", "gone_at", "repost_of"),
}


def content_version(root: Path, tables: Mapping[str, DeltaStore]) -> int:
    """Hash the columns that matter, in an order of their own, to a number below 2^60."""
    kept = root / "content.json"
    versions = {name: tables[name].version() for name in _COLUMNS}
    try:
        known = json.loads(kept.read_text())
        if known["versions"] == versions:
            return int(known["content"])
    except (OSError, ValueError, KeyError, TypeError):
        pass  # not counted yet, or a file that somebody has damaged: count
    digest = hashlib.sha256()
    for name, columns in _COLUMNS.items():
        rows = tables[name].table(list(columns)).sort_by([(column, "ascending") for column in columns if column != "posting_ids"])
        for batch in rows.to_batches(max_chunksize=50_000):
            digest.update(repr(batch.to_pydict()).encode())
    content = int(digest.hexdigest()[:15], 16)
    with suppress(OSError):  # a lake that may only be read is counted each time
        part = kept.with_suffix(f".{os.getpid()}.part")
        part.write_text(json.dumps({"versions": versions, "content": content}))
        part.replace(kept)
    return content
