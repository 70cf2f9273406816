"""Hacker News' monthly thread "Ask HN: Who is hiring?": every first-level comment is an advertisement.

Read from Algolia (https://hn.algolia.com/api: a search for the threads, then one answer with the whole thread) or from Firebase
(https://github.com/HackerNews/API: the thread's `kids`, then an answer for each). Comments are free text; by custom their first line
says "employer | role | place | REMOTE | hours", but not always in this order: the line is the title, and only exact words are read from it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Final

from crawlers.page_parsers.page_reading import Collected, DetailLink, PageReading, json_answer, record_fields, required_id
from vacancies.error import RecordInvalid
from vacancies.posting import BaseSalary
from vacancies.posting_draft import PostingDraft
from vacancies.values.employment import read_employment_types
from vacancies.values.salaries import salary_from_text
from vacancies.values.words import each, word

VERSION: Final = "1"
_THREAD: Final = re.compile(r"\bwho is hiring\b", re.IGNORECASE)
_FIRST_LINE: Final = re.compile(r"\n|<p>|<br", re.IGNORECASE)
_TAG: Final = re.compile(r"<[^>]+>")
_REMOTE: Final = re.compile(
    r"(?:100\s?% |fully )?remote(?:\s*(?:[(/,].*|only|friendly|us\b.*|eu\b.*|europe\b.*|global\b.*|worldwide))?", re.IGNORECASE
)
_ON_SITE: Final = re.compile(r"(?:in[ -]?person|on[ -]?site)(?:\s*[(].*|\s+only)?", re.IGNORECASE)
_PAY: Final = re.compile(r"(?:[$€£]|(?:USD|EUR|GBP)\s)\s?\d.*")
_ITEM: Final = "https://news.ycombinator.com/item?id="


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read a search for threads (leads to the newest), a thread, or a comment; raises RecordInvalid (`broken_json`, `unexpected_shape`)."""
    answer = record_fields(json_answer(body))
    if "hits" in answer:
        return _newest_thread(answer)
    found = Collected()
    if answer.get("type") == "comment":
        return _comments([answer], found)
    if isinstance(answer.get("children"), list):
        return _comments(each(answer["children"]), found)
    if answer.get("type") == "story":
        return found.reading(details=[DetailLink(f"/v0/item/{kid}.json") for kid in map(word, each(answer.get("kids"))) if kid])
    raise RecordInvalid("unexpected_shape", "expected a thread, a comment or a search for threads")


def _newest_thread(answer: Mapping[str, object]) -> PageReading:
    hits = [hit for hit in each(answer.get("hits")) if isinstance(hit, Mapping) and _THREAD.search(word(hit.get("title")) or "")]
    newest = max((int(found) for hit in hits if (found := word(hit.get("objectID")) or "").isdigit()), default=None)
    if newest is None:
        raise RecordInvalid("unexpected_shape", "no thread is named 'Who is hiring?'")
    return PageReading(next_page=f"/api/v1/items/{newest}")


def _comments(comments: Iterable[object], found: Collected) -> PageReading:
    """Read comments; deleted and flagged ones, which have no text, count as withdrawn."""
    withdrawn = []
    for comment in comments:
        native_id = word(comment.get("id")) if isinstance(comment, Mapping) else None
        is_gone = isinstance(comment, Mapping) and (comment.get("deleted") or comment.get("dead") or not word(comment.get("text")))
        if is_gone and native_id:
            withdrawn.append(native_id)
        else:
            found.take(comment, lambda record: _draft(record_fields(record), found), native_id=native_id)
    return found.reading(withdrawn=tuple(withdrawn))


def _draft(comment: Mapping[str, object], found: Collected) -> PostingDraft:
    native_id, text = required_id(comment), comment.get("text")
    description = text if isinstance(text, str) else ""
    title = " ".join(html.unescape(_TAG.sub(" ", _FIRST_LINE.split(description, maxsplit=1)[0])).split())
    parts = [part.strip() for part in title.split("|")]
    return PostingDraft(
        native_id=native_id,
        url=f"{_ITEM}{native_id}",
        title=title or None,
        description=description,
        description_is_html=True,
        date_posted=found.day("date_posted", comment.get("time") or comment.get("created_at_i")),
        employment_type=tuple(dict.fromkeys(kind for part in parts for kind in _types(part))),
        telecommute=_telecommute(parts),
        base_salary=_salary(parts),
    )


def _types(part: str) -> tuple[str, ...]:
    """Read a part that says nothing but employment types."""
    types, unread = read_employment_types([part])
    return () if unread else types


def _telecommute(parts: list[str]) -> bool | None:
    is_remote, is_on_site = (any(pattern.fullmatch(part) for part in parts) for pattern in (_REMOTE, _ON_SITE))
    return None if is_remote == is_on_site else is_remote


def _salary(parts: list[str]) -> BaseSalary | None:
    return next((salary_from_text(part) for part in parts if _PAY.fullmatch(part)), None)
