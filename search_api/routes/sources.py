"""The boards behind the data."""

from __future__ import annotations

from fastapi import APIRouter

from search_api.answer import Answer, Meta, meta_of
from search_api.context import Context
from search_api.source_status import SourceStatus, source_statuses

router = APIRouter(prefix="/v1/sources", tags=["sources"])


class Sources(Answer):
    """All boards."""

    meta: Meta
    sources: tuple[SourceStatus, ...]


@router.get("", summary="Boards behind the data: legal basis, open postings and last run")
def list_sources(context: Context) -> Sources:
    """Each board: name, legal basis, countries, open postings, and its last run."""
    return Sources(meta=meta_of(context), sources=source_statuses(context))
