"""Releases of the observatory's datasets: the list, and each file with its checksum."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Final

from fastapi import APIRouter, Request, Response
from fastapi import Path as PathPart
from fastapi.responses import FileResponse, RedirectResponse

from observatory.error import UnknownRelease
from observatory.release import list_releases, open_release_file
from observatory.release_model import ReleaseFile, ReleaseInfo
from search_api.answer import Answer, Meta, meta_of
from search_api.context import Context
from search_api.links import path_to
from search_api.problem import Problem, ValueFault, echo, near_values

router = APIRouter(prefix="/v1/datasets", tags=["datasets"])
LATEST: Final = "latest"


class DatasetFile(Answer):
    """A file of a release and where to fetch it."""

    file: ReleaseFile
    link: str


class Dataset(Answer):
    """A release with its files."""

    release: ReleaseInfo
    files: tuple[DatasetFile, ...]


class Datasets(Answer):
    """All releases, newest first."""

    meta: Meta
    releases: tuple[Dataset, ...]


@router.get("", summary="Published releases of the datasets, with files and checksums")
def list_datasets(request: Request, context: Context) -> Datasets:
    """All published releases, newest first, each with its files, sizes and checksums."""
    releases = (dataset_of(request, release) for release in list_releases(context.releases))
    return Datasets(meta=meta_of(context), releases=tuple(releases))


@router.head("/{version}/{file}", include_in_schema=False)
@router.get("/{version}/{file}", response_class=FileResponse, summary="Download a file of a release, or of the latest one")
def download_dataset(
    request: Request,
    context: Context,
    version: Annotated[str, PathPart(max_length=100, description="Version of a release, or latest.")],
    file: Annotated[str, PathPart(max_length=200, description="Name of one of its files.")],
) -> Response:
    """One file of a release; `latest` leads on to the newest version."""
    path, entry = _found(context.releases, version, file)
    if version == LATEST:
        target = path_to(request, "download_dataset", version=path.parent.name, file=entry.name)
        return RedirectResponse(target, 307, headers={"Cache-Control": "no-cache"})
    if path.is_symlink() or not path.is_file():
        detail = f"release {path.parent.name} names {entry.name}, but the file is not there"
        raise Problem(404, "file-missing", detail, mend="Restore the release.")
    headers = {
        "X-Checksum-Sha256": entry.sha256,
        "Repr-Digest": f"sha-256=:{base64.b64encode(bytes.fromhex(entry.sha256)).decode()}:",  # RFC 9530
        "ETag": f'"{entry.sha256}"',
        "Cache-Control": "private, max-age=31536000, immutable",  # a published release never changes
    }
    return FileResponse(path, media_type=entry.media_type, filename=entry.name, headers=headers)


def dataset_of(request: Request, release: ReleaseInfo) -> Dataset:
    """A release with the addresses of its files."""
    files = (
        DatasetFile(file=entry, link=path_to(request, "download_dataset", version=release.version, file=entry.name))
        for entry in release.files
    )
    return Dataset(release=release, files=tuple(files))


def _found(releases: Path, version: str, file: str) -> tuple[Path, ReleaseFile]:
    """A file of a release and what the release says of it; a problem (404) that names near versions or files."""
    try:
        path = open_release_file(releases, version, file)
    except UnknownRelease as error:
        raise _unknown(list_releases(releases), version, file, str(error)) from error
    listed = (entry for release in list_releases(releases) if release.version == path.parent.name for entry in release.files)
    return path, next(entry for entry in listed if entry.name == path.name)


def _unknown(releases: Sequence[ReleaseInfo], version: str, file: str, detail: str) -> Problem:
    if not releases:
        return Problem(404, "unknown-release", "nothing has been released yet", mend="Run: labourscope release")
    release = next((release for release in releases if version in (release.version, LATEST)), None)
    if release is None:
        parameter, value, known = "version", version, {release.version: release.title for release in releases}
    else:
        parameter, value, known = "file", file, {entry.name: entry.title for entry in release.files}
    fault = ValueFault(parameter=parameter, value=echo(value), message=detail, near=near_values(value, known))
    return Problem(404, f"unknown-{parameter}", detail, errors=[fault])
