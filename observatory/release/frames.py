"""Datasets as pandas frames, for people who open a release in a notebook."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from observatory.error import UnknownRelease


def read_frame(release: Path, dataset: str) -> pd.DataFrame:
    """Read a dataset of a release (`releases/latest`, "demand") with its types; raises UnknownRelease when it is not there."""
    file = release / f"{dataset}.parquet"
    if not file.is_file():
        known = ", ".join(sorted(path.stem for path in release.glob("*.parquet"))) or "none"
        raise UnknownRelease(f"{release} holds no dataset {dataset}; datasets: {known}")
    return pd.read_parquet(file)
