"""PostingDraft: what a page parser or feed mapping yields, before text, ids and hashes are made."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from pydantic import BaseModel, ConfigDict
from pydantic_core import PydanticSerializationError

from vacancies.error import RecordInvalid
from vacancies.html_text import StructuredText, looks_like_html, text_from_html, text_from_plain, without_zero_width
from vacancies.identity import content_hash, posting_id, record_hash
from vacancies.lone_surrogates import without_halves
from vacancies.posting import BaseSalary, JobLocation, OccupationalCategory, Posting

# Addresses and dates of modification move without the advertisement changing; texts are in the content hash, with space and case folded.
_NOT_HASHED: Final = {
    "url",
    "native_id",
    "title",
    "hiring_organization",
    "description",
    "description_is_html",
    "date_modified",
}


class PostingDraft(BaseModel):
    """A posting as read from a page, in schema.org's words; `description` may be HTML or plain text.

    `description_is_html` None means: look at it. Everything else as in `Posting`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    native_id: str | None = None
    url: str | None = None
    title: str | None = None
    hiring_organization: str | None = None
    description: str = ""
    description_is_html: bool | None = None
    description_is_excerpt: bool = False
    is_guessed: bool = False
    language: str | None = None
    date_posted: date | None = None
    date_modified: datetime | None = None
    valid_through: date | None = None
    job_start_date: str | None = None
    employment_type: tuple[str, ...] = ()
    work_hours: str | None = None
    job_locations: tuple[JobLocation, ...] = ()
    telecommute: bool | None = None
    base_salary: BaseSalary | None = None
    industry: str | None = None
    occupational_categories: tuple[OccupationalCategory, ...] = ()
    skills: tuple[str, ...] = ()
    total_job_openings: int | None = None


def draft_to_posting(draft: PostingDraft, *, board: str, parser: str, capture_sha256: str | None = None) -> Posting:
    """Make the Posting: text with structure, content hash and deterministic id.

    Half characters in its texts are replaced by U+FFFD. Raises RecordInvalid with code `no_text` for a draft with neither title nor text
    (nothing to read and nothing to make an id from).
    """
    draft = whole(draft)
    text, blocks = structured_text(draft)
    title = _clean(draft.title)
    employer = _clean(draft.hiring_organization)
    if title is None and not text.strip():
        raise RecordInvalid("no_text", "the record has neither a title nor a text")
    digest = content_hash(title, employer, draft.job_locations, text)
    native_id = _clean(draft.native_id)
    url = _clean(draft.url)
    carried = draft.model_dump(exclude={"description", "description_is_html", "title", "hiring_organization", "native_id", "url"})
    return Posting(
        posting_id=posting_id(board, native_id=native_id, url=url, content_hash=digest),
        board=board,
        native_id=native_id,
        url=url,
        title=title,
        hiring_organization=employer,
        description_text=text,
        blocks=blocks,
        content_hash=record_hash(digest, draft.model_dump_json(exclude=_not_hashed(draft))),
        capture_sha256=capture_sha256,
        parser=parser,
        **carried,
    )


def _not_hashed(draft: PostingDraft) -> set[str]:
    """Leave marks out of the hash where they do not stand, so that other postings keep the hashes that they had before there were marks."""
    return _NOT_HASHED | {mark for mark in ("description_is_excerpt", "is_guessed") if not getattr(draft, mark)}


def whole(draft: PostingDraft) -> PostingDraft:
    """Give the draft with half characters replaced by U+FFFD, so that it can be written down."""
    try:
        draft.model_dump_json()  # many times faster than looking at every text
    except PydanticSerializationError:
        return PostingDraft.model_validate(without_halves(draft.model_dump()))
    return draft


def structured_text(draft: PostingDraft) -> StructuredText:
    """Read the draft's description as HTML or plain text, as it says or as it looks."""
    is_html = draft.description_is_html if draft.description_is_html is not None else looks_like_html(draft.description)
    return text_from_html(draft.description) if is_html else text_from_plain(without_zero_width(draft.description))


def _clean(value: str | None) -> str | None:
    if value is None:
        return None
    return " ".join(value.split()) or None
