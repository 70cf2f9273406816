"""The page of one advertisement that a listing names: its JobPosting, with the platform's own id and the address without its query."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from urllib.parse import urlsplit, urlunsplit

from crawlers.page_parsers import jobposting_page
from crawlers.page_parsers.page_reading import PageReading


def read_page(body: bytes, url: str, *, native_id: str, countries: Collection[str] = ()) -> PageReading:
    """Read the page's JobPosting (`jobposting_page`) and give it the id by which the listing names it.

    The id within the JobPosting is the employer's, or that of the system behind, and not always stated. A page with several postings keeps
    theirs. Raises RecordInvalid `no_jobposting`.
    """
    reading = jobposting_page.parse(body, url, countries=countries)
    if len(reading.drafts) + len(reading.rejected) != 1:
        return reading
    bare = without_query(url)
    drafts = tuple(
        draft.model_copy(update={"native_id": native_id, "url": bare if draft.url in (None, url) else draft.url})
        for draft in reading.drafts
    )
    rejected = tuple(replace(record, native_id=native_id, url=url) for record in reading.rejected)
    return replace(reading, drafts=drafts, rejected=rejected)


def without_query(url: str) -> str:
    """Take query and fragment off an address."""
    return urlunsplit(urlsplit(url)._replace(query="", fragment=""))
