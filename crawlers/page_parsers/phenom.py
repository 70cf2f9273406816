"""Phenom careers sites: a search's page holds 10 jobs in a script (`phApp.ddo`), each job's page a JobPosting.

There is no documentation for the public. The list has the beginning of the text only; a job's page is /job/{jobSeqNo} beside the search's.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from functools import partial
from typing import Final
from urllib.parse import quote, unquote, urljoin, urlsplit

from crawlers.page_parsers.page_of_posting import read_page, without_query
from crawlers.page_parsers.page_reading import Collected, DetailLink, PageReading, inner_object, listed_draft, records_of
from crawlers.page_parsers.script_data import assigned_object
from vacancies.error import RecordInvalid
from vacancies.job_place import make_place, place_from_words
from vacancies.posting import OccupationalCategory
from vacancies.posting_draft import PostingDraft
from vacancies.values.words import first_word, number, word

VERSION: Final = "2"
_DETAILS: Final = re.compile(r"/job/([^/]+)")


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read a page of the search to links, or one job's page; raises RecordInvalid (`unexpected_shape`, `broken_json`, `no_jobposting`)."""
    detail = _DETAILS.search(urlsplit(url).path)
    if detail:
        return read_page(body, url, native_id=unquote(detail[1]), countries=countries)
    data = assigned_object(body, "phApp.ddo")
    answer = inner_object(data, "eagerLoadRefineSearch") or inner_object(data, "refineSearch")
    total = number(answer.get("totalHits"))
    if total == 0:
        return PageReading(stated_total=0)
    if not isinstance(answer.get("data"), Mapping):
        raise RecordInvalid("unexpected_shape", "expected phApp.ddo to hold eagerLoadRefineSearch with the search's answer in data")
    _, jobs = records_of(answer["data"], "jobs")
    found = Collected()
    links = []
    for job in jobs:
        native_id = first_word(job.get("jobSeqNo"), job.get("jobId")) if isinstance(job, Mapping) else None
        if native_id:
            listed = listed_draft(job, partial(_listed, native_id=native_id, countries=countries))
            links.append(DetailLink(urljoin(without_query(url), f"job/{quote(native_id, safe='')}"), listed=listed))
        else:
            found.reject("no_identity", "the job in the list has neither jobSeqNo nor jobId", job)
    return found.reading(details=links, stated_total=int(total) if total is not None else None)


def _listed(job: Mapping[str, object], found: Collected, *, native_id: str, countries: Collection[str]) -> PostingDraft:
    city, country = word(job.get("city")), word(job.get("country"))
    words = word(job.get("location"))
    place = make_place(text=words, locality=city, country=country) if city else place_from_words(words or country, countries=countries)
    labels = dict.fromkeys(filter(None, (word(job.get(key)) for key in ("category", "department"))))
    return PostingDraft(
        native_id=native_id,
        title=word(job.get("title")),
        date_posted=found.day("date_posted", job.get("postedDate")),
        employment_type=found.employment_types(word(job.get("type"))),
        job_locations=(place,) if place else (),
        occupational_categories=tuple(OccupationalCategory(scheme="board", label=label) for label in labels),
    )
