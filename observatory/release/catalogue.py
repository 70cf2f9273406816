"""What has been released: listed, the latest pointed to, files found safely."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Final

from observatory.error import UnknownRelease
from observatory.release_model import ReleaseInfo

LATEST: Final = "latest"


def list_releases(releases: Path) -> tuple[ReleaseInfo, ...]:
    """List the releases of a folder, newest first."""
    if not releases.is_dir():
        return ()
    found = [
        ReleaseInfo.model_validate_json((folder / "release.json").read_text())
        for folder in releases.iterdir()
        if not folder.is_symlink() and not folder.name.startswith(".") and (folder / "release.json").is_file()
    ]
    return tuple(sorted(found, key=lambda info: (info.published_at, len(info.version), info.version), reverse=True))


def latest_release(releases: Path) -> ReleaseInfo | None:
    """Read the release that `latest` points to; None before the first."""
    pointed = releases / LATEST / "release.json"
    return ReleaseInfo.model_validate_json(pointed.read_text()) if pointed.is_file() else None


def open_release_file(releases: Path, version: str, name: str) -> Path:
    """Find a file of a release (`latest` names the newest); raises UnknownRelease for anything that the release does not list."""
    wanted = latest_release(releases) if version == LATEST else next((r for r in list_releases(releases) if r.version == version), None)
    if wanted is None:
        known = ", ".join(release.version for release in list_releases(releases)) or "none yet"
        raise UnknownRelease(f"there is no release {version}; releases: {known}")
    if name not in {file.name for file in wanted.files}:
        raise UnknownRelease(f"release {wanted.version} has no file {name}; files: {', '.join(file.name for file in wanted.files)}")
    return releases / wanted.version / name


def withdraw_release(releases: Path, version: str) -> None:
    """Take a release back: its files go, and `latest` points to the newest that is left, or to none."""
    folder = releases / version
    if latest_release(releases) is not None and (releases / LATEST).resolve() == folder.resolve():
        left = [info.version for info in list_releases(releases) if info.version != version]
        if left:
            point_latest(releases, left[0])
        else:
            (releases / LATEST).unlink()
    shutil.rmtree(folder)


def point_latest(releases: Path, version: str) -> None:
    """Let `latest` point to a release, in one step."""
    link = releases / f".{LATEST}.part"
    link.unlink(missing_ok=True)
    link.symlink_to(version, target_is_directory=True)
    link.replace(releases / LATEST)
