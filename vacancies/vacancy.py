"""Vacancy: the job behind one or more postings, and why they were put together."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LinkReason(StrEnum):
    """Why two postings are taken for the same vacancy."""

    SAME_BOARD_ID = "same_board_id"
    SAME_CONTENT = "same_content"
    SAME_JOB_NEAR_TEXT = "same_job_near_text"  # same employer, title and region, nearly the same text


class PostingLink(_Frozen):
    """One link between two postings of a vacancy; `score` 0..1 is the text similarity where the reason rests on it."""

    posting_id: str
    other_id: str
    reason: LinkReason
    score: Annotated[float, Field(ge=0, le=1)]


class Vacancy(_Frozen):
    """The job behind its postings. Its id is its first posting's and stays when that posting leaves.

    `representative_id` names the posting whose text and values stand for the vacancy (open before gone, longest text, then earliest).
    """

    vacancy_id: str
    posting_ids: tuple[str, ...]
    representative_id: str
    links: tuple[PostingLink, ...] = ()
    boards: tuple[str, ...]
    first_seen: datetime
    last_seen: datetime
    gone_at: datetime | None = None
    repost_of: str | None = None  # the earlier vacancy of the same job, advertised anew after a pause
