"""NEOGOV's RSS of an agency's openings (governmentjobs.com, schooljobs.com): the agency is the channel's title, and has several categories.

The feed's own fields are in the namespace http://www.neogov.com/namespaces/JobListing, and are read by `feed_xml`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Final

from lxml import etree

from crawlers.page_parsers import feed_xml
from crawlers.page_parsers.page_reading import PageReading
from vacancies.posting import OccupationalCategory
from vacancies.posting_draft import PostingDraft
from vacancies.values.words import word
from vacancies.values.workplaces import read_workplace

VERSION: Final = f"1.{feed_xml.VERSION}"
_NAMESPACE: Final = "{http://www.neogov.com/namespaces/JobListing}"


def parse(body: bytes, url: str, *, countries: Collection[str] = ()) -> PageReading:
    """Read every opening; raises RecordInvalid `not_a_feed`."""
    reading = feed_xml.parse(body, url, countries=countries)
    root = etree.fromstring(body, parser=etree.XMLParser(recover=True, resolve_entities=False, no_network=True))
    if root is None:
        return reading
    agency = word(root.findtext("channel/title"))
    items = {_text(item, "jobId"): item for item in root.iter("item")}
    return replace(reading, drafts=tuple(_with_own_fields(draft, agency, items) for draft in reading.drafts))


def _with_own_fields(draft: PostingDraft, agency: str | None, items: Mapping[str | None, etree._Element]) -> PostingDraft:
    """Add the agency, every category of the opening (feedparser keeps the last only), and whether the work is done from home."""
    item = items.get(draft.native_id)
    labels = [] if item is None else [word(category.text) for category in item.iter(f"{_NAMESPACE}category")]
    stated = [category.label for category in draft.occupational_categories]
    return draft.model_copy(
        update={
            "hiring_organization": draft.hiring_organization or agency,
            "telecommute": draft.telecommute or (True if any(read_workplace(place.text) for place in draft.job_locations) else None),
            "occupational_categories": tuple(
                OccupationalCategory(scheme="board", label=label) for label in dict.fromkeys(filter(None, (*labels, *stated)))
            ),
        }
    )


def _text(item: etree._Element, name: str) -> str | None:
    return word(item.findtext(f"{_NAMESPACE}{name}"))
