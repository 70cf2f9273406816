"""Teamtailor's feeds: JSON Feed with JobPosting objects (`/jobs.json`), or RSS with places and departments of its own (`/jobs.rss`).

Both name a job by the same id, and the feed's title is the employer's name.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Final

from lxml import etree

from crawlers.page_parsers import feed_xml, json_feed
from crawlers.page_parsers.page_reading import PageReading, json_records
from vacancies.values.words import word

VERSION: Final = f"{json_feed.VERSION}.{feed_xml.VERSION}"


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read either feed; raises RecordInvalid (`broken_json`, `unexpected_shape`, `not_a_feed`)."""
    if body.lstrip().startswith(b"<"):
        reading, employer = feed_xml.parse(body, url, countries=countries), _rss_title(body)
    else:
        reading, employer = json_feed.parse(body, url, countries=countries), word(json_records(body, "items")[0].get("title"))
    drafts = (
        draft if draft.hiring_organization else draft.model_copy(update={"hiring_organization": employer}) for draft in reading.drafts
    )
    return replace(reading, drafts=tuple(drafts))


def _rss_title(body: bytes) -> str | None:
    root = etree.fromstring(body, parser=etree.XMLParser(recover=True, resolve_entities=False, no_network=True))
    return word(root.findtext("channel/title")) if root is not None else None
