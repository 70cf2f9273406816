"""Health: what is live, and whether it is behind the lake."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from fastapi import APIRouter, Request, Response

from observatory.demand_model import CubeInfo
from observatory.error import CubeMissing
from search_api.answer import Answer
from search_api.context import ApiContext, Context, IndexState
from search_api.engines.protocol import IndexInfo
from search_api.security import is_known
from vacancies.error import VacanciesError
from vacancies.lake import Lake

router = APIRouter(prefix="/v1/health", tags=["health"])


class HealthStatus(StrEnum):
    """`ok`: serving; `behind`: serving, but something older than the lake or of another taxonomy; `down`: searches cannot be answered."""

    OK = "ok"
    BEHIND = "behind"
    DOWN = "down"


class Health(Answer):
    """State of the service; `notes` say in words what is behind or down and what mends it."""

    status: HealthStatus
    engine: str
    index: IndexInfo | None
    lake_version: int | None
    taxonomy: str
    nuts_version: str
    figures: CubeInfo | None
    notes: tuple[str, ...]


class _Note(NamedTuple):
    """Something that is behind or down: in words for everybody, and the error's own text, which may name folders and addresses."""

    short: str
    error: str | None = None


@router.get("", responses={503: {"model": Health}}, summary="State of the service: what is live, and what is behind or down")
def health(request: Request, context: Context, response: Response) -> Health:
    """Whether searches can be answered, from which index, and how that compares with the lake; 503 when they cannot.

    It needs no token; with a token the notes give the errors in full.
    """
    state = health_of(context, in_full=is_known(request.scope, context.settings.tokens))
    if state.status is HealthStatus.DOWN:
        response.status_code = 503
        response.headers["Retry-After"] = str(context.settings.retry_after)
    response.headers["Cache-Control"] = "no-store"
    return state


def health_of(context: ApiContext, *, in_full: bool) -> Health:
    """Look at index, lake, figures and taxonomy; `in_full` gives the errors as they are, for those who may use the API."""
    index = context.index.info
    lake_version, lake_notes = _lake_version(context)
    figures, figures_notes = _figures(context)
    notes = [*_index_notes(context), *lake_notes, *figures_notes]
    if index and lake_version not in (None, index.lake_version):
        notes.append(_Note("the index is older than the lake; run: labourscope index"))
    if figures and lake_version not in (None, figures.lake_version):
        notes.append(_Note("the demand figures are older than the lake; run: labourscope index"))
    short = "a taxonomy, NUTS or the source register has changed and cannot be read; what was read before stays in use"
    notes += [_Note(short, fault) for fault in context.reference.faults]
    behind = HealthStatus.BEHIND if notes else HealthStatus.OK
    return Health(
        status=behind if index else HealthStatus.DOWN,
        engine=context.engine.name,
        index=index,
        lake_version=lake_version,
        taxonomy=str(context.taxonomy.ref),
        nuts_version=context.regions.version,
        figures=figures,
        notes=tuple(f"{note.short}: {note.error}" if in_full and note.error else note.short for note in notes),
    )


def _index_notes(context: ApiContext) -> Iterator[_Note]:
    state, index, fault = context.index
    if state is IndexState.MISSING:
        yield _Note("no index has been built; run: labourscope index", fault)
    elif state is IndexState.UNAVAILABLE:
        yield _Note("the search engine does not answer", fault)
    elif index and index.taxonomy != str(context.taxonomy.ref):
        yield _Note(
            f"the index was built with {index.taxonomy}, which is not there any more, labels come from {context.taxonomy.ref}; "
            f"import {index.taxonomy} again, or run: labourscope enrich, then index"
        )


def _lake_version(context: ApiContext) -> tuple[int | None, list[_Note]]:
    if not (context.lake_root / "format.json").is_file():
        return None, []
    try:
        return Lake.open(context.lake_root).content_version(), []
    except (VacanciesError, OSError) as error:
        return None, [_Note("the lake cannot be read", str(error))]


def _figures(context: ApiContext) -> tuple[CubeInfo | None, list[_Note]]:
    try:
        return context.cube.info(), []
    except CubeMissing as error:
        return None, [_Note("there are no demand figures; run: labourscope index", str(error))]
