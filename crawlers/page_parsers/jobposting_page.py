"""Pages that state JobPosting in any way: JSON-LD first, microdata or RDFa where there is none."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from crawlers.page_parsers import json_ld, microdata
from crawlers.page_parsers.page_reading import PageReading
from vacancies.error import RecordInvalid

VERSION: Final = "3"


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read the page's JSON-LD; when it holds no posting that can be read, its microdata or RDFa. Raises RecordInvalid `no_jobposting`."""
    try:
        first = json_ld.parse(body, url, countries=countries)
    except RecordInvalid as error:
        if error.reason != "no_jobposting":
            raise
        try:
            return microdata.parse(body, url, countries=countries)
        except RecordInvalid as second:
            if second.reason != "no_jobposting":
                raise
            raise RecordInvalid("no_jobposting", "the page states no JobPosting in JSON-LD, microdata or RDFa") from error
    if first.drafts:
        return first
    try:
        second_reading = microdata.parse(body, url, countries=countries)
    except RecordInvalid:
        return first
    return second_reading if second_reading.drafts else first
