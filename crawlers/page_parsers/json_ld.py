"""Pages with schema.org JobPosting as JSON-LD: a single object, a list, a @graph with references, an ItemList, in CDATA or comments."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from functools import partial
from typing import Final

from crawlers.page_parsers.html_page import html_tree
from crawlers.page_parsers.page_reading import Collected, PageReading
from vacancies.error import RecordInvalid
from vacancies.jobposting import draft_from_jobposting, is_jobposting
from vacancies.posting_draft import PostingDraft

VERSION: Final = "2"
_WRAPPER: Final = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)|(?:-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>);?\s*$"
)
_MAX_DEPTH: Final = 40


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read every JobPosting of the page's JSON-LD.

    Rejects `broken_json_ld` (the script's text is kept) and `no_text`; raises RecordInvalid `no_jobposting` for a page that states none.
    """
    found = Collected()
    documents: list[object] = []
    broken: list[tuple[str, str]] = []
    for script in html_tree(body).iter("script"):
        if "ld+json" in (script.get("type") or "").lower():
            text = script.text_content()
            try:
                documents.append(read_json_ld(text))
            except RecordInvalid as error:
                broken.append((str(error), text))
    by_id = {str(obj["@id"]): obj for obj in _objects(documents, 0) if "@id" in obj and len(obj) > 1}
    postings = [obj for obj in _objects(documents, 0) if is_jobposting(obj)]
    for error_text, text in broken:
        if "JobPosting" in text or not postings:
            found.reject("broken_json_ld", error_text, text, url=url)
    for obj in postings:
        own_url = url if len(postings) == 1 else None
        resolved = _resolve(obj, by_id)
        found.take(resolved, partial(_draft, page_url=own_url, countries=countries, found=found), url=own_url)
    if not postings and not found.rejected:
        raise RecordInvalid("no_jobposting", "the page states no JobPosting in JSON-LD")
    return found.reading()


def read_json_ld(text: str) -> object:
    """Parse one script's text, without the wrappers some sites put around it; raises RecordInvalid `broken_json_ld`."""
    bare = text
    while (stripped := _WRAPPER.sub("", bare).strip()) != bare:
        bare = stripped
    try:
        return json.loads(bare.removesuffix(";"), strict=False)
    except (ValueError, RecursionError) as error:
        raise RecordInvalid("broken_json_ld", f"the page's JSON-LD is not JSON: {error}") from error


def _draft(fields: Mapping[str, object], *, page_url: str | None, countries: Collection[str], found: Collected) -> PostingDraft:
    draft = draft_from_jobposting(fields, countries=countries, on_unread=found.note_unread)
    return draft if draft.url or page_url is None else draft.model_copy(update={"url": page_url})


def _objects(value: object, depth: int) -> Iterator[Mapping[str, object]]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, Mapping):
        yield value
        for member in value.values():
            yield from _objects(member, depth + 1)
    elif isinstance(value, list):
        for member in value:
            yield from _objects(member, depth + 1)


def _resolve(obj: Mapping[str, object], by_id: Mapping[str, Mapping[str, object]]) -> dict[str, object]:
    """Put referenced objects ({"@id": ...}) in the place of their references, one level deep."""
    return {key: _referenced(value, by_id) for key, value in obj.items()}


def _referenced(value: object, by_id: Mapping[str, Mapping[str, object]]) -> object:
    if isinstance(value, list):
        return [_referenced(member, by_id) for member in value]
    if isinstance(value, Mapping) and set(value) <= {"@id", "@type"} and "@id" in value:
        return by_id.get(str(value["@id"]), value)
    return value
