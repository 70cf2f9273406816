"""Health: what is live, and whether it is behind the lake."""

from __future__ import annotations

from enum import StrEnum

from fastapi import APIRouter, Response

from observatory.demand_model import CubeInfo
from observatory.error import CubeMissing
from search_api.answer import Answer
from search_api.context import ApiContext, Context
from search_api.engines.protocol import IndexInfo
from search_api.error import IndexMissing, IndexUnavailable
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


@router.get("", responses={503: {"model": Health}})
def health(context: Context, response: Response) -> Health:
    """Whether searches can be answered, from which index, and how that compares with the lake; 503 when they cannot."""
    state = health_of(context)
    if state.status is HealthStatus.DOWN:
        response.status_code = 503
        response.headers["Retry-After"] = str(context.settings.retry_after)
    response.headers["Cache-Control"] = "no-store"
    return state


def health_of(context: ApiContext) -> Health:
    """Look at index, lake, figures and taxonomy."""
    notes: list[str] = []
    index = _index(context, notes)
    lake_version = Lake.open(context.lake_root).content_version() if (context.lake_root / "format.json").is_file() else None
    figures = _figures(context, notes)
    if index and lake_version is not None and index.lake_version < lake_version:
        notes.append(f"the index is older than the lake ({index.lake_version} < {lake_version}); run: labourscope index")
    if figures and lake_version is not None and figures.lake_version < lake_version:
        notes.append(f"the demand figures are older than the lake ({figures.lake_version} < {lake_version}); run: labourscope index")
    if index and index.taxonomy != str(context.taxonomy.ref):
        notes.append(
            f"the index was built with {index.taxonomy}, labels come from {context.taxonomy.ref}; run: labourscope enrich, then index"
        )
    behind = HealthStatus.BEHIND if notes else HealthStatus.OK
    return Health(
        status=behind if index else HealthStatus.DOWN,
        engine=context.engine.name,
        index=index,
        lake_version=lake_version,
        taxonomy=str(context.taxonomy.ref),
        nuts_version=context.regions.version,
        figures=figures,
        notes=tuple(notes),
    )


def _index(context: ApiContext, notes: list[str]) -> IndexInfo | None:
    try:
        return context.engine.info()
    except (IndexMissing, IndexUnavailable) as error:
        notes.append(str(error))
        return None


def _figures(context: ApiContext, notes: list[str]) -> CubeInfo | None:
    try:
        return context.cube.info()
    except CubeMissing as error:
        notes.append(str(error))
        return None
