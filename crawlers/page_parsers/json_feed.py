"""JSON Feed 1.1 (https://www.jsonfeed.org/version/1.1/) with whole advertisements, and JobPosting objects inside its items.

Extensions begin with "_": Teamtailor's `_jobposting` holds a schema.org JobPosting, which says more than the item around it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Final
from urllib.parse import urljoin

from crawlers.page_parsers.page_reading import Collected, PageReading, json_records, record_fields
from vacancies.error import RecordInvalid
from vacancies.jobposting import draft_from_jobposting, is_jobposting
from vacancies.posting import OccupationalCategory
from vacancies.posting_draft import PostingDraft
from vacancies.values.dates import read_datetime
from vacancies.values.words import read_language, word, words_of

VERSION: Final = "1"


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read every item of one page of the feed; raises RecordInvalid (`broken_json`, `unexpected_shape`, `not_a_feed`)."""
    feed, items = json_records(body, "items")
    if "jsonfeed.org/version/" not in (word(feed.get("version")) or ""):
        raise RecordInvalid("not_a_feed", f"expected a JSON Feed, found version {feed.get('version')!r}")
    found = Collected()
    language = word(feed.get("language"))
    for item in items:
        native_id = word(item.get("id")) if isinstance(item, Mapping) else None
        found.take(item, lambda record: _draft(record_fields(record), url, language, countries, found), native_id=native_id)
    return found.reading(next_page=word(feed.get("next_url")))


def _draft(item: Mapping[str, object], url: str, language: str | None, countries: Collection[str], found: Collected) -> PostingDraft:
    stated = next(_jobpostings(item), {})
    html, plain, summary = (text if isinstance(text := item.get(key), str) else "" for key in ("content_html", "content_text", "summary"))
    title = {"title": word(item.get("title"))}
    text = {"description": html.strip() or plain.strip() or summary.strip()}
    draft = draft_from_jobposting(
        title | text | {key: value for key, value in stated.items() if value}, countries=countries, on_unread=found.note_unread
    )
    link = word(item.get("url")) or word(item.get("external_url")) or draft.url
    tags = (OccupationalCategory(scheme="board", label=tag) for tag in dict.fromkeys(words_of(item.get("tags"))))
    return draft.model_copy(
        update={
            "native_id": word(item.get("id")) or draft.native_id,
            "url": urljoin(url, link) if link else None,
            "language": draft.language or read_language(word(item.get("language")) or language),
            "date_posted": draft.date_posted or found.day("date_posted", item.get("date_published")),
            "date_modified": draft.date_modified or read_datetime(item.get("date_modified")),
            "occupational_categories": draft.occupational_categories or tuple(tags),
        }
    )


def _jobpostings(item: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    for key, value in item.items():
        if key.startswith("_") and isinstance(value, Mapping) and is_jobposting(value):
            yield value
