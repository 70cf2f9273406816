"""Remote OK's API: `GET /api` answers a list whose first element is the legal notice; the others are advertisements.

https://remoteok.com/api; texts may be mojibake, a salary of 0 is not stated, and the service adds a sentence of its own against spam to
texts, which names whoever asked, so that it is another one at each crawl.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Final

from crawlers.page_parsers.page_reading import Collected, PageReading, json_list, record_fields, required_id
from vacancies.job_place import place_from_words
from vacancies.posting import OccupationalCategory
from vacancies.posting_draft import PostingDraft
from vacancies.values.mojibake import repair_mojibake
from vacancies.values.salaries import make_salary, read_amount
from vacancies.values.words import word, words_of

VERSION: Final = "1"
_SPAM_MARK: Final = re.compile(
    r"(?:<br\s*/?>|\s)*Please mention the word\b.{0,400}?spam applicants\.?(?:\s*Companies can search these words[^<]{0,200}?human\.?)?",
    re.IGNORECASE | re.DOTALL,
)


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read every advertisement; raises RecordInvalid as `json_list` does."""
    found = Collected()
    for job in json_list(body):
        if isinstance(job, Mapping) and "legal" in job and "id" not in job:
            continue
        native_id = word(job.get("id")) if isinstance(job, Mapping) else None
        found.take(job, lambda record: _draft(record_fields(record), countries, found), native_id=native_id)
    return found.reading()


def _draft(job: Mapping[str, object], countries: Collection[str], found: Collected) -> PostingDraft:
    fields = {name: _repaired(job.get(name), found) for name in ("position", "company", "location", "description")}
    low, high = (read_amount(job.get(name)) for name in ("salary_min", "salary_max"))
    place = place_from_words(fields["location"], countries=countries)
    return PostingDraft(
        native_id=required_id(job),
        url=word(job.get("url")),
        title=fields["position"],
        hiring_organization=fields["company"],
        description=_SPAM_MARK.sub("", fields["description"]),
        date_posted=found.day("date_posted", job.get("date") or job.get("epoch")),
        job_locations=(place,) if place else (),
        telecommute=True,
        base_salary=make_salary(low, high),
        occupational_categories=tuple(OccupationalCategory(scheme="tag", label=repair_mojibake(tag)) for tag in words_of(job.get("tags"))),
    )


def _repaired(value: object, found: Collected) -> str:
    """Give a text without mojibake; a repaired one is noted, so that the report counts it."""
    text = value if isinstance(value, str) else ""
    repaired = repair_mojibake(text)
    if repaired != text:
        found.note_unread("mojibake_repaired", text[:80])
    return repaired
