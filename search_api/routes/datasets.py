"""Releases of the observatory's datasets: the list, and each file with its checksum."""

from __future__ import annotations

import base64
from typing import Annotated, Final

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import FileResponse, RedirectResponse

from observatory.release import latest_release, list_releases
from observatory.release_model import ReleaseFile, ReleaseInfo
from search_api.answer import Answer, Meta, meta_of
from search_api.context import ApiContext, Context
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


@router.get("")
def list_datasets(request: Request, context: Context) -> Datasets:
    """All published releases, newest first, each with its files, sizes and checksums."""
    releases = (dataset_of(request, release) for release in list_releases(context.releases))
    return Datasets(meta=meta_of(context), releases=tuple(releases))


@router.head("/{version}/{file}", include_in_schema=False)
@router.get("/{version}/{file}", response_class=FileResponse)
def download_dataset(
    request: Request,
    context: Context,
    version: Annotated[str, Path(max_length=100, description="Version of a release, or latest.")],
    file: Annotated[str, Path(max_length=200, description="Name of one of its files.")],
) -> Response:
    """One file of a release; `latest` leads on to the newest version."""
    release = _release(context, version)
    entry = _file(release, file)
    if version == LATEST:
        target = path_to(request, "download_dataset", version=release.version, file=entry.name)
        return RedirectResponse(target, 307, headers={"Cache-Control": "no-cache"})
    path = context.releases / release.version / entry.name
    if path.is_symlink() or not path.is_file():
        raise Problem(
            404, "file-missing", f"release {release.version} names {entry.name}, but the file is not there", mend="Restore the release."
        )
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


def _release(context: ApiContext, version: str) -> ReleaseInfo:
    releases = list_releases(context.releases)
    if version == LATEST and (latest := latest_release(context.releases)):
        return latest
    for release in releases:
        if release.version == version:
            return release
    if not releases:
        raise Problem(404, "unknown-release", "nothing has been released yet", mend="Run: labourscope release")
    raise _unknown("version", version, f"there is no release {echo(version)!r}", {r.version: r.title for r in releases})


def _file(release: ReleaseInfo, name: str) -> ReleaseFile:
    for entry in release.files:
        if entry.name == name:
            return entry
    known = {entry.name: entry.title for entry in release.files}
    raise _unknown("file", name, f"release {release.version} has no file {echo(name)!r}", known)


def _unknown(parameter: str, value: str, message: str, known: dict[str, str]) -> Problem:
    fault = ValueFault(parameter=parameter, value=echo(value), message=message, near=near_values(value, known))
    return Problem(404, f"unknown-{parameter}", message, errors=[fault])
